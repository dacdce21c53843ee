"""Every picture takes ax and returns it, says its units and band, and shows the numbers of its table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from groundswell.decide.contest import Contest, make_contest
from groundswell.errors import InvalidInput
from groundswell.plots import style
from groundswell.plots.ends import End, label_ends, spread
from groundswell.plots.grid import over_grid
from groundswell.plots.potential import potential_table
from groundswell.results.results import Results

Values = np.ndarray[Any, Any]


@pytest.fixture
def contest(hand_made: Callable[..., Results], random_values: Callable[..., Values]) -> Contest:
    results = [hand_made(label, random_values(i)) for i, label in enumerate(("None", "A", "B"))]
    return make_contest(results, baseline_given=True)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    style.forget_labels()
    yield
    style.forget_labels()
    plt.close("all")


@pytest.mark.parametrize(("name", "measure"), [("reach", "unique_reach_to_date"), ("awareness", "awareness")])
def test_weekly_pictures_show_the_frame(contest: Contest, name: str, measure: str) -> None:
    ax = plt.figure().add_subplot()
    assert getattr(contest.plot, name)(ax=ax) is ax
    frame = contest.results["A"].frame(measure, by="week")
    scale, label = {"reach": (1, "people outside the company"), "awareness": (100, "% of persons outside the company")}[
        name
    ]
    assert ax.lines[1].get_ydata() == pytest.approx(scale * frame["mean"].to_numpy())
    assert ax.get_ylabel() == label
    assert ax.get_ylim()[0] == 0
    assert isinstance(ax.xaxis.get_major_formatter(), mdates.ConciseDateFormatter)
    legend = ax.get_legend()
    assert legend is not None
    said = [legend.get_title().get_text(), *(text.get_text() for text in legend.get_texts())]
    assert any("5th to 95th percentile of single runs (luck and world)" in text for text in said)
    assert any("mean of 24 runs" in text for text in said)
    named = {text.get_text() for text in ax.texts} or set(said[1:])
    assert named == {"None", "A", "B"}
    ax.figure.canvas.draw()
    end = mdates.date2num(frame["date"].iloc[-1]) + 7
    assert max(ax.xaxis.get_majorticklocs()) <= end  # no tick in the room for labels


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
    title = " ".join(axes[0].get_title(loc="left").split())
    assert title == "People outside the company reached by employees' posts: difference to None"
    assert " ".join(axes[2].get_xlabel().split()) == "percentage points of persons outside the company"
    awareness = contest.table(measures="awareness").set_index("label")
    points = [container.lines[0].get_xdata()[0] for container in axes[2].containers]
    assert points == pytest.approx([100 * awareness.loc[label, "difference"] for label in ("A", "B")])
    assert axes[0].get_xlabel() == "people"
    assert axes[0].figure.get_supxlabel() == (
        f"mean and 95 % interval ({table.loc['A', 'uncertainty']}); hollow: too few worlds (see flag)"
    )


def test_differences_on_given_axes(contest: Contest) -> None:
    ax = plt.figure().add_subplot()
    assert contest.plot.differences(["clicks", "posts"][1:], versus="A", ax=ax) is ax
    assert [label.get_text() for label in ax.get_yticklabels()] == ["None", "B"]
    assert "hollow: too few worlds (see flag)" in " ".join(ax.get_xlabel().split())


def test_looks_differ_in_color_and_line_and_in_gray() -> None:
    looks = [style.look(i) for i in range(len(style.LOOKS))]
    assert len({look.color for look in looks}) == len({str(look.line) for look in looks}) == len(looks)
    gray = [float(np.dot(to_rgb(style.look(i).color), (0.299, 0.587, 0.114))) for i in range(3)]
    assert abs(gray[1] - gray[2]) > 0.2
    again = style.look(len(looks))
    assert again.color == style.look(1).color
    assert len({style.look(i) for i in range(31)}) == 31  # color, line and marker together tell 31 apart


def test_a_label_keeps_its_look_in_every_picture(
    hand_made: Callable[..., Results], random_values: Callable[..., Values]
) -> None:
    contest = make_contest([hand_made(label, random_values(i)) for i, label in enumerate("ZAB")], baseline_given=True)
    color = contest.plot.reach().lines[2].get_color()
    alone = hand_made("B", random_values(2))
    assert alone.plot.reach().lines[0].get_color() == color
    for ax in (contest.plot.reach(), contest.plot.awareness(), contest.plot.reach(cumulative=False)):
        assert ax.lines[2].get_color() == color
        assert len({line.get_color() for line in ax.lines}) == 3
    panel = contest.plot.differences(["clicks", "posts"][1:])[0]
    assert panel.containers[1].lines[0].get_color() == color
    assert to_hex(contest.plot.potential().patches[8].get_edgecolor()) == color.lower()


def test_reach_in_each_week(contest: Contest) -> None:
    ax = contest.plot.reach(cumulative=False)
    frame = contest.results["B"].frame("unique_reach", by="week")
    assert ax.lines[2].get_ydata() == pytest.approx(frame["mean"].to_numpy())
    assert "in each week" in ax.get_title(loc="left")


def test_potential_has_its_table(contest: Contest) -> None:
    table = potential_table(list(contest.results.values())).set_index("label")
    ax = contest.plot.potential()
    for place, label in enumerate(contest.labels):
        bars = ax.patches[3 * place : 3 * place + 3]
        names = ["potential_reach", "impressions", "unique_reach"]
        assert [bar.get_width() for bar in bars] == table.loc[label, names].tolist()
        assert {bar.get_x() for bar in bars} == {0}
    np.testing.assert_allclose(table["share"], table["unique_reach"] / table["potential_reach"])
    np.testing.assert_allclose(table["frequency"], table["impressions"] / table["unique_reach"])
    assert ax.get_xscale() == "linear"
    assert ax.get_xlim()[0] == 0


def grid_frame() -> pd.DataFrame:
    cells = [(size, posts) for size in (10, 30, 60) for posts in (1.0, 2.0)]
    frame = pd.DataFrame(cells, columns=["program.advocates.size", "program.posts_per_week"])
    gap = frame["program.advocates.size"] * frame["program.posts_per_week"]
    return frame.assign(
        label=[f"size={a}, posts={b:g}" for a, b in cells], measure="unique_reach", unit="people", versus="None",
        difference=gap, difference_ci_lower=gap - 5, difference_ci_upper=gap + 7, uncertainty="luck and world",
    )  # fmt: skip


def test_a_grid_with_two_fields_has_a_line_for_each_value_of_one() -> None:
    frame = grid_frame()
    varied = ["program.advocates.size", "program.posts_per_week"]
    ax = over_grid(frame, varied)
    assert len(ax.containers) == 2
    second = frame[frame["program.posts_per_week"] == 2]
    line, _, (bars,) = ax.containers[1].lines
    assert line.get_ydata() == pytest.approx(second["difference"].to_numpy())
    assert [segment[:, 1].tolist() for segment in bars.get_segments()] == [[15, 27], [55, 67], [115, 127]]
    assert {text.get_text() for text in ax.texts} == {"posts_per_week = 1", "posts_per_week = 2"}
    assert ax.get_xlabel() == varied[0]
    assert " ".join(ax.get_ylabel().split()) == "people, mean and 95 % interval (luck and world)"
    one = over_grid(frame[frame["program.posts_per_week"] == 2], varied[:1])
    assert len(one.containers) == 1


def test_a_grid_without_a_number_has_a_row_a_design() -> None:
    frame = grid_frame().rename(columns={"program.advocates.size": "other"}).astype({"other": str})
    ax = over_grid(frame, ["other"], ax=plt.figure().add_subplot())
    assert [text.get_text() for text in ax.get_yticklabels()] == list(frame.sort_values("difference")["label"])
    assert ax.get_xlabel() == "people, mean and 95 % interval (luck and world)"
    with pytest.raises(InvalidInput, match="no column 'posts'"):
        over_grid(frame, ["posts"])
    with pytest.raises(InvalidInput, match="one measure is drawn; it has 2"):
        over_grid(pd.concat([frame, frame.assign(measure="posts")]), ["other"])


def test_labels_stand_apart_or_are_not_written() -> None:
    wanted = np.array([1.0, 1.05, 3.0, 1.1])
    places = spread(wanted, 0.5, 0.0, 4.0)
    assert places is not None
    assert np.diff(np.sort(places)).min() >= 0.5 - 1e-12
    assert (np.argsort(places) == np.argsort(wanted)).all()
    assert places[2] == 3.0  # who has room stays
    assert spread(wanted, 0.5, 0.0, 1.4) is None
    ax = plt.figure(figsize=(6.4, 4)).add_subplot()
    ax.plot([0, 1], [0, 1])
    before = ax.get_xlim()
    assert not label_ends(ax, [End(1, 1, "A label that is far too long to stand beside a line", "#000000")])
    assert not label_ends(ax, [End(1, 0.5, f"{i}", "#000000") for i in range(12)])
    assert (len(ax.texts), ax.get_xlim()) == (0, before)
    assert label_ends(ax, [End(1, 1, "A", "#000000"), End(1, 0.99, "B", "#000000")])
    assert ax.get_xlim()[1] > before[1]


LONG = "A label of sixty characters, as a person may write one there"
DEFAULT_LABEL = "No program; weeks = 10; warm_up_weeks = 4"


def words_of(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is drawn, with the place it takes; ticks beyond the limits of an axis are not drawn."""
    figure.draw_without_rendering()
    texts = [text for text in figure.texts if text.get_text()]
    for ax in (ax for ax in figure.axes if ax.get_visible()):
        texts += [ax.title, ax._left_title, ax.xaxis.label, ax.yaxis.label]
        for axis, limits in ((ax.xaxis, sorted(ax.get_xlim())), (ax.yaxis, sorted(ax.get_ylim()))):
            ticks = axis.get_major_ticks()
            texts += [tick.label1 for tick in ticks if limits[0] <= tick.get_loc() <= limits[1]]
    return [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text().strip()]


