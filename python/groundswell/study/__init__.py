"""A saved study: one file that opens, and runs again, without the HR table."""
