"""What the sentence of a decision says about its inputs, and the same as frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common.text import counted, signed
from groundswell.decide.inputs.block import Drawn
from groundswell.decide.inputs.evaluate import Evaluation, evaluate, names, ranked
from groundswell.decide.inputs.left_out import why_no_rival
from groundswell.decide.inputs.procedure import OPEN as T_OPEN
from groundswell.decide.inputs.procedure import Driver, Share, least_correlation
from groundswell.decide.inputs.values import why_unsaid
from groundswell.decide.record import ContestRecord
from groundswell.errors import NotRecorded

COLUMNS = (
    "measure", "label", "versus", "unit", "difference", "difference_ci_lower", "difference_ci_upper", "holds",
    "holds_ci_lower", "holds_ci_upper", "expected_lower", "expected_upper", "drivers", "size_drivers", "draws", "t",
    "flag",
)  # fmt: skip
# Of the row about all rivals only the share is about all of them.
OF_ALL = {"versus": "any other", "drivers": "", "size_drivers": ""} | dict.fromkeys(
    ("difference", "difference_ci_lower", "difference_ci_upper", "expected_lower", "expected_upper"), np.nan
)
NO_DRIVER = ("", "", "", np.nan, np.nan)
OPEN = "open at the stated inputs"
EQUAL = "equal in every draw"
UNCLEAR = "not distinguishable"


def inputs_clause(
    contest: ContestRecord, best: str, second: str, goal: str, window: str = "horizon", equal: bool = False
) -> str:
    """What holds when the inputs are drawn, as further sentences; empty where they were not.

    ``equal``: the two designs are equal in every run at stated values, which the sentence has said already.
    """
    drawn = contest.drawn
    if drawn is None:
        return ""
    others = [label for label in ranked(contest, goal, window) if label not in (best, second)]
    found, left_out = _against(contest, best, [second, *others], goal, window)
    if found is None:
        return f" What holds with inputs drawn is not known: {why_unsaid(contest, [best, second], goal, window)}."
    if found.equal[:1] == (second,):
        same = f"With {counted(len(drawn.inputs), 'input')} drawn they are equal in each of {found.draws} draws"
        return "" if equal else f" {same}, so nothing holds or flips."
    return f" {_what_holds(drawn, found, equal)}{left_out}."


def _against(
    contest: ContestRecord, best: str, rivals: Sequence[str], goal: str, window: str
) -> tuple[Evaluation | None, str]:
    """The evaluation against all rivals, else against those of which something can be said; which are left out."""
    found = evaluate(contest, best, rivals, goal, window)
    if found is not None:
        return found, ""
    told = [rival for rival in rivals if evaluate(contest, best, [rival], goal, window) is not None]
    if told[:1] != [rivals[0]]:
        return None, ""
    names_left = ", ".join(repr(rival) for rival in rivals if rival not in told)
    return evaluate(contest, best, told, goal, window), f"; {names_left} left out of that" if names_left else ""


def _what_holds(drawn: Drawn, found: Evaluation, equal: bool) -> str:
    """The share, what it and the size hang on, and the mean over the draws, which is no range of single draws."""
    _, lower, upper = found.interval
    of_all = f"with {counted(len(drawn.inputs), 'input')} drawn the mean difference is"
    mean = f"{of_all} {signed(lower)} to {signed(upper)} (95 % interval of the mean over {found.draws} draws)"
    if equal:
        return mean[0].upper() + mean[1:]
    if abs(found.t) < T_OPEN:
        return f"Which of them is better is {OPEN}; {mean}"
    if found.share is None:
        return f"It does not hold against {_listed(list(map(repr, found.equal)))}, equal in every draw; {mean}"
    size = _listed(names(drawn, found.size_drivers()))
    hangs = f"its size hangs on {size}" if size else f"what its size hangs on is {UNCLEAR} in {found.draws} draws"
    which = _listed(names(drawn, found.drivers())) if found.share.share > 0 else ""
    whether = f"; whether it holds hangs on {which}" if which else ""
    share = f"It holds for {holds(found.share)} of what is plausible about the inputs{_of(found)}"
    return f"{share}{whether}; {hangs}; {mean}"


def _of(found: Evaluation) -> str:
    """Which draws the share is of, where not of all, and those among them without a difference."""
    some = found.draws - found.idle
    parts = [f"of the {some} of {found.draws} draws in which they do something"] if found.idle else []
    parts += [f"no difference at all in {found.ties} of {some} draws"] if found.ties else []
    return f" ({'; '.join(parts)})" if parts else ""


def holds(share: Share) -> str:
    """`97 % (90-100 %)`: the share of inputs under which the choice does not flip."""
    return f"{100 * (1 - share.share):.0f} % ({100 * (1 - share.upper):.0f}-{100 * (1 - share.lower):.0f} %)"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def inputs_frame(contest: ContestRecord, goal: str, window: str) -> pd.DataFrame:
    """The best design against each other one, and against all others where there are several.

    Where nothing can be said there is a row all the same, whose flag says why.
    """
    drawn = checked(contest)
    order = ranked(contest, goal, window)
    nothing = why_no_rival(contest, order, goal, window)
    if nothing:
        return _framed([_unsaid(contest, goal, order[0] if order else "", "", nothing)])
    best, *others = order
    rows = [_row(contest, drawn, best, [rival], goal, window) for rival in others]
    if len(others) > 1:
        rows.append(_row(contest, drawn, best, others, goal, window) | OF_ALL)
    return _framed(rows)


def _framed(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def _row(
    contest: ContestRecord, drawn: Drawn, best: str, rivals: Sequence[str], goal: str, window: str
) -> dict[str, Any]:
    found = evaluate(contest, best, rivals, goal, window)
    if found is None:
        return _unsaid(contest, goal, best, rivals[0], why_unsaid(contest, [best, *rivals], goal, window))
    mean, lower, upper = found.interval
    share = found.share
    ends = (np.nan,) * 3 if share is None else (1 - share.share, 1 - share.upper, 1 - share.lower)
    said = [", ".join(names(drawn, some)) or UNCLEAR for some in (found.drivers(), found.size_drivers())]
    values = (goal, best, rivals[0], _unit(contest, goal), mean, lower, upper, *ends, *found.expected, *said)
    return dict(zip(COLUMNS, (*values, found.draws, found.t, _flag(found)), strict=True))


def _unsaid(contest: ContestRecord, goal: str, label: str, versus: str, why: str) -> dict[str, Any]:
    """A row without numbers, and the reason."""
    known = {"measure": goal, "label": label, "versus": versus, "unit": _unit(contest, goal), "draws": 0, "flag": why}
    return dict.fromkeys(COLUMNS, np.nan) | {"drivers": "", "size_drivers": ""} | known


def _unit(contest: ContestRecord, goal: str) -> str:
    return contest.of(goal)[contest.baseline].recording.measures[goal].unit


def _flag(found: Evaluation) -> str:
    """What keeps the row from having a share, and draws in which there is no difference that a share could count."""
    parts = [OPEN] if abs(found.t) < T_OPEN else []
    if found.equal:
        parts.append(EQUAL if len(found.rivals) == 1 else f"{EQUAL}: {', '.join(found.equal)}")
    elif found.ties:
        parts.append(f"equal in {found.ties} of {found.draws - found.idle} draws")
    if found.idle and not found.equal:
        parts.append(f"nothing happens in {found.idle} of {found.draws} draws, which are left out of the share")
    return "; ".join(parts)


def drivers_frame(contest: ContestRecord, goal: str, window: str) -> pd.DataFrame:
    """One row an input that could be told apart: what it drives, its name and addresses, the correlation, the least.

    A pair of which nothing can be said has a row without an input, whose flag says why.
    """
    drawn = checked(contest)
    order = ranked(contest, goal, window)
    columns = ["measure", "label", "versus", "drives", "input", "addresses", "correlation", "least_correlation", "flag"]
    nothing = why_no_rival(contest, order, goal, window)
    rows: list[tuple[Any, ...]] = []
    if nothing:
        rows.append((goal, order[0] if order else "", "", *NO_DRIVER, nothing))
    for rival in order[1:]:
        found = evaluate(contest, order[0], [rival], goal, window)
        if found is None:
            why = why_unsaid(contest, [order[0], rival], goal, window)
            rows.append((goal, order[0], rival, *NO_DRIVER, why))
            continue
        for what, some in (("choice", found.drivers()), ("size", found.size_drivers())):
            rows += [(goal, order[0], rival, what, *_driver(drawn, k, one), "") for k, one in enumerate(some)]
    return pd.DataFrame(rows, columns=columns)


def _driver(drawn: Drawn, place: int, driver: Driver) -> tuple[Any, ...]:
    one, least = drawn.inputs[driver.input], least_correlation(len(drawn.uniforms), len(drawn.inputs) - place, place)
    return one.name, ", ".join(one.addresses), driver.correlation, least


def checked(contest: ContestRecord) -> Drawn:
    """The second block; NotRecorded where there is none."""
    if contest.drawn is None:
        raise NotRecorded("no inputs were drawn: compare with inputs=True, and with 10 worlds or more")
    return contest.drawn
