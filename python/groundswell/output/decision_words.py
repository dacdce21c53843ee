"""The sentences of the page for whoever decides, in words that need no glossary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from groundswell.common.text import number, signed
from groundswell.decide.contest import Contest
from groundswell.decide.inputs.clause import OPEN, UNCLEAR
from groundswell.output.decision_lines import DIGITS, EXPLAINED, PROBABLY, Line, inputs_of, quoted

Row = Mapping[Any, Any]
YEAR = (52, 53)  # weeks


def answer(contest: Contest, lines: Sequence[Line]) -> list[str]:
    """What is decided, in two to four sentences: levels, the difference, a single year, what the inputs leave of it."""
    first = lines[0]
    labels = [label for label in contest.labels if label != contest.baseline]
    levels = [f"{quoted(label)} {cell[0].lstrip('+')}" for label, cell in zip(labels, first.cells, strict=True)]
    years = [f"{cell[2].replace('+', '')} ({quoted(label)})" for label, cell in zip(labels, first.cells, strict=True)]
    parts = [f"People reached beyond those of {quoted(contest.baseline)}: {', '.join(levels)}.", *_lead(contest, first)]
    if all(cell[2] for cell in first.cells):
        parts.append(f"In {single_run(contest)} expect {', '.join(years)}.")
    return parts


def single_run(contest: Contest) -> str:
    """What one run is to whoever decides: a year, or the weeks of the study."""
    weeks = contest.results[contest.baseline].scenario.weeks
    return "a single year" if weeks in YEAR else f"a single run of {weeks} weeks"


def _lead(contest: Contest, first: Line) -> list[str]:
    """How far the better program is ahead of the next one, and for which part of the inputs."""
    others = [label for label in contest.labels if label != contest.baseline]
    if len(others) < 2:
        return []
    if not first.ahead:
        return ["Which of them reaches more is open: the difference may be zero."]
    means = {str(row["label"]): float(row["mean"]) for row in contest.table(measures=first.name).to_dict("records")}
    rival = max((label for label in others if label != first.ahead), key=means.__getitem__)
    versus = contest.table(versus=rival, measures=first.name).to_dict("records")
    row = next(row for row in versus if row["label"] == first.ahead)
    percent = "" if np.isnan(row["percent"]) else f", {row['percent']:+.0f} %"
    ends = " to ".join(number(row[f"difference_ci_{end}"], DIGITS) for end in ("lower", "upper"))
    parts = [f"{quoted(first.ahead)} leads {quoted(rival)} by {number(row['difference'], DIGITS)} ({ends}{percent})."]
    if contest.drawn is not None:
        frame = contest.inputs(first.name)
        found = frame[(frame["label"] == first.ahead) & (frame["versus"] == rival)]
        if len(found) and not np.isnan(found["holds"].iloc[0]):
            parts.append(_with_inputs(found.to_dict("records")[0], len(contest.drawn.inputs)))
    return parts


def _with_inputs(row: Row, count: int) -> str:
    low, high = (number(row[f"expected_{end}"], DIGITS) for end in ("lower", "upper"))
    what = "1 uncertain input varied" if count == 1 else f"{count} uncertain inputs varied together"
    varied = f"With {what} the lead is between {low} and {high}"
    return f"{varied}, and holds for {_percent(row)}."


def _percent(row: Row) -> str:
    share, low, high = (f"{100 * row[name]:.0f}" for name in ("holds", "holds_ci_lower", "holds_ci_upper"))
    return f"{share} % of what is plausible about them (from {low} to {high} %, as far as so few runs can tell)"


def trade(lines: Sequence[Line]) -> list[str]:
    """Who is ahead on what, a sentence a design; `probably` where the inputs leave doubt."""
    if all(len(line.cells) < 2 for line in lines):
        return []
    won: dict[tuple[str, bool], list[str]] = {}
    for line in lines:
        if line.better != "neither" and line.is_ranked:
            won.setdefault((line.ahead, line.holds < PROBABLY), []).append(_small(line))
    open_ones = [text for key in list(won) if not key[0] for text in won.pop(key)]
    parts = [
        f"{quoted(label)} is {'probably ' * doubt}ahead on: {'; '.join(names)}."
        for (label, doubt), names in won.items()
    ]
    if open_ones:
        parts.append(f"Open, because the difference may be zero: {'; '.join(open_ones)}.")
    unranked = [_small(line) for line in lines if not line.is_ranked]
    if unranked:
        why = "only one of them has a program, and to have none is no way to be better at it"
        parts.append(f"Not ranked, because {why}: {'; '.join(unranked)}.")
    return parts


def _small(line: Line) -> str:
    return line.title[0].lower() + line.title[1:]


def advertising(contest: Contest) -> list[str]:
    """What the same views and clicks would cost at the market prices, a sentence a program that adds some."""
    rows = contest.added(["impressions_added", "clicks_added", "program_cost_added"]).to_dict("records")
    means = {(str(row["label"]), str(row["measure"])): float(row["mean"]) for row in rows}
    prices = contest.added().drop_duplicates("measure").set_index("measure")["market_price"]
    thousand, click = (float(prices[f"cost_per_{per}_added"]) for per in ("thousand_impressions", "click"))
    currency = str(rows[-1]["unit"])
    base = contest.results[contest.baseline]
    more = f" more than {quoted(contest.baseline)}" if base.frame("program_cost")["mean"].iloc[0] > 0 else ""
    parts = []
    for label in contest.labels:
        views, clicks, cost = (
            means.get((label, name), np.nan) for name in ("impressions_added", "clicks_added", "program_cost_added")
        )
        if label != contest.baseline and min(views, clicks, cost) > 0:
            parts.append(
                f"{quoted(label)} costs {number(cost, DIGITS)} {currency}{more}; as advertising at the market prices "
                f"its {number(views, DIGITS)} extra views would cost {number(views / 1000 * thousand, DIGITS)}, its "
                f"{number(clicks, DIGITS)} extra clicks {number(clicks * click, DIGITS)}."
            )
    return parts


def assumptions(contest: Contest, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """What drawn inputs do to the choice on each amount that matters most, and wherever they can turn it."""
    explained = [line for line in lines if line.name in EXPLAINED or line.holds < 1]
    return [
        (line.title, _holds(row, line.unit))
        for line in explained
        for row in inputs_of(contest, line.name).to_dict("records")
    ]


def _holds(row: Row, unit: str) -> str:
    """Whether a choice holds over what is plausible about the inputs, and what it and its size hang on."""
    one, other = quoted(row["label"]), quoted(row["versus"])
    if np.isnan(row["holds"]):
        is_open = row["flag"].startswith(OPEN)
        return f"{one} or {other}: {'open already with every input at its stated value' if is_open else row['flag']}."
    low, high = (signed(row[f"expected_{end}"], DIGITS) for end in ("lower", "upper"))
    whether = f" What could reverse it: {_told(row['drivers'])}." if row["holds"] < 1 else ""
    return (
        f"{one} stays ahead of {other} for {_percent(row)}; the difference is then between {low} and {high} {unit}."
        f"{whether} What makes it larger or smaller: {_told(row['size_drivers'])}."
    )


def _told(drivers: str) -> str:
    """Inputs that could be told apart, or that none could."""
    return "no single input that so few runs could tell apart" if drivers == UNCLEAR else drivers
