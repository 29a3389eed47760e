"""Who is together, who leads, what was promised, what was reported."""