@pytest.mark.parametrize("designs", [2, 3, 6, 12])
@pytest.mark.parametrize("size", [None, (9, 4.2), (5.5, 3), (14, 5)])
@pytest.mark.parametrize("given", [False, True])
def test_no_text_runs_into_another(
    hand_made: Callable[..., Results], random_values: Callable[..., Values], designs: int,
    size: tuple[float, float] | None, given: bool,
) -> None:  # fmt: skip
    """On axes that are given too, which cannot grow: there, labels are smaller."""
    labels = [DEFAULT_LABEL, LONG, "Few", *(f"{LONG[:-3]} {i}" for i in range(2, designs))][: designs + 1]
    results = [hand_made(label, random_values(i)) for i, label in enumerate(labels)]
    contest = make_contest(results, baseline_given=True)
    measures = ["unique_reach", "impressions", "awareness", "posts"]
    figure = None if size is None else Figure(figsize=size, layout="constrained")
    if given:
        figure = Figure(figsize=size or (8, 4.5), layout="constrained")
        contest.plot.differences(measures, ax=figure.add_subplot())
    else:
        figure = contest.plot.differences(measures, figure=figure)[0].get_figure()
    assert figure is not None
    found = words_of(figure)
    for place, (text, box) in enumerate(found):
        for other, its in found[:place]:
            inner = Bbox.intersection(box.padded(-0.5), its.padded(-0.5))
            assert inner is None or min(inner.width, inner.height) <= 0, (text, other)
        assert box.x0 > -2, text
        assert box.x1 < figure.bbox.x1 + 2, text
    assert any(text.startswith(LONG[:20]) for text, _ in found)
