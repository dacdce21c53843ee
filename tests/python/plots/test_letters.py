"""Text that a user has named stands in every picture as it is, whole, and readable on any background."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

import groundswell as gs
from groundswell.plots import letters, style

NASTY = (
    "budget_$2k_vs_$4k", "_hidden", "<b>R&D</b> [/loud]", "=cmd|' /C calc'!A0", r"\alpha^2_{x}", "100 % \\",
    "a very long label that no axis has room for, but that must be there to its very last word: END",
)  # fmt: skip


@pytest.fixture(scope="module")
def contest() -> gs.Contest:
    style.forget_labels()
    company = gs.Company.synthetic(employees=40)
    base = gs.Scenario(company, "2027-01-04", weeks=8, warm_up_weeks=0, follow_up_weeks=0, label="$base_$")
    program = gs.Program(advocates=gs.ActiveAdvocates(size=5), posts_per_week=3)
    designs = [base.replace(label=label, program=program) for label in NASTY]
    return gs.compare(designs, baseline=base, worlds=2, replicates=1, progress=False)


def pictures(contest: gs.Contest) -> Iterator[tuple[str, list[Axes], list[str]]]:
    """Every picture of the comparison and of its results: its name, its axes, the labels that must be in it."""
    priced = list(NASTY)
    for name, method in inspect.getmembers(contest.plot, callable):
        if not name.startswith("_") and name != "contest":
            figure = Figure(figsize=(9, 4.6), layout="constrained")
            takes = inspect.signature(method).parameters
            drawn = method(**({"figure": figure} if "figure" in takes else {"ax": figure.add_subplot()}))
            figure.canvas.draw()
            without_baseline = name in ("differences", "grid", "aware_added") or name.startswith("cost_per_")
            yield name, drawn if isinstance(drawn, list) else [drawn], priced + ["$base_$"] * (not without_baseline)
    result = contest.results[NASTY[0]]
    for name, method in inspect.getmembers(result.plot, callable):
        if not name.startswith("_") and name != "result":
            figure = Figure(figsize=(9, 4.6), layout="constrained")
            yield f"one: {name}", [method(ax=figure.add_subplot())], [NASTY[0]] * (name in ("costs", "participation"))
            figure.canvas.draw()


def shown(ax: Axes) -> list[Text]:
    return [text for text in ax.findobj(Text) if isinstance(text, Text) and text.get_text() and text.get_visible()]


def test_every_label_is_in_every_picture_and_readable(contest: gs.Contest) -> None:
    for ground in ("default", "dark_background", "ggplot"):
        with plt.style.context(ground):
            for name, axes, labels in pictures(contest):
                texts = [text for ax in axes for text in shown(ax)]
                flat = [" ".join(text.get_text().split()) for text in texts]
                missing = [label for label in labels if not any(label in text for text in flat)]
                assert not missing, (ground, name, missing)
                assert not any(text.get_parse_math() for text in texts), name
                dim = [
                    (text.get_text(), letters.contrast(text.get_color(), letters.grounds(ax)))
                    for ax in axes for text in shown(ax)
                    if letters.contrast(text.get_color(), letters.grounds(ax)) < letters.LEAST_TEXT - 0.01
                ]  # fmt: skip
                assert not dim, (ground, name, dim)


def test_what_was_on_the_axes_stays_as_it_was(contest: gs.Contest) -> None:
    ax = Figure().add_subplot()
    note, line = ax.text(0, 0, r"$\mu$", color="#eeeeee"), ax.plot([0, 1], color="#eeeeee")[0]
    contest.plot.reach(ax=ax)
    assert (note.get_parse_math(), note.get_color(), line.get_color()) == (True, "#eeeeee", "#eeeeee")


def test_a_wrapped_text_has_all_its_words() -> None:
    for label in (*NASTY, "x" * 200):
        text = letters.wrapped(label, 20)
        assert max(map(len, text.split("\n"))) <= 20
        assert text.replace("\n", "").replace(" ", "") == label.replace(" ", "")


@pytest.mark.parametrize("ground", ["white", "black", "#e5e5e5", "#777777"])
def test_readable_moves_a_color_no_further_than_needed(ground: str) -> None:
    for color in ("#333333", "#0072B2", "#F0E442", "#999999"):
        found = letters.readable(color, [ground], 3.0)
        assert letters.contrast(found, [ground]) >= 3.0
        if letters.contrast(color, [ground]) >= 3.0:
            assert found == pytest.approx(tuple(int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)))
