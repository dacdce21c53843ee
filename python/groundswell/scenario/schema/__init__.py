"""What a parameter is: unit, bounds, prior, source; the kinds of values."""
