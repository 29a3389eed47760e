"""What pages and papers read, a page a file; each holds to a constant number of statements."""
