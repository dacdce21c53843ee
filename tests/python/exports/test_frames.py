"""Tables of other libraries: plain columns, nothing dropped, nothing of the input changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from groundswell.errors import InvalidInput
from groundswell.exports import read_export, to_pandas

NUMBERS: list[Any] = [3, 1, 2]
DAY = pd.Timestamp(2026, 1, 3)
CASES: list[tuple[Any, list[Any], str]] = [
    (pd.array([3, None, 2], dtype="Int64"), [3.0, None, 2.0], "f"),
    (pd.array(NUMBERS, dtype="Int8"), NUMBERS, "i"),
    (pd.array(NUMBERS, dtype="UInt32"), NUMBERS, "i"),
    (pd.array([0.5, None, 2], dtype="Float64"), [0.5, None, 2.0], "f"),
    (pd.array([True, False, True], dtype="boolean"), [True, False, True], "b"),
    (pd.array([True, None, False], dtype="boolean"), [True, None, False], "O"),
    (pd.array(["a", None, "NA"], dtype="string"), ["a", None, "NA"], "O"),
    (pd.array(NUMBERS, dtype="int64[pyarrow]"), NUMBERS, "i"),
    (pd.array(["x", "y", None], dtype=pd.ArrowDtype(pa.string())), ["x", "y", None], "O"),
    (pd.array([True, False, None], dtype=pd.ArrowDtype(pa.bool_())), [True, False, None], "O"),
    ([np.int64(3), np.int32(1), np.uint8(2)], NUMBERS, "i"),
    ([np.float64(0.5), 1, np.int64(2)], [0.5, 1.0, 2.0], "f"),
    ([np.bool_(True), False, True], [True, False, True], "b"),
    ([np.str_("a"), "b", None], ["a", "b", None], "O"),
    ([Decimal("1.5"), Decimal(2), None], [1.5, 2.0, None], "f"),
    ([Decimal(3), Decimal(1), Decimal("2.00")], NUMBERS, "i"),
    ([Decimal("NaN"), Decimal(1), Decimal(2)], [None, 1.0, 2.0], "f"),
    ([np.datetime64("2026-01-02"), DAY, None], [pd.Timestamp(2026, 1, 2), DAY, None], "M"),
    ([date(2026, 1, 3), None, date(9999, 12, 31)], [DAY, None, pd.Timestamp(9999, 12, 31)], "M"),
    ([Decimal("1e400"), Decimal(1), Decimal("-1e9")], [float("inf"), 1.0, -1e9], "f"),
    ([1, "a", 2.5], [1, "a", 2.5], "O"),
    ([2**60 + 1, None, 1], [2**60 + 1, None, 1], "O"),
    ([2**70, 1, 2], [2**70, 1, 2], "O"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "wanted", "kind"), CASES)
def test_columns_become_plain(values: Any, wanted: list[Any], kind: str) -> None:
    column = pd.Series(values, dtype=None if hasattr(values, "dtype") else object)
    frame = pd.DataFrame({"x": column.array}, index=[10, 20, 30])
    before = frame.copy(deep=True)
    found = read_export(frame).frame
    pd.testing.assert_frame_equal(frame, before)
    assert found.index.tolist() == [10, 20, 30]
    cells = found["x"].tolist()
    assert [None if pd.isna(cell) else cell for cell in cells] == wanted
    assert [type(cell) for cell in cells if not pd.isna(cell)] == [type(cell) for cell in wanted if cell is not None]
    assert found["x"].dtype.kind == kind


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("levels", [["low", "high", "none"], pd.array([3, 1, 2], dtype="Int64")])
def test_categories_keep_their_order(ordered: bool, levels: Any) -> None:
    values = pd.Categorical.from_codes([0, 2, -1, 1], pd.Index(levels), ordered=ordered)
    found = read_export(pd.DataFrame({"x": values})).frame["x"]
    assert found.cat.categories.tolist() == list(levels)
    assert found.cat.ordered is ordered
    assert found.cat.codes.tolist() == [0, 2, -1, 1]


def test_a_frame_is_a_copy() -> None:
    frame = pd.DataFrame({"x": [1, 2]})
    found = read_export(frame).frame
    found.loc[0, "x"] = 9
    assert frame["x"].tolist() == [1, 2]


def test_arrow_and_what_speaks_its_stream() -> None:
    table = pa.table({"id": [2**60 + 1, None, 3], "n": [1, 2, 3], "t": ["NA", None, ""], "b": [True, None, False]})
    found = to_pandas(table, "hr")
    assert found["id"].tolist() == [2**60 + 1, None, 3]
    assert found["n"].dtype == np.int64
    assert found["t"].tolist()[0] == "NA"
    assert found["b"].tolist() == [True, None, False]


def test_polars() -> None:
    pl = pytest.importorskip("polars")
    table = pl.DataFrame(
        {"id": ["a", "b", "c"], "n": [1, None, 3], "day": [None, pd.Timestamp(2026, 1, 2), pd.Timestamp(2026, 1, 3)],
         "level": pl.Series(["high", "low", "high"], dtype=pl.Enum(["low", "mid", "high"]))}
    )  # fmt: skip
    found = read_export(table).frame
    assert found["id"].tolist() == ["a", "b", "c"]
    assert found["n"].tolist()[::2] == [1.0, 3.0]
    assert found["day"].dtype.kind == "M"
    assert found["level"].tolist() == ["high", "low", "high"]
    assert found["level"].cat.categories.tolist() == ["low", "mid", "high"]


class Interchange:
    """A table that speaks the dataframe interchange protocol alone."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.table = pa.Table.from_pandas(frame)

    def __dataframe__(self, nan_as_null: bool = False, allow_copy: bool = True) -> Any:
        return self.table.__dataframe__(nan_as_null, allow_copy)


