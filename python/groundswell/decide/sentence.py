"""A comparison as text: what must be known beside the numbers, the table a person reads, and the bare cell."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from io import BytesIO

from groundswell.common.text import number, paragraph_html, signed, table_html
from groundswell.company.identity import pseudonym_notes
from groundswell.decide.decision import decision
from groundswell.decide.designs import cells_frame
from groundswell.decide.frames import table, together
from groundswell.decide.pictures import ContestPlots
from groundswell.decide.precision import precision_frame
from groundswell.decide.record import ContestRecord
from groundswell.scenario.words import price_notes

HEADLINE = ("posts", "impressions", "engagements", "clicks", "unique_reach", "awareness")


def notes(contest: ContestRecord) -> list[str]:
    """What a reader must know beside the numbers: precision reached or not, default prices, cells not run."""
    lines = pseudonym_notes(contest.results[contest.baseline].warnings)
    for row in precision_frame(contest).to_dict("records"):
        verdict = "reached" if row["met"] else "not reached"
        reached = f"± {row['reached']:.4g} {row['unit']} with {row['worlds']} worlds"
        lines.append(f"Precision of {row['measure']}, {row['asked']}: {verdict}, {reached}.")
    lines += list(dict.fromkeys(line for result in contest.results.values() for line in price_notes(result.scenario)))
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
        "95 % interval, with all rows together",
        "",
    ]
    rows = []
    known = contest.results[contest.baseline].recording.measures
    for row in table(contest, measures=[name for name in measures if name in known]).to_dict("records"):
        own = row["label"] == row["versus"]
        interval = " to ".join(map(signed, together(row)))
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
