"""What the pages of the roof show, a page a file."""