def test_the_interchange_protocol() -> None:
    found = to_pandas(Interchange(pd.DataFrame({"id": [1, 2], "t": ["a", "NA"]})), "hr")
    assert found["id"].tolist() == [1, 2]
    assert found["t"].tolist() == ["a", "NA"]


@pytest.mark.parametrize("other", [None, 3, {"a": [1]}, [[1, 2]], np.ones((2, 2)), pd.Series([1, 2])])
def test_anything_else_is_refused_with_its_type(other: object) -> None:
    with pytest.raises(InvalidInput, match=f"ties.*{type(other).__name__}"):
        to_pandas(other, "ties")


def test_names_and_characters_of_frames_are_checked() -> None:
    with pytest.raises(InvalidInput, match="2 columns have this name"):
        read_export(pd.DataFrame([[1, 2]], columns=["a", "a"]))
    with pytest.raises(InvalidInput, match=r"U\+0007"):
        read_export(pd.DataFrame({"a": ["x", "y\x07"]}))
    with pytest.raises(InvalidInput, match="no row"):
        read_export(pd.DataFrame({"a": []}))


def test_parquet(tmp_path: Path) -> None:
    frame = pd.DataFrame({"id": ["001", "2"], "n": pd.array([1, None], dtype="Int64"),
                          "level": pd.Categorical(["b", "a"], ["b", "a"], ordered=True)})  # fmt: skip
    frame.to_parquet(tmp_path / "t.parquet")
    found = read_export(tmp_path / "t.parquet").frame
    assert found.index.tolist() == [1, 2]
    assert found["id"].tolist() == ["001", "2"]
    assert found["level"].cat.categories.tolist() == ["b", "a"]
    assert found["level"].cat.ordered
    (tmp_path / "t.parquet").write_bytes(b"PAR1 cut")
    with pytest.raises(InvalidInput, match="Parquet"):
        read_export(tmp_path / "t.parquet")


def test_an_index_that_repeats_is_kept() -> None:
    frame = pd.DataFrame({"a": pd.array([1, 2, 3], dtype="Int64"), "b": list("xyz")}, index=[7, 7, 8])
    found = read_export(frame).frame
    assert found.index.tolist() == [7, 7, 8]
    assert found["a"].tolist() == [1, 2, 3]


def test_times_with_zones_and_periods_are_kept() -> None:
    day = pd.Timestamp("2026-01-02", tz="Europe/Paris")
    frame = pd.DataFrame({"zone": [day, day], "period": pd.period_range("2026-01", periods=2, freq="M")})
    frame["mixed"] = pd.Series([day, pd.Timestamp(2026, 1, 2)], dtype=object)
    found = read_export(frame).frame
    for name in frame:
        assert found[name].tolist() == frame[name].tolist()
