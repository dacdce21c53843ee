"""The slow, readable twin of one replicate: see README.md."""
