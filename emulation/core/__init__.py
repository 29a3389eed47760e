"""The floor of the house: nothing here knows a word of the domain."""
