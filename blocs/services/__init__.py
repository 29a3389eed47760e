"""The only writers of the app."""
