"""Writes ``docs/PARAMETERS.md`` from the schema: ``python -m groundswell.scenario docs/PARAMETERS.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from groundswell.scenario.parameters import markdown
from groundswell.scenario.scenario import Scenario

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown(Scenario), encoding="utf-8")
