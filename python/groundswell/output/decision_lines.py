"""The table of the page for whoever decides: a row a measure, a cell a program, who is ahead and how surely."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.text import number, signed
from groundswell.decide.added import baseline_level, does_nothing
from groundswell.decide.contest import Contest
from groundswell.results import Results
from groundswell.results.measures import described
from groundswell.results.vocabulary.added import ADDED, BUYERS, OUTSIDERS, REACHED
from groundswell.results.vocabulary.titles import title
from groundswell.scenario.model.audience import SEGMENTS

DIGITS = 3  # significant ones: a fourth would be noise to whoever decides
WHOLE_PEOPLE = 100  # below it, three digits would have parts of people among them
ROWS = (
    "unique_people_added", "aware_people_added", "aware_people_added_at_end", "aware_buyers_added", "favorability",
    "hours_added", "program_cost_added", "cost_per_person_added", "cost_per_thousand_impressions_added",
    "cost_per_click_added",
)  # fmt: skip
PROBABLY = 0.95  # share of the inputs below which a lead is only probable
EXPLAINED = ("unique_people_added", "aware_buyers_added", "favorability", "hours_added", "program_cost_added")
Row = Mapping[Any, Any]


def quoted(label: str) -> str:
    """A name that somebody gave, so that it does not run into the sentence."""
    return f"“{label}”"


@dataclass(frozen=True)
class Line:
    """A row: the measure in words, a cell a design, who is ahead and over which part of the inputs."""

    name: str
    title: str
    unit: str
    beside: str  # what it is added to, of whom, or what the market asks
    cells: tuple[tuple[str, str, str, str], ...]  # mean, 95 % interval, single runs, what is in it
    ahead: str  # label; empty: open
    is_ranked: bool  # not where fewer than two designs have anything of it
    holds: float  # share of what is plausible about the inputs; NaN: not asked, or open
    better: str

    @property
    def verdict(self) -> str:
        """Who is ahead, as the table says it."""
        if not self.is_ranked:
            return "not ranked"
        if not self.ahead:
            return "open"
        return f"probably {quoted(self.ahead)}" if self.holds < PROBABLY else quoted(self.ahead)

    @property
    def share(self) -> str:
        """For which part of the inputs, in percent; empty where that was not asked."""
        return "" if np.isnan(self.holds) else f"{100 * self.holds:.0f} %"


def are_known(contest: Contest, names: Sequence[str]) -> list[str]:
    """Those of the names that the comparison has."""
    there = set(contest.added()["measure"].astype(str))
    return [name for name in names if name not in ADDED or name in there]


def decision_lines(contest: Contest) -> list[Line]:
    """The rows of the page, in their order."""
    others = [label for label in contest.labels if label != contest.baseline]
    known = are_known(contest, ROWS)
    table = contest.table(measures=known)
    prices = contest.added().drop_duplicates("measure").set_index("measure")["market_price"]
    lines = []
    for name in known:
        rows = {str(row["label"]): row for row in table[table["measure"] == name].to_dict("records")}
        rivals = [label for label in others if not does_nothing(contest.results[label].scenario, name)]
        ahead = _ahead(contest, name, rivals)
        lines.append(
            Line(
                name,
                title(name) if name in ADDED else f"{title(name)}, difference to {quoted(contest.baseline)}",
                _unit(str(rows[others[0]]["unit"])),
                _beside(contest, name, float(prices.get(name, np.nan)), str(rows[others[0]]["unit"])),
                tuple(_cell(contest, label, name, rows[label]) for label in others),
                ahead,
                len(rivals) > 1 or described(name).better == "neither",
                _share(contest, name) if ahead else np.nan,
                described(name).better,
            )
        )
    return lines


def _unit(unit: str) -> str:
    return "points on a scale from -1 to 1" if unit == "index, -1 to 1" else unit


def _beside(contest: Contest, name: str, price: float, unit: str) -> str:
    """What the baseline has and out of how many, or the market's price for the same."""
    base = contest.results[contest.baseline]
    if name not in ADDED:
        level = base.frame(name)["mean"].iloc[0]
        return f"{quoted(contest.baseline)}: {number(level, DIGITS)}"
    if not np.isnan(price):
        return f"market price: {number(price, DIGITS)} {unit.split(maxsplit=1)[0]}"
    if ADDED[name].per:
        return ""
    level = f"{quoted(contest.baseline)}: {number(baseline_level(base.recording, name), DIGITS)}"
    persons = base.recording.persons
    if persons is None:
        return level
    out_of = {REACHED: sum(persons[1:]), OUTSIDERS: sum(persons[1:]), BUYERS: persons[SEGMENTS.index("buyer")]}
    whole = out_of.get(ADDED[name].population)
    return level if whole is None else f"{level} of {whole:,}"


