"""Plain spread: the models of the literature on a graph that is given, beside the simulation and apart from it."""
