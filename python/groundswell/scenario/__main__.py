"""Writes ``PARAMETERS.md`` and ``EVIDENCE.md`` into a folder: ``python -m groundswell.scenario docs``."""

from __future__ import annotations

import sys
from pathlib import Path

from groundswell.evidence import markdown as evidence_page
from groundswell.scenario.parameters import markdown as parameters_page
from groundswell.scenario.scenario import Scenario

if __name__ == "__main__":
    for name, text in (("PARAMETERS.md", parameters_page(Scenario)), ("EVIDENCE.md", evidence_page())):
        Path(sys.argv[1], name).write_text(text, encoding="utf-8")
