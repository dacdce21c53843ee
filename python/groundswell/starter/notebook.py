"""The notebook of a new study: it reads the folder it is in, and has no outputs."""

from __future__ import annotations

import json

CELLS: tuple[tuple[str, str], ...] = (
    (
        "markdown",
        """# A study of employee advocacy

Runs on the scenario files of this folder, with few runs, to be quick. For a decision take the default of 40 worlds
(`gs.compare(designs, baseline=base)`).""",
    ),
    (
        "code",
        """import groundswell as gs

study = gs.read_folder(".")
base, designs = study.baseline, study.designs
runs = {"worlds": 10}
base.company""",
    ),
    (
        "markdown",
        """## The company

What the export gives, what each world draws, and published figures beside it.""",
    ),
    ("code", "base.company.columns"),
    ("code", "base.company.check()"),
    (
        "markdown",
        """## Whom a design invites

In one world; what is imputed differs in the next one. Ids are your own: clear the output before you pass the notebook
on.""",
    ),
    ("code", "base.company.select(designs[0]).head(10)"),
    (
        "markdown",
        """## The comparison

What differs stands above, then the sentence, the table, the picture.""",
    ),
    ("code", "contest = gs.compare(designs, baseline=base, **runs)\ncontest.diff"),
    ("code", "contest"),
    ("code", "contest.plot.participation();"),
    ("code", "contest.plot.content();"),
    ("code", "contest.plot.costs();"),
    ("code", "contest.plot.cost_per_person();"),
    ("code", "contest.results[designs[0].label].plot.participation();"),
    (
        "markdown",
        """## What this rests on

No experiment links employee advocacy to awareness, pipeline or revenue. Rates of joining, tiring and leaving rest on
few sources (`gs.parameters()`). Intervals hold luck and worlds, with every input at its stated value.""",
    ),
    ("code", 'contest.results[designs[0].label].explain("unique_reach").basis'),
)


def notebook() -> str:
    """Return the text of the file (nbformat 4.4)."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    cells = [_cell(kind, source) for kind, source in CELLS]
    book = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def _cell(kind: str, source: str) -> dict[str, object]:
    lines: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
    return lines | {"execution_count": None, "outputs": []} if kind == "code" else lines
