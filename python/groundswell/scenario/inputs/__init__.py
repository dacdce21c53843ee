"""Inputs that are uncertain: which are drawn, from what, and a scenario with the draws of one world."""
