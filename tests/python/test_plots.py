"""Every picture takes ax and returns it, says its units and band, and shows the numbers of its table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from groundswell.compare import Contest, make_contest
from groundswell.plots import style
from groundswell.results import Results

Values = np.ndarray[Any, Any]


@pytest.fixture
def contest(hand_made: Callable[..., Results], random_values: Callable[..., Values]) -> Contest:
    results = [hand_made(label, random_values(i)) for i, label in enumerate(("None", "A", "B"))]
    return make_contest(results, baseline_given=True)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.mark.parametrize(("name", "measure"), [("reach", "unique_reach_to_date"), ("awareness", "awareness")])
def test_weekly_pictures_show_the_frame(contest: Contest, name: str, measure: str) -> None:
    ax = plt.figure().add_subplot()
    assert getattr(contest.plot, name)(ax=ax) is ax
    frame = contest.results["A"].frame(measure, by="week")
    assert ax.lines[1].get_ydata() == pytest.approx(frame["mean"].to_numpy())
    assert ax.get_ylabel() == frame["unit"].iloc[0]
    assert isinstance(ax.xaxis.get_major_formatter(), mdates.ConciseDateFormatter)
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["None", "A", "B"]
    assert "5th to 95th percentile of years (luck and world)" in legend.get_title().get_text()
    ax.figure.canvas.draw()


def test_one_design_alone_has_the_color_it_has_beside_others(contest: Contest) -> None:
    ax = contest.results["B"].plot.reach()
    beside = contest.plot.reach()
    assert ax.lines[0].get_color() == beside.lines[2].get_color() == style.look(2).color
    assert len(contest.results["B"].plot.awareness().lines) == 1


def test_differences_show_the_table(contest: Contest) -> None:
    axes = contest.plot.differences(["unique_reach", "impressions", "awareness"])
    assert isinstance(axes, list)
    assert len(axes) == 3
    table = contest.table(measures="impressions").set_index("label")
    drawn = [container.lines[0].get_xdata()[0] for container in axes[1].containers]
    assert drawn == pytest.approx([table.loc["A", "difference"], table.loc["B", "difference"]])
    segments = axes[1].containers[0].lines[2][0].get_segments()[0]
    assert segments[:, 0] == pytest.approx(
        [table.loc["A", "difference_ci_lower"], table.loc["A", "difference_ci_upper"]]
    )
    assert axes[0].get_title(loc="left") == "unique_reach: difference to None"
    assert "hollow: fewer than 100 pairs differ" in axes[0].get_xlabel()


def test_differences_on_given_axes(contest: Contest) -> None:
    ax = plt.figure().add_subplot()
    assert contest.plot.differences(["clicks", "posts"][1:], versus="A", ax=ax) is ax
    assert [label.get_text() for label in ax.get_yticklabels()] == ["None", "B"]


def test_looks_differ_in_color_and_line_and_in_gray() -> None:
    looks = [style.look(i) for i in range(len(style.LOOKS))]
    assert len({look.color for look in looks}) == len({str(look.line) for look in looks}) == len(looks)
    gray = [float(np.dot(to_rgb(style.look(i).color), (0.299, 0.587, 0.114))) for i in range(3)]
    assert abs(gray[1] - gray[2]) > 0.2
    assert style.look(len(looks)) == style.look(1)
