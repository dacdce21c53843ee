"""A comparison as text: what must be known beside the numbers, the tables a person reads, and the bare cell."""

from __future__ import annotations

import base64
from collections.abc import Hashable, Mapping
from io import BytesIO
from typing import Any

import numpy as np

from groundswell.common.text import number, paragraph_html, signed, table_html
from groundswell.company.identity import pseudonym_notes
from groundswell.decide.decision import decision
from groundswell.decide.designs import cells_frame
from groundswell.decide.frames import together
from groundswell.decide.headline import Block, blocks, headline_goal
from groundswell.decide.pictures import ContestPlots
from groundswell.decide.precision import WHICH, precision_frame
from groundswell.decide.record import ContestRecord
from groundswell.results.vocabulary.added import ADDED
from groundswell.scenario.words import market_price_note, price_notes

Row = Mapping[Hashable, Any]
TOGETHER = "all rows together"
ITS_OWN = "a cost per something: its own"  # a ratio's interval is not of a sum, which those together are


def notes(contest: ContestRecord) -> list[str]:
    """What a reader must know beside the numbers: precision reached or not, default prices, cells not run."""
    lines = pseudonym_notes(contest.results[contest.baseline].warnings)
    for row in precision_frame(contest).to_dict("records"):
        verdict = "reached" if row["met"] else "not reached"
        reached = f"± {row['reached']:.4g} {row['unit']} with {row['worlds']} worlds"
        lines.append(f"Precision of {row['measure']}, {row['asked']}: {verdict}, {reached}.")
    if contest.wanted:
        lines.append(f"Precision is of {WHICH}; those of the tables, of all their rows, are wider.")
    of_prices = [line for result in contest.results.values() for line in price_notes(result.scenario)]
    if any(result.scenario.program is not None for result in contest.results.values()):
        of_prices.append(market_price_note(contest.results[contest.baseline].scenario.company))
    lines += list(dict.fromkeys(of_prices))
    if contest.failed:
        some = ", ".join(repr(cell.label) for cell in contest.failed[:3]) + (", …" if len(contest.failed) > 3 else "")
        lines.append(f"{len(contest.failed)} of {len(cells_frame(contest))} cells not run (see .cells): {some}")
    return lines


def readable(contest: ContestRecord, block: Block) -> tuple[list[str], list[list[str]]]:
    """Head and rows of a block as a person reads it: each measure and design with its interval and a year's range."""
    return _added(block) if block.is_added else _totals(contest, block)


def _added(block: Block) -> tuple[list[str], list[list[str]]]:
    interval = f"95 % interval, {TOGETHER} ({ITS_OWN})"
    head = ["measure", "design", "added", interval, "single run, p05 to p95", "market price", ""]
    rows = [
        [
            f"{row['measure']} ({row['unit']})", str(row["label"]), added_text(row, "mean"),
            interval_added(row), added_text(row, "p05", "p95"),
            "" if np.isnan(row["market_price"]) else number(row["market_price"]),
            f"not defined: {row['note']}" if row["note"] else str(row["flag"]),
        ]
        for row in block.rows.to_dict("records")
    ]  # fmt: skip
    return head, rows


def added_text(row: Row, *names: str) -> str:
    """Numbers of what is added, with their signs; of a cost per something added, which is a price, without."""
    form = number if ADDED[str(row["measure"])].per else signed
    return "" if np.isnan(row[names[0]]) else " to ".join(form(row[name]) for name in names)


def interval_added(row: Row) -> str:
    """The interval of what is added that holds with those of the other rows; of a ratio its own."""
    has_joint = not np.isnan(row["joint_ci_lower"]) and not ADDED[str(row["measure"])].per
    return added_text(row, *(f"{'joint' if has_joint else 'mean'}_ci_{end}" for end in ("lower", "upper")))


def _totals(contest: ContestRecord, block: Block) -> tuple[list[str], list[list[str]]]:
    head = ["measure", "design", "mean", "single run, p05 to p95", f"difference to {contest.baseline}"]
    rows = []
    for row in block.rows.to_dict("records"):
        own = row["label"] == row["versus"]
        rows.append(
            [
                f"{row['measure']} ({row['unit']})", str(row["label"]), number(row["mean"]),
                f"{number(row['p05'])} to {number(row['p95'])}", "" if own else signed(row["difference"]),
                "" if own else " to ".join(map(signed, together(row))),
                str(row["flag"]),
            ]
        )  # fmt: skip
    return [*head, f"95 % interval, {TOGETHER}", ""], rows


def contest_html(contest: ContestRecord, plot: ContestPlots) -> str:
    """One sentence, what is added, totals by population, one picture."""
    uncertainty = f"Uncertainty: {contest.results[contest.baseline].uncertainty}."
    note = " ".join([contest.baseline_note(), uncertainty, *notes(contest)])
    sentence = paragraph_html(decision(contest, headline_goal(contest), "horizon"))
    tables = [table_html(*readable(contest, block), caption=block.title) for block in blocks(contest)]
    return sentence + "".join(tables) + paragraph_html(note) + _picture(plot)


def _picture(plot: ContestPlots) -> str:
    """The differences as an inline picture, drawn without touching the notebook's current figure."""
    from matplotlib.figure import Figure

    if len(plot.contest.results) < 2:
        return ""
    figure = Figure(figsize=(9, 4.5), layout="constrained")
    plot.differences(figure=figure)
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=100)
    return f'<img alt="differences" src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}">'
