"""Writers of the app."""
