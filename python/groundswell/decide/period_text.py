"""Two periods as text: one sentence a design, the lines of a bare cell; counts only, no ids."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from groundswell.common.text import number, signed, table_html
from groundswell.decide.period_frames import PeriodRecord, table, warnings, what_changed
from groundswell.results.measures import described

HEADLINE = ("posts", "impressions", "engagements", "clicks", "unique_reach", "awareness")
MOST_DESIGNS = 3  # of which a cell has a sentence


def sentence(periods: PeriodRecord, goal: str, window: str, label: str | None) -> str:
    """See ``PeriodComparison.sentence``."""
    chosen = periods.label(label)
    row = _rows(table(periods, goal, window), chosen)[0]
    of_whom = f" of {chosen!r}" if len(periods.labels) > 1 else ""
    return f"{_finding(row, goal, of_whom)}: {_company(periods)}; {_luck(periods)}.{_caution(periods, row)}"


def _finding(row: dict[str, Any], goal: str, of_whom: str) -> str:
    name = goal.replace("_", " ").capitalize() + of_whom
    gap = row["difference"]
    if math.isnan(gap):
        return f"{name} cannot be worked out in both periods (nothing to divide by)"
    interval = f"95 % interval {_interval(row)}"
    if row["uncertainty"] != "luck and world":
        interval += f", {row['uncertainty']}"
    share = f"{signed(100 * gap / row['last'], 2)} %, " if row["last"] > 0 else ""
    if not (row["difference_ci_lower"] > 0 or row["difference_ci_upper"] < 0):
        return f"{name} cannot be told apart from last time: {signed(gap)} {row['unit']} ({share}{interval})"
    way = "up" if gap > 0 else "down"
    return f"{name} is {way} by {number(abs(gap))} {row['unit']} ({share}{interval})"


def _interval(row: dict[str, Any]) -> str:
    return f"{signed(row['difference_ci_lower'])} to {signed(row['difference_ci_upper'])}"


def _company(periods: PeriodRecord) -> str:
    found = what_changed(periods)
    counts = dict(zip(found["what"], found["count"], strict=True))
    others = len(set(counts) - {"employees", "in both", "left", "joined"})
    if "in both" not in counts:
        return "who left and joined cannot be told"
    people = f"{counts['left']:,} left, {counts['joined']:,} joined"
    more = f", {others} other change{'s' if others > 1 else ''} of the company" if others else ""
    return people + more


def _luck(periods: PeriodRecord) -> str:
    if periods.luck:
        return f"luck is not shared, {periods.luck}"
    made_up = next(iter(periods.this.values())).scenario.company.is_synthetic
    return f"{'both are made up' if made_up else 'same key'}, so luck is shared"


def _caution(periods: PeriodRecord, row: dict[str, Any]) -> str:
    settings = periods.settings()
    texts = [row["flag"]] if row["flag"] else []
    if settings:
        texts.append(f"{len(settings)} setting{'s differ' if len(settings) > 1 else ' differs'} too (see diff)")
    return f" Caution: {'; '.join(texts)}." if texts else ""


def lines(periods: PeriodRecord) -> list[str]:
    """At most 12 lines: the periods, a sentence a design, the first measures, the warnings."""
    first = periods.labels[0]
    known = periods.this[first].recording.measures
    goal = "unique_reach" if "unique_reach" in known else next(iter(known))
    found = [f"Two periods: {_period(periods, 'last')}; {_period(periods, 'this')}"]
    found += [sentence(periods, goal, "horizon", label) for label in periods.labels[:MOST_DESIGNS]]
    left = len(periods.labels) - MOST_DESIGNS
    if left > 0:
        found.append(f"… and {left} more designs (see .table())")
    for row in _rows(_headline(periods), first)[: 11 - len(found)]:
        gap = f"{signed(row['difference'])} ({_interval(row)})"
        found.append(f"  {row['measure']}: {number(row['last'])} → {number(row['this'])}, {gap} {row['unit']}")
    codes = warnings(periods)["code"].tolist()
    return [*found, f"  {len(codes)} warning{'s' if len(codes) > 1 else ''}: {', '.join(codes)}"] if codes else found


def _period(periods: PeriodRecord, side: str) -> str:
    result = next(iter(getattr(periods, side).values()))
    scenario = result.scenario
    return (
        f"{side} from {scenario.start}, {scenario.weeks} weeks, {scenario.company.employees:,} employees, "
        f"{result.counts}"
    )


def _headline(periods: PeriodRecord) -> pd.DataFrame:
    known = [periods.last[periods.labels[0]], periods.this[periods.labels[0]]]
    return table(
        periods, [name for name in HEADLINE if all(name in one.recording.measures for one in known)], "horizon"
    )


def _rows(frame: pd.DataFrame, label: str) -> list[dict[str, Any]]:
    chosen = frame[frame["label"] == label].to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in chosen]


def html(periods: PeriodRecord) -> str:
    """The lines' sentences, the numbers, what changed: counts without examples, for they are ids."""
    head = ["design", "measure", "of", "last", "this", "difference", "95 % interval", "correlation of worlds", ""]
    rows = [
        [
            row["label"], f"{row['measure']} ({row['unit']})", described(row["measure"]).population,
            number(row["last"]), number(row["this"]), signed(row["difference"]),
            _interval(row),
            number(row["correlation"], 2), row["flag"],
        ]
        for label in periods.labels
        for row in _rows(_headline(periods), label)
    ]  # fmt: skip
    changed = what_changed(periods)[["what", "count"]].astype(str).to_numpy().tolist()
    warned = warnings(periods)[["code", "consequence"]].to_numpy().tolist()
    note = sentence(periods, "unique_reach", "horizon", None)
    parts = [table_html(head, rows, note=note), table_html(["what changed in the company", "count"], changed)]
    return "".join([*parts, table_html(["warning", "consequence"], warned)] if warned else parts)
