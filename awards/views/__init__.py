"""Pages of the app, a family a file."""
