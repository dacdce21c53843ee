"""One page for whoever decides: what each program adds, its cost, what would change the answer, what is not in it.

The page is one HTML file without scripts or links to elsewhere, to be mailed and printed. Every number in it comes
from `Contest.added`, `Contest.table` and `Contest.inputs`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from groundswell.common.files import write_file
from groundswell.common.text import number, signed
from groundswell.decide.added import does_nothing
from groundswell.decide.contest import Contest
from groundswell.decide.sentence import notes
from groundswell.errors import InvalidInput
from groundswell.output.cautions import NOT_EVIDENCE, NOT_SIMULATED
from groundswell.results.measures import described
from groundswell.results.vocabulary.added import ADDED
from groundswell.results.vocabulary.titles import title
from groundswell.scenario import Program, words

if TYPE_CHECKING:  # matplotlib takes longer to load than the rest of the package
    from matplotlib.figure import Figure

PAGE = "decision.html"
DIGITS = 3  # significant ones: a fourth would be noise to whoever decides
ROWS = (
    "unique_people_added", "aware_people_added", "aware_people_added_at_end", "aware_buyers_added", "favorability",
    "hours_added", "program_cost_added", "cost_per_person_added", "cost_per_thousand_impressions_added",
    "cost_per_click_added",
)  # fmt: skip
ASKED_OF_INPUTS = ("unique_people_added", "aware_buyers_added", "favorability", "hours_added")
Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Line:
    """A row of the table: the measure in words, a cell a design, who is ahead, what the market asks."""

    name: str
    title: str
    unit: str
    cells: tuple[tuple[str, str, str], ...]  # mean, 95 % interval, one year
    ahead: str
    market: str
    better: str


def write_decision_page(contest: Contest, path: str | Path) -> Path:
    """Write the page of a comparison, whole or not at all; the name must end in .html.

    Raises
    ------
    InvalidInput
        If there is one design only, the name ends otherwise, or the folder does not exist or cannot be written.
    """
    if len(contest.results) < 2:
        raise InvalidInput(
            f"to_html: the page is about a choice, and this comparison has one design, {contest.baseline!r}; "
            "compare it with another one, such as baseline=gs.Scenario(company, start=...) without a program"
        )
    return write_file(path, decision_page(contest).encode(), ".html")


def decision_page(contest: Contest) -> str:
    """The page as HTML; what a user has named is escaped."""
    from jinja2 import Environment, PackageLoader  # loads for a tenth of a second

    loader = PackageLoader("groundswell.output")
    pages = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    lines = _lines(contest)
    result, drawn = contest.results[contest.baseline], contest.drawn
    return pages.get_template("decision.html.jinja").render(
        programs=_programs(contest),
        baseline=contest.baseline,
        is_nothing=result.scenario.program is None,
        company=_company(contest),
        answer=_answer(contest, lines),
        trade=_trade(lines),
        lines=lines,
        has_market=any(line.market for line in lines),
        pictures=[(text, _inline(draw)) for text, draw in _pictures(contest)],
        inputs=_inputs(contest, lines),
        drawn=0 if drawn is None else len(drawn.inputs),
        notes=notes(contest),
        not_evidence=NOT_EVIDENCE,
        not_simulated=NOT_SIMULATED,
        definitions=[(line.name, line.title, described(line.name).definition) for line in lines],
        uncertainty=result.uncertainty,
        worlds=contest.worlds,
        manifest=result.manifest,
    )


def _programs(contest: Contest) -> list[tuple[str, str]]:
    """Each design but the baseline with what it is in words."""
    return [
        (label, "no program" if plan is None else _spaced(words.in_full(plan, result.scenario.company)))
        for label, result in contest.results.items()
        if label != contest.baseline
        for plan in [result.scenario.program]
    ]


def _spaced(text: str) -> str:
    """Names of levers without underscores; labels of users stay."""
    for name in Program.model_fields:
        text = text.replace(f"{name} ", f"{name.replace('_', ' ')} ")
    return text


def _company(contest: Contest) -> str:
    scenario = contest.results[contest.baseline].scenario
    return f"{scenario.company.employees:,} employees, {scenario.weeks} weeks from {scenario.start}"


def _lines(contest: Contest) -> list[Line]:
    others = [label for label in contest.labels if label != contest.baseline]
    table = contest.table(measures=[name for name in ROWS if _is_known(contest, name)])
    prices = contest.added().drop_duplicates("measure").set_index("measure")["market_price"]
    found = []
    for name in table["measure"].cat.remove_unused_categories().cat.categories:
        rows = {str(row["label"]): row for row in table[table["measure"] == name].to_dict("records")}
        cells = tuple(_cell(str(name), rows[label]) for label in others)
        price = float(prices.get(name, np.nan))
        market = "" if np.isnan(price) else number(price, DIGITS)
        measure = described(str(name))
        ahead, unit = _ahead(contest, str(name), others), str(rows[others[0]]["unit"])
        text = title(str(name)) if name in ADDED else f"{title(str(name))}, difference to {contest.baseline}"
        found.append(Line(str(name), text, unit, cells, ahead, market, measure.better))
    order = {name: place for place, name in enumerate(ROWS)}
    return sorted(found, key=lambda line: order[line.name])


def _is_known(contest: Contest, name: str) -> bool:
    return name not in ADDED or name in contest.added()["measure"].astype(str).to_numpy()


def _cell(name: str, row: Row) -> tuple[str, str, str]:
    """What a design adds, its interval and a year's range; of favorability the difference to the baseline."""
    if name not in ADDED:
        ends = (row["difference_ci_lower"], row["difference_ci_upper"])
        return signed(row["difference"], DIGITS), " to ".join(signed(end, DIGITS) for end in ends), ""
    if np.isnan(row["mean"]):
        return "not defined", "nothing is known to be added", ""
    form: Callable[[float, int], str] = number if ADDED[name].per else signed
    interval, year = (
        " to ".join(form(row[end], DIGITS) for end in ends)
        for ends in (("mean_ci_lower", "mean_ci_upper"), ("p05", "p95"))
    )
    return form(row["mean"], DIGITS), interval, year


