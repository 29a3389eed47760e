"""Who is put forward, voted, decided."""
