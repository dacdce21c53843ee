"""A comparison as text: the decision in one sentence, the table a person reads, and the bare cell."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pandas as pd

from groundswell.common.text import number, paragraph_html, signed, table_html
from groundswell.decide.designs import cells_frame
from groundswell.decide.frames import ahead, differences, table
from groundswell.decide.pictures import ContestPlots
from groundswell.decide.precision import precision_frame
from groundswell.decide.record import ContestRecord
from groundswell.results.measures import declared

# How the design with more of a measure, or with less where less is better, compares: as a whole, and in a world.
COMPARED = {"more": ("better", "ahead"), "less": ("better", "ahead"), "neither": ("higher", "higher")}
HEADLINE = ("posts", "impressions", "engagements", "clicks", "unique_reach", "awareness")


def decision(contest: ContestRecord, goal: str, window: str) -> str:
    """The best design on `goal` against the runner-up. Says so where they cannot be told apart."""
    ranked = _ranking(contest, goal, window)
    best = ranked[0]
    unit = contest.results[best].recording.measures[goal].unit
    if len(ranked) == 1:
        return f"Only one design, {best!r}: there is nothing to compare on {goal}."
    second = ranked[1]
    compared, in_worlds = COMPARED[declared()[goal].better]
    row = _row(contest, best, second, goal, window)
    interval = f"95 % interval {signed(row['difference_ci_lower'])} to {signed(row['difference_ci_upper'])}"
    given = "" if row["uncertainty"] == "luck and world" else f" ({row['uncertainty']})"
    caution = f" Caution: {row['flag']}." if row["flag"] else ""
    size = f"{signed(row['difference'])} {unit}"
    if not _excludes_zero(row):
        return (
            f"On {goal}, {best!r} and {second!r} cannot be told apart: the difference is {size}, {interval}{given}."
            + caution
        )
    return (
        f"On {goal}, {best!r} is {compared} than {second!r} by {size}{_relative(contest, second, row, goal, window)}, "
        f"{interval}{given}; it is {in_worlds} on average in "
        f"{_worlds_ahead(contest, best, second, goal, window)}.{caution}"
    )


def _ranking(contest: ContestRecord, goal: str, window: str) -> list[str]:
    means = {label: result.frame(goal, window=window)["mean"].iloc[0] for label, result in contest.results.items()}
    return sorted(means, key=lambda label: means[label], reverse=not _less_is_better(goal))


def _less_is_better(goal: str) -> bool:
    return declared()[goal].better == "less"


def _row(contest: ContestRecord, label: str, versus: str, goal: str, window: str) -> pd.Series[Any]:
    gaps = differences(contest, goal, None, window, versus)
    row: pd.Series[Any] = gaps[gaps["label"] == label].iloc[0]
    return row


def _excludes_zero(row: pd.Series[Any]) -> bool:
    return bool(row["difference_ci_lower"] > 0 or row["difference_ci_upper"] < 0)


def _relative(contest: ContestRecord, versus: str, row: pd.Series[Any], goal: str, window: str) -> str:
    level = float(contest.results[versus].frame(goal, window=window)["mean"].iloc[0])
    return f" ({signed(100 * row['difference'] / level, 2)} %)" if level > 0 else ""


def _worlds_ahead(contest: ContestRecord, best: str, second: str, goal: str, window: str) -> str:
    """The one probability a person reads: worlds, not years, and inputs held fixed."""
    first, other = (second, best) if _less_is_better(goal) else (best, second)
    won, worlds = ahead(contest, first, other, goal, window)
    return f"{won} of {worlds} generated worlds, with every input at its stated value"


def notes(contest: ContestRecord) -> list[str]:
    """What a reader must know beside the numbers: precision reached or not, cells not run."""
    lines = []
    for row in precision_frame(contest).to_dict("records"):
        verdict = "reached" if row["met"] else "not reached"
        reached = f"± {row['reached']:.4g} {row['unit']} with {row['worlds']} worlds"
        lines.append(f"Precision of {row['measure']}, {row['asked']}: {verdict}, {reached}.")
    if contest.failed:
        some = ", ".join(repr(cell.label) for cell in contest.failed[:3]) + (", …" if len(contest.failed) > 3 else "")
        lines.append(f"{len(contest.failed)} of {len(cells_frame(contest))} cells not run (see .cells): {some}")
    return lines


def readable(contest: ContestRecord, measures: Sequence[str] = HEADLINE) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table a person reads: for each measure and design mean, year, difference, interval."""
    head = [
        "measure",
        "design",
        "mean",
        "one year, p05 to p95",
        f"difference to {contest.baseline}",
        "95 % interval",
        "",
    ]
    rows = []
    known = contest.results[contest.baseline].recording.measures
    for row in table(contest, measures=[name for name in measures if name in known]).to_dict("records"):
        own = row["label"] == row["versus"]
        interval = f"{signed(row['difference_ci_lower'])} to {signed(row['difference_ci_upper'])}"
        rows.append(
            [
                f"{row['measure']} ({row['unit']})",
                str(row["label"]),
                number(row["mean"]),
                f"{number(row['p05'])} to {number(row['p95'])}",
                "" if own else signed(row["difference"]),
                "" if own else interval,
                str(row["flag"]),
            ]
        )
    return head, rows


def contest_html(contest: ContestRecord, plot: ContestPlots) -> str:
    """One sentence, one table, one picture."""
    head, rows = readable(contest)
    uncertainty = f"Uncertainty: {contest.results[contest.baseline].uncertainty}."
    note = " ".join([contest.baseline_note(), uncertainty, *notes(contest)])
    sentence = paragraph_html(decision(contest, "unique_reach", "horizon"))
    return sentence + table_html(head, rows, note=note) + _picture(plot)


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
