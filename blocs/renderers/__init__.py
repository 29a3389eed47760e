"""Files of the app: the list of people as an Excel file, written and read."""
