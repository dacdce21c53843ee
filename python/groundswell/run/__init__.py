"""Worlds x replicates of designs: what to run, running it, extending it, what it will cost."""
