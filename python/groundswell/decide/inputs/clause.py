"""What the sentence of a decision says about its inputs, and the same as frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.text import signed
from groundswell.decide.inputs.block import Drawn
from groundswell.decide.inputs.evaluate import Evaluation, evaluate, names, ranked
from groundswell.decide.inputs.procedure import Driver, Share, least_correlation
from groundswell.decide.record import ContestRecord
from groundswell.errors import NotRecorded

COLUMNS = (
    "measure", "label", "versus", "unit", "difference", "difference_ci_lower", "difference_ci_upper", "holds",
    "holds_ci_lower", "holds_ci_upper", "expected_lower", "expected_upper", "drivers", "size_drivers", "draws", "t",
    "flag",
)  # fmt: skip
OPEN = "open at the stated inputs"
UNCLEAR = "not distinguishable"


def inputs_clause(contest: ContestRecord, best: str, second: str, goal: str, window: str = "horizon") -> str:
    """What holds when the inputs are drawn, as further sentences; empty where they were not."""
    others = [label for label in ranked(contest, goal, window) if label not in (best, second)]
    found = evaluate(contest, best, [second, *others], goal, window)
    drawn = contest.drawn
    if found is None or drawn is None:
        return ""
    _, lower, upper = found.interval
    drawn_too = f"with {len(drawn.inputs)} inputs drawn the 95 % interval is {signed(lower)} to {signed(upper)}"
    size = _listed(names(drawn, found.size_drivers()))
    hangs = f"its size hangs on {size}" if size else f"what its size hangs on is {UNCLEAR} in {found.draws} draws"
    if found.share is None:
        return f" Which of them is better is {OPEN}; {drawn_too}."
    which = _listed(names(drawn, found.drivers())) if found.share.share > 0 else ""
    whether = f"; whether it holds hangs on {which}" if which else ""
    return f" It holds for {holds(found.share)} of what is plausible about the inputs{whether}; {hangs}; {drawn_too}."


def holds(share: Share) -> str:
    """`97 % (90-100 %)`: the share of inputs under which the choice does not flip."""
    return f"{100 * (1 - share.share):.0f} % ({100 * (1 - share.upper):.0f}-{100 * (1 - share.lower):.0f} %)"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def inputs_frame(contest: ContestRecord, goal: str, window: str) -> pd.DataFrame:
    """The best design against each other one, and against all others where there are several."""
    drawn = checked(contest)
    best, *others = ranked(contest, goal, window)
    rows = [_row(contest, drawn, evaluate(contest, best, [rival], goal, window), goal) for rival in others]
    if len(others) > 1:
        whole = evaluate(contest, best, others, goal, window)
        rows.append(_row(contest, drawn, whole, goal) | _of_all(whole))
    return pd.DataFrame([row for row in rows if row], columns=list(COLUMNS))


def _row(contest: ContestRecord, drawn: Drawn, found: Evaluation | None, goal: str) -> dict[str, Any]:
    if found is None:
        return {}
    mean, lower, upper = found.interval
    share = found.share
    ends = (np.nan,) * 3 if share is None else (1 - share.share, 1 - share.upper, 1 - share.lower)
    unit = contest.of(goal)[contest.baseline].recording.measures[goal].unit
    said = [", ".join(names(drawn, some)) or UNCLEAR for some in (found.drivers(), found.size_drivers())]
    flag = OPEN if share is None else ""
    values = (goal, found.chosen, found.rivals[0], unit, mean, lower, upper, *ends, *found.expected, *said)
    return dict(zip(COLUMNS, (*values, found.draws, found.t, flag), strict=True))


def _of_all(found: Evaluation | None) -> dict[str, Any]:
    """Of the row about all rivals only the share is about all of them."""
    if found is None:
        return {}
    nothing = dict.fromkeys(COLUMNS[4:7], np.nan) | dict.fromkeys(("expected_lower", "expected_upper"), np.nan)
    return {"versus": "any other", "drivers": "", "size_drivers": "", **nothing}


def drivers_frame(contest: ContestRecord, goal: str, window: str) -> pd.DataFrame:
    """One row an input that could be told apart: what it drives, its name and addresses, the correlation, the least."""
    drawn = checked(contest)
    best, *others = ranked(contest, goal, window)
    columns = ["measure", "label", "versus", "drives", "input", "addresses", "correlation", "least_correlation"]
    rows: list[tuple[Any, ...]] = []
    for rival in others:
        found = evaluate(contest, best, [rival], goal, window)
        for what, some in () if found is None else (("choice", found.drivers()), ("size", found.size_drivers())):
            rows += [(goal, best, rival, what, *_driver(drawn, k, one)) for k, one in enumerate(some)]
    return pd.DataFrame(rows, columns=columns)


def _driver(drawn: Drawn, place: int, driver: Driver) -> tuple[Any, ...]:
    one, least = drawn.inputs[driver.input], least_correlation(len(drawn.uniforms), len(drawn.inputs) - place, place)
    return one.name, ", ".join(one.addresses), driver.correlation, least


def checked(contest: ContestRecord) -> Drawn:
    """The second block; NotRecorded where there is none."""
    if contest.drawn is None:
        raise NotRecorded("no inputs were drawn: compare with inputs=True, and with 10 worlds or more")
    return contest.drawn
