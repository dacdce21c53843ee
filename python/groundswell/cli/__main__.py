"""`python -m groundswell.cli`."""

from groundswell.cli.app import app

app()
