"""Writers of the app, a family a file; each act is one transaction with its event in it."""
