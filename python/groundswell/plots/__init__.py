"""Pictures. Each takes `ax=` and returns it, and has a table with the same numbers."""
