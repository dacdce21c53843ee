"""What the model is checked against: every target, its band and how it is measured."""
