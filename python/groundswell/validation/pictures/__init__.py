"""Pictures of a validation."""
