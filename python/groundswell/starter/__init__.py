"""The first study folder from an HR export: `groundswell init`."""
