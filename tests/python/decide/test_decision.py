"""Every branch of the sentence reads as one: no undefined number in it, nothing that contradicts itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

from groundswell.decide.contest import make_contest
from groundswell.results.results import Results

Values = np.ndarray[Any, Any]
IMPRESSIONS, ENGAGEMENTS = 5, 7
NAN = float("nan")


class Case(NamedTuple):
    """Values of reach by design, shape (worlds, replicates), or what a design's rows are; and the whole sentence."""

    designs: dict[str, Any]
    says: str
    goal: str = "unique_reach"


def runs(worlds: int, replicates: int, *more: float) -> Values:
    """Runs around 1,000, the same luck for every call; `more` is added to the runs in turn."""
    luck = np.random.default_rng(3).integers(0, 200, (worlds, replicates)) + 900.0
    return luck + np.resize(np.array(more or [0.0]), luck.size).reshape(luck.shape)


ENOUGH, FEW, ONE = (20, 5), (2, 2), (1, 4)
REACH = {
    "better": Case(
        {"A": runs(*ENOUGH), "B": runs(*ENOUGH, 90, 110)},
        "On unique_reach, 'B' is better than 'A' by +100.0 people (+10 %), 95 % interval +99.04 to +101.0 (+9.9 to "
        "+10 %); it is ahead on average in 20 of 20 generated worlds, with every input at its stated value.",
    ),
    "cannot be told apart": Case(
        {"A": runs(*ENOUGH), "B": runs(*ENOUGH, *[50] * 10, *[-48] * 10)},
        "On unique_reach, 'B' and 'A' cannot be told apart: the difference is +1.000 people, 95 % interval −22.53 to "
        "+24.53 (−2.3 to +2.5 %).",
    ),
    "few worlds that differ": Case(
        {"A": runs(*ENOUGH), "B": runs(*ENOUGH, *[20] * 50, *[0] * 50)},
        "On unique_reach, 'B' is better than 'A' by +10.00 people (+1.0 %), 95 % interval +5.198 to +14.80 (+0.52 "
        "to +1.5 %); although it is ahead on average in only 10 of 20 generated worlds, with every input at its stated "
        "value. Caution: 10 of 20 worlds differ, fewer than the 20 that an interval needs.",
    ),
    "two worlds": Case(
        {"A": runs(*FEW), "B": runs(*FEW, 90, 110)},
        "On unique_reach, 'B' is better than 'A' by +100.0 people (+10 %), 95 % interval +69.58 to +130.4 for these 2 "
        "worlds alone (5 worlds give one that holds for others); it is ahead on average in 2 of 2 generated worlds, "
        "with every input at its stated value. Caution: 2 worlds, fewer than the 10 that a study needs.",
    ),
    "two worlds that disagree": Case(
        {"A": runs(*FEW), "B": runs(*FEW, 300, 301, -10, -11)},
        "On unique_reach, 'B' is better than 'A' by +145.0 people (+15 %), 95 % interval +143.5 to +146.5 for these 2 "
        "worlds alone (5 worlds give one that holds for others); although it is ahead on average in only 1 of 2 "
        "generated worlds, with every input at its stated value. Caution: 2 worlds, fewer than the 10 that a study "
        "needs.",
    ),
    "two worlds, not told apart": Case(
        {"A": runs(*FEW), "B": runs(*FEW, 100, -90)},
        "On unique_reach, 'B' and 'A' cannot be told apart: the difference is +5.000 people, 95 % interval −284.0 to "
        "+294.0 for these 2 worlds alone (5 worlds give one that holds for others). Caution: 2 worlds, fewer than the "
        "10 that a study needs.",
    ),
    "one world": Case(
        {"A": runs(*ONE), "B": runs(*ONE, 90, 110)},
        "On unique_reach, 'B' is better than 'A' by +100.0 people (+10 %), 95 % interval +81.63 to +118.4 for this one "
        "world alone (5 worlds give one that holds for others), with every input at its stated value. Caution: 1 "
        "world, fewer than the 10 that a study needs.",
    ),
    "one run": Case(
        {"A": runs(1, 1), "B": runs(1, 1, 90)},
        "On unique_reach, 'B' is ahead of 'A' by +90.00 people (+8.5 %), and 1 run of each cannot tell whether that is "
        "luck: ask for more worlds or replicates.",
    ),
    "one run in each of two worlds": Case(
        {"A": runs(2, 1), "B": runs(2, 1, 90)},
        "On unique_reach, 'B' is ahead of 'A' by +90.00 people (+9.1 %), and 2 runs of each cannot tell whether "
        "that is luck: ask for more worlds or replicates.",
    ),
    "equal": Case(
        {"A": runs(*ENOUGH), "B": runs(*ENOUGH)},
        "On unique_reach, 'A' and 'B' are equal in each of 100 runs: nothing tells them apart.",
    ),
    "all zero": Case(
        {"A": 0 * runs(*ENOUGH), "B": 0 * runs(*ENOUGH)},
        "On unique_reach, 'A' and 'B' have 0 people in every run: nothing tells them apart.",
    ),
    "all of many zero": Case(
        {label: 0 * runs(*ENOUGH) for label in "ABCDE"},
        "On unique_reach, all designs have 0 people in every run: nothing tells them apart.",
    ),
    "against zero": Case(
        {"A": 0 * runs(*ENOUGH), "B": 0 * runs(*ENOUGH) + 5},
        "On unique_reach, 'B' is better than 'A' by +5.000 people, 95 % interval +5.000 to +5.000; it is ahead on "
        "average in 20 of 20 generated worlds, with every input at its stated value.",
    ),
    "one design": Case({"A": runs(*ENOUGH)}, "Only one design, 'A': there is nothing to compare on unique_reach."),
    "no run finished": Case(
        {"A": runs(*ENOUGH) * NAN, "B": runs(*ENOUGH) * NAN},
        "On unique_reach, nothing can be compared: no run is finished of 'A', 'B'.",
    ),
    "one without a finished run": Case(
        {"A": runs(*ENOUGH) * NAN, "B": 0 * runs(*ENOUGH) + 5},
        "On unique_reach, only 'B' has a value, 5.000 people: there is nothing to compare it with. Left out: no run is "
        "finished of 'A'.",
    ),
    "no pair of runs": Case(
        {"A": 9 + 0 * runs(2, 2) * [[1, NAN], [1, NAN]], "B": 8 + 0 * runs(2, 2) * [[NAN, 1], [NAN, 1]]},
        "On unique_reach, 'A' and 'B' cannot be compared: no run is finished in both.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REACH)
def test_the_whole_sentence_of_every_branch(name: str, hand_made: Callable[..., Results], rows: dict[str, Any]) -> None:
    case = REACH[name]
    results = []
    for label, values in case.designs.items():
        done = ~np.isnan(values)
        table = np.repeat(values[:, :, None], len(rows["measure"]), axis=2)
        results.append(hand_made(label, table, done))
    found = make_contest(results, baseline_given=True).sentence()
    assert found == case.says


def rates(rows: dict[str, Any], impressions: float, engagements: float) -> Values:
    table = np.ones((6, 4, len(rows["measure"])))
    luck = np.random.default_rng(1).integers(1, 9, (6, 4, 1))
    for number, size in ((IMPRESSIONS, impressions), (ENGAGEMENTS, engagements)):
        table[:, :, rows["measure"] == number] = size * (luck + (number == ENGAGEMENTS))
    return table


RATE, UNIT = "engagement_rate", "engagements per impression"
WHY = "because impressions is 0 in every run"
RATIOS: dict[str, tuple[dict[str, tuple[float, float]], str]] = {
    "of nobody": (
        {"A": (0, 0), "B": (0, 0)},
        f"On engagement_rate, nothing can be compared: engagement_rate cannot be computed for 'A', 'B', {WHY}.",
    ),
    "of one design alone": ({"A": (0, 0)}, f"nothing can be compared: {RATE} cannot be computed for 'A', {WHY}."),
    "of one of two": (
        {"A": (0, 0), "B": (100, 0)},
        f"only 'B' has a value, 0 {UNIT}: there is nothing to compare it with. Left out: {RATE} cannot be computed",
    ),
    "of two of three": (
        {"A": (100, 1), "B": (0, 0), "C": (100, 2)}, f" Left out: {RATE} cannot be computed for 'B', {WHY}.",
    ),
    "of none of many": (dict.fromkeys("ABCDE", (0, 0)), "cannot be computed for 'A', 'B', 'C' and 2 more, because"),
    "zero": (
        {"A": (100, 0), "B": (50, 0), "C": (9, 0)},
        f"On {RATE}, 'A', 'B' and 'C' have 0 {UNIT} in every run: nothing tells them apart.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RATIOS)
def test_ratios_that_cannot_be_computed_say_so(
    name: str, hand_made: Callable[..., Results], rows: dict[str, Any]
) -> None:
    designs, says = RATIOS[name]
    contest = make_contest([hand_made(label, rates(rows, *v)) for label, v in designs.items()], baseline_given=True)
    found = contest.sentence("engagement_rate")
    assert says in found
    for undefined in ("nan", "–", "∞", "None"):
        assert undefined not in found.replace("95 % interval", "")


def test_of_two_that_can_be_computed_the_better_is_named(
    hand_made: Callable[..., Results], rows: dict[str, Any]
) -> None:
    designs = {"A": (100, 1), "B": (0, 0), "C": (100, 2)}
    contest = make_contest([hand_made(label, rates(rows, *v)) for label, v in designs.items()], baseline_given=True)
    assert contest.sentence("engagement_rate").startswith("On engagement_rate, 'C' is better than 'A' by +")
