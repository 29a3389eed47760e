"""Pure rules of the app."""