def _ahead(contest: Contest, name: str, others: Sequence[str]) -> str:
    """The design that is better than every other one beyond its interval; empty where there is none."""
    rivals = [label for label in others if not does_nothing(contest.results[label].scenario, name)]
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


def _answer(contest: Contest, lines: Sequence[Line]) -> str:
    """The first row of the table as a sentence, for one program or several."""
    first, labels = lines[0], [label for label in contest.labels if label != contest.baseline]
    cells = zip(labels, first.cells, strict=True)
    parts = [f"{label} adds {mean} {first.unit} ({interval})" for label, (mean, interval, _) in cells]
    verdict = f"{first.ahead} reaches more people." if first.ahead else "Which of them reaches more people is open."
    return f"{'; '.join(parts)}. {verdict if len(labels) > 1 else ''}".strip()


def _trade(lines: Sequence[Line]) -> str:
    """Who is ahead on what, in a sentence a design."""
    if all(len(line.cells) < 2 for line in lines):
        return ""
    won: dict[str, list[str]] = {}
    for line in lines:
        if line.better != "neither":
            won.setdefault(line.ahead, []).append(line.title[0].lower() + line.title[1:])
    open_ones = won.pop("", [])
    parts = [f"{label} is ahead on {_listed(names)}." for label, names in won.items()]
    if open_ones:
        parts.append(f"Open, because the interval of the difference contains zero: {_listed(open_ones)}.")
    return " ".join(parts)


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names)


def _inputs(contest: Contest, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """What drawn inputs do to the choice on each amount: the measure in words, and what holds."""
    if contest.drawn is None:
        return []
    found = []
    for line in lines:
        if line.name in ASKED_OF_INPUTS:
            frame = contest.inputs(line.name)
            frame = frame[frame["versus"].isin([label for label in contest.labels if label != contest.baseline])]
            found += [(line.title, _holds(row)) for row in frame.to_dict("records")]
    return found


def _holds(row: Row) -> str:
    """Whether a choice holds over what is plausible about the inputs, and what it and its size hang on."""
    if np.isnan(row["holds"]):
        return f"{row['label']} or {row['versus']}: open already with every input at its stated value."
    share, low, high = (f"{100 * row[name]:.0f}" for name in ("holds", "holds_ci_lower", "holds_ci_upper"))
    low_end, high_end = (signed(row[f"expected_{end}"], DIGITS) for end in ("lower", "upper"))
    whether = f"Whether it holds hangs on: {row['drivers']}. " if row["holds"] < 1 else ""
    return (
        f"{row['label']} stays ahead of {row['versus']} for {share} % ({low} to {high} %) of what is plausible about "
        f"the inputs; the expected difference lies between {low_end} and {high_end} {row['unit']}. {whether}How large "
        f"it is hangs on: {row['size_drivers']}."
    )


def _pictures(contest: Contest) -> list[tuple[str, Callable[[Figure], object]]]:
    """What is drawn on the page, with what it shows."""
    names = [name for name in ROWS[:4] if _is_known(contest, name)]
    return [
        ("What each program adds, with 95 % intervals", lambda figure: contest.plot.differences(names, figure=figure)),
        ("What each program costs, by line", lambda figure: contest.plot.costs(ax=figure.add_subplot())),
    ]


def _inline(draw: Callable[[Figure], object]) -> str:
    """A picture as the source of an image."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4.2), layout="constrained")
    draw(figure)
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=130)
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"
