"""Numbers that do not move unseen."""
