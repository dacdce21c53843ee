"""The numbers of the model, one concept a module, with defaults, priors and sources."""
