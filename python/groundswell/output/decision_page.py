"""One page for whoever decides: what each program adds, its cost, what would change the answer, what is not in it.

The page is one HTML file without scripts or links to elsewhere, to be mailed and printed. Every number in it comes
from `Contest.added`, `Contest.table`, `Contest.inputs` and the designs' own results; `decision_lines` has its table,
`decision_words` its sentences.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from groundswell.common.files import writable, write_file
from groundswell.decide.contest import Contest
from groundswell.decide.sentence import notes
from groundswell.errors import InvalidInput
from groundswell.output.cautions import BEFORE_RELYING, NOT_EVIDENCE, NOT_SIMULATED
from groundswell.output.decision_lines import PROBABLY, are_known, decision_lines, quoted
from groundswell.output.decision_words import advertising, answer, assumptions, single_run, trade
from groundswell.results import Results
from groundswell.results.measures import described
from groundswell.results.vocabulary.added import ADDED
from groundswell.results.vocabulary.titles import title
from groundswell.scenario import Program, words
from groundswell.scenario.inputs.stated import OUTSIDE
from groundswell.scenario.periods import STOP
from groundswell.scenario.schema.platform_table import TITLES as PLATFORM_TITLES

if TYPE_CHECKING:  # matplotlib takes longer to load than the rest of the package
    from matplotlib.figure import Figure

PAGE = "decision.html"


def write_decision_page(contest: Contest, path: str | Path) -> Path:
    """Write the page of a comparison, whole or not at all; the name must end in .html.

    Raises
    ------
    InvalidInput
        If there is one design only, the name ends otherwise, or the folder does not exist or cannot be written.
    """
    target = writable(path, ".html")
    if len(contest.results) < 2:
        raise InvalidInput(
            f"to_html: the page is about a choice, and this comparison has one design, {contest.baseline!r}; "
            "compare it with another one, such as baseline=gs.Scenario(company, start=...) without a program"
        )
    return write_file(target, decision_page(contest).encode(), ".html")


def decision_page(contest: Contest) -> str:
    """The page as HTML; what a user has named is escaped."""
    from jinja2 import Environment, PackageLoader  # loads for a tenth of a second

    loader = PackageLoader("groundswell.output")
    pages = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    pages.filters["quoted"] = quoted
    lines = decision_lines(contest)
    base = contest.results[contest.baseline]
    return pages.get_template("decision.html.jinja").render(
        programs=_programs(contest),
        columns=[label for label in contest.labels if label != contest.baseline],
        choices=[label for label in contest.labels if label != contest.baseline or _has_program(base)],
        single_run=single_run(contest),
        baseline=contest.baseline,
        is_nothing=not _has_program(base),
        is_made_up=not base.scenario.company.columns["given"].any(),
        company=_company(base),
        answer=answer(contest, lines),
        trade=trade(lines),
        advertising=advertising(contest),
        before=BEFORE_RELYING,
        lines=lines,
        probably=round(100 * PROBABLY),
        pictures=[(text, _inline(draw)) for text, draw in _pictures(contest)],
        assumptions=assumptions(contest, lines),
        drawn=[] if contest.drawn is None else [one.name for one in contest.drawn.inputs],
        notes=[*notes(contest), *_warned(contest)],
        not_evidence=[text for text in NOT_EVIDENCE if text not in BEFORE_RELYING],
        not_simulated=NOT_SIMULATED,
        definitions=[(line.name, line.title, _in_titles(described(line.name).definition)) for line in lines],
        uncertainty=base.uncertainty,
        worlds=contest.worlds,
        runs=int(base.recording.finished.sum()),
        manifest=base.manifest,
    )


def _warned(contest: Contest) -> list[str]:
    """What the scenarios' priors are warned of, once each: whoever decides reads what the inputs do."""
    rows = contest.warnings.to_dict("records")
    return list(dict.fromkeys(f"Warning: {row['consequence']}." for row in rows if row["code"] == OUTSIDE))


def _has_program(result: Results) -> bool:
    scenario = result.scenario
    return scenario.program is not None or (scenario.company.running is not None and scenario.running_program != STOP)


def _programs(contest: Contest) -> list[tuple[str, str, str]]:
    """Each design, the baseline only where it has a program: its label, what it is, who takes part."""
    return [
        (label, _plan(result), _members(result))
        for label, result in contest.results.items()
        if label != contest.baseline or _has_program(result)
    ]


def _in_titles(definition: str) -> str:
    """A definition without names of measures that only an analyst knows."""
    for name in sorted(ADDED, key=len, reverse=True):
        words_of = title(name)
        definition = definition.replace(name, words_of[0].lower() + words_of[1:])
    return definition


def _plan(result: Results) -> str:
    plan, running = result.scenario.program, result.scenario.company.running
    own = "" if plan is None else _spaced(words.in_full(plan, result.scenario.company))
    if running is None:
        return own or "no program"
    goes = "stops" if result.scenario.running_program == STOP else "goes on"
    return f"the running program {goes}{f'; beside it {own}' if own else ''}"


def _spaced(text: str) -> str:
    """Names of levers without underscores; labels of users stay."""
    for name in Program.model_fields:
        text = text.replace(f"{name} ", f"{name.replace('_', ' ')} ")
    return text


def _members(result: Results) -> str:
    """How many are invited, join and are left at the end, in the mean; empty where nobody is invited."""
    if result.scenario.program is None or result.scenario.program.select is None:
        return ""
    means = result.frame(["invitations", "enrollments", "enrolled"]).set_index("measure")["mean"]
    goes_on = result.scenario.company.running is not None and result.scenario.running_program != STOP
    whole = ", with those of the running program" if goes_on else ""
    return (
        f"{means['invitations']:,.0f} people are invited, {means['enrollments']:,.0f} join, "
        f"{means['enrolled']:,.0f} are still members at the end{whole} (mean)"
    )


def _company(result: Results) -> str:
    scenario = result.scenario
    persons = result.recording.persons or (scenario.company.employees,)
    platforms = ", ".join(PLATFORM_TITLES[one.name] for one in scenario.platforms.on())
    left = result.frame("headcount")["mean"].iloc[0]
    return (
        f"{scenario.company.employees:,} employees ({left:,.0f} are left at the end: nobody is hired), "
        f"{sum(persons[1:]):,} people outside whom they could reach, {scenario.weeks} weeks from "
        f"{scenario.start}, {platforms}"
    )


def _pictures(contest: Contest) -> list[tuple[str, Callable[[Figure], object]]]:
    """What is drawn on the page, with what it shows."""
    names = are_known(contest, ("unique_people_added", "aware_people_added", "aware_buyers_added", "hours_added"))
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

