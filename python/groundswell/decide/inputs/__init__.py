"""What a decision says when its inputs are drawn: interval, share of inputs under which it flips, drivers."""