def _cell(contest: Contest, label: str, name: str, row: Row) -> tuple[str, str, str, str]:
    """What a design adds, its interval, single runs; of favorability the difference, of a cost what is time."""
    if name not in ADDED:
        ends = (row["difference_ci_lower"], row["difference_ci_upper"])
        return signed(row["difference"], DIGITS), " to ".join(signed(end, DIGITS) for end in ends), "", ""
    if np.isnan(row["mean"]):
        return "not defined", _why_undefined(contest, label, name), "", ""
    form = form_of(name)
    interval, year = (
        " to ".join(form(row[end], DIGITS) for end in ends)
        for ends in (("mean_ci_lower", "mean_ci_upper"), ("p05", "p95"))
    )
    year = "" if np.isnan(row["p05"]) else year
    inside = _working_time(contest, label, float(row["mean"])) if name == "program_cost_added" else ""
    return form(row["mean"], DIGITS), interval, year, inside


def form_of(name: str) -> Callable[[float, int], str]:
    """How a number of a row is written: prices without a sign, and people are whole (and no −0)."""
    if ADDED[name].per:
        return number
    if ADDED[name].unit != "people":
        return signed
    return lambda value, digits: signed(float(np.rint(value)) + 0.0 if abs(value) < WHOLE_PEOPLE else value, digits)


def _why_undefined(contest: Contest, label: str, name: str) -> str:
    """Why there is no cost per something added."""
    per = ADDED[name].per
    row = next(row for row in contest.added(per).to_dict("records") if row["label"] == label)
    if row["mean_ci_upper"] < 0:
        return f"it has fewer than {quoted(contest.baseline)}"
    return "nothing is known to be added"


def _working_time(contest: Contest, label: str, cost: float) -> str:
    """Which part of an added cost is working time of members, at the price of their hour."""
    time, before = (_time(contest.results[which]) for which in (label, contest.baseline))
    form = number if before == 0 else signed
    return f"to be paid: {form(cost - time + before, DIGITS)}; working time of members: {form(time - before, DIGITS)}"


def _time(result: Results) -> float:
    return float(result.frame("advocate_hours")["mean"].iloc[0]) * result.scenario.costs.advocate_hour


def _ahead(contest: Contest, name: str, rivals: Sequence[str]) -> str:
    """The design that is better than every other one beyond its interval; empty where there is none."""
    if described(name).better == "neither" or len(rivals) < 2:
        return ""
    sign = -1 if described(name).better == "less" else 1
    for label in rivals:
        rows = contest.table(versus=label, measures=name)
        rows = rows[rows["label"].astype(str).isin([other for other in rivals if other != label])]
        if (sign * _bound(rows, sign) < 0).all():
            return label
    return ""


def _bound(rows: pd.DataFrame, sign: int) -> pd.Series[float]:
    """The end of the interval that is best for the other design."""
    return rows["difference_ci_upper" if sign > 0 else "difference_ci_lower"]


def _share(contest: Contest, name: str) -> float:
    """The part of what is plausible about the inputs for which the better program stays better than all others."""
    rivals = inputs_of(contest, name)
    return float(rivals["holds"].min()) if len(rivals) and rivals["holds"].notna().all() else np.nan


def inputs_of(contest: Contest, name: str) -> pd.DataFrame:
    """`contest.inputs` of the better program against each other one; of a single program against the baseline."""
    if contest.drawn is None:
        return pd.DataFrame({"versus": [], "holds": []})
    frame = contest.inputs(name)
    others = [label for label in contest.labels if label != contest.baseline]
    return frame[frame["versus"].isin(others if len(others) > 1 else [contest.baseline])]
