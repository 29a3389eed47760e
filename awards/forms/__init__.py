"""Forms of the app's pages, a page a file."""
