"""Weekly series and CSV files hold the numbers of the frames; a folder that cannot be written loses nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from groundswell.decide.contest import make_contest
from groundswell.errors import DoesNotFit, InvalidInput
from groundswell.output.csv import csv_text, unguarded
from groundswell.results import frames as module
from groundswell.results.results import Results

Values = np.ndarray[Any, Any]
Make = Callable[..., Results]


@pytest.fixture
def result(hand_made: Make, random_values: Callable[..., Values]) -> Results:
    return hand_made("=One", random_values())


def test_weekly_is_a_time_series(result: Results) -> None:
    wide = result.weekly()
    assert isinstance(wide.index, pd.DatetimeIndex)
    assert list(wide.index) == [pd.Timestamp("2027-01-25"), pd.Timestamp("2027-02-01")]
    assert {"posts", "unique_reach", "unique_reach_to_date", "awareness", "frequency"} <= set(wide.columns)
    frame = result.frame("unique_reach", by="week")
    assert wide["unique_reach"].tolist() == frame["mean"].tolist()
    assert list(result.weekly(["awareness", "posts"]).columns) == ["awareness", "posts"]


@pytest.mark.parametrize(
    "day", [date(2027, 2, 3), "2027-02-03", pd.Timestamp("2027-02-03 15:00"), datetime(2027, 2, 7)]
)
def test_the_week_of_any_kind_of_date(result: Results, day: Any) -> None:
    found, frame = result.on(day, "posts"), result.frame("posts", by="week")
    assert found["date"].tolist() == [pd.Timestamp("2027-02-01")]
    assert found["mean"].tolist() == frame[frame["date"] == "2027-02-01"]["mean"].tolist()
    contest = make_contest([result], baseline_given=True)
    months = contest.on(day, "posts", by="month")  # a month that two windows share has a row of each
    assert set(months["date"]) == {pd.Timestamp("2027-02-01")}


def test_a_day_that_no_row_has(result: Results) -> None:
    with pytest.raises(InvalidInput, match=r"day = 2031-01-01: the rows are of 2027-\d\d-\d\d to 2027-\d\d-\d\d"):
        result.on(date(2031, 1, 1))
    with pytest.raises(InvalidInput, match="must be a date"):
        result.on("soon")


def test_lines_drawn_after_a_weekly_series_stay_on_their_days(result: Results) -> None:
    wide = result.weekly(["posts"], window="all")
    ax = wide.plot(ax=Figure().add_subplot())
    days = pd.date_range(wide.index[0], periods=15)
    (line,) = ax.plot(days, range(15))
    assert np.diff(line.get_xdata(orig=False)).tolist() == [1.0] * 14
    assert line.get_xdata(orig=False)[[0, 7, 14]].tolist() == ax.lines[0].get_xdata(orig=False)[:3].tolist()


def test_weekly_over_all_windows_has_no_value_where_none_is_defined(result: Results) -> None:
    wide = result.weekly(["unique_reach_to_date", "posts"], window="all")
    assert len(wide) == 4
    assert np.isnan(wide["unique_reach_to_date"].iloc[0])
    assert not wide["posts"].isna().any()


@pytest.mark.parametrize("name", ["tables", "q1.csv"])
def test_csv_files_are_the_frames(result: Results, tmp_path: Path, name: str) -> None:
    paths = result.to_csv(tmp_path / name)
    names = ["summary.csv", "week.csv", "month.csv"]
    assert [path.name for path in paths] == (names if name == "tables" else [f"q1_{other}" for other in names])
    summary = pd.read_csv(paths[0], index_col="measure")
    assert summary["mean"].to_numpy() == pytest.approx(result.summary()["mean"].to_numpy(), rel=1e-15)
    for path, grain in zip(paths[1:], ("week", "month"), strict=True):
        table, frame = pd.read_csv(path, parse_dates=["date"]), result.frame(by=grain)
        assert (table["date"] == frame["date"]).all()
        np.testing.assert_array_equal(table["p95"], frame["p95"])
    assert set(summary["label"]) == {"'=One"}  # a spreadsheet must not run it


def test_a_folder_that_cannot_be_written_is_named(result: Results, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(InvalidInput, match=r"file' cannot be written"):
        result.to_csv(tmp_path / "file")
    with pytest.raises(InvalidInput, match=r"nowhere/q1_summary.csv' cannot be written: No such file"):
        result.to_csv(tmp_path / "nowhere" / "q1.csv")
    with pytest.raises(InvalidInput, match=r"a folder, or a name that ends in \.csv"):
        result.to_csv(tmp_path / "q1.xlsx")
    assert (tmp_path / "file").read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert len(result.to_csv(tmp_path / "after")) == 3


def test_a_frame_that_is_too_large_says_how_large(result: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    by = ["week", "segment", "source", "world", "replicate"]
    frame = result.frame("impressions", by=by)
    assert len(frame) == 24 * 2 * 7 * 3
    monkeypatch.setattr(module, "LARGEST_FRAME", len(frame) * module.BYTES_PER_ROW - 1)
    with pytest.raises(DoesNotFit, match=r"gives 1,008 rows, about 131\.0 kB; .* pass large=True"):
        result.frame("impressions", by=by)
    pd.testing.assert_frame_equal(result.frame("impressions", by=by, large=True), frame)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1), min_size=1))
@example(["=x", "'=x", "''=x", "-1", "@a", "NA", "a,b", 'say "x"', " spaces ", "\tformula"])
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    frame = pd.DataFrame({"label": pd.Series(texts, dtype=object), "mean": 1.5})
    read = pd.read_csv(io.BytesIO(csv_text(frame).encode()), keep_default_na=False, dtype={"label": object})
    assert [unguarded(text) for text in read["label"]] == texts
    assert not read["label"].str.startswith(("=", "+", "-", "@", "\t", "\r")).any()


def test_missing_text_is_empty_in_csv() -> None:
    assert csv_text(pd.DataFrame({"note": ["a", None], "mean": [1.0, np.nan]})) == "note,mean\na,1.0\n,\n"


def test_a_comparison_as_csv(hand_made: Make, random_values: Callable[..., Values], tmp_path: Path) -> None:
    contest = make_contest(
        [hand_made(label, random_values(i)) for i, label in enumerate(("None", "Some"))], baseline_given=True
    )
    paths = {path.stem: path for path in contest.to_csv(tmp_path / "tables")}
    assert sorted(paths) == ["added", "differences", "month", "summary", "week"]
    differences = pd.read_csv(paths["differences"])
    np.testing.assert_array_equal(differences["difference"], contest.table()["difference"])
    month = pd.read_csv(paths["month"], parse_dates=["date"])
    assert (month["date"] == contest.frame(by="month")["date"]).all()
    summary = pd.read_csv(paths["summary"], keep_default_na=False)
    assert summary["label"].drop_duplicates().tolist() == ["None", "Some"]
    for label, part in summary.groupby("label"):
        np.testing.assert_allclose(part["mean"], contest.results[str(label)].summary()["mean"], rtol=1e-15)


@pytest.mark.parametrize("path", [3, None, b"name", ["name"]])
def test_what_is_no_path_is_refused_by_name(result: Results, path: Any) -> None:
    contest = make_contest([result, replace(result, scenario=replace(result.scenario, label="B"))], baseline_given=True)
    for write in (result.to_excel, result.to_csv, result.save, contest.to_html, contest.to_excel):
        with pytest.raises(InvalidInput, match=r"^path = .*: must be a path"):
            write(path)
