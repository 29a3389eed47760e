"""The roof that writes: frozen summaries of a year, their PDF and Word renderings, the jobs that make them."""
