"""The table of targets, the frame of a validation, its report and pictures, from hand-made evidence."""

from __future__ import annotations

import datetime
import pickle
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from groundswell.cli.app import app
from groundswell.errors import InvalidInput
from groundswell.scenario import parameters
from groundswell.validation import intervals, tails
from groundswell.validation.collect import COLLEAGUES, HOUR_BINS, Evidence, Settings
from groundswell.validation.lines import COLUMNS, Line, Validation, band_text
from groundswell.validation.pictures.of_targets import PICTURES
from groundswell.validation.real_files import DataFolder
from groundswell.validation.report import text
from groundswell.validation.runs.programs import PROGRAMS
from groundswell.validation.shapes import Shape, shapes
from groundswell.validation.targets.table import TAGS, TARGETS
from groundswell.validation.validate import measured, validate

SETTINGS = Settings(worlds=6, replicates=2, platform_worlds=5, persons=50, seed=3, threads=1)
ONES = (
    "cascades_later", "cascades_large", "clicks_page", "engagements_page", "weak_tie_reshares_person",
    "weak_tie_impressions_person", "impressions_hop_3",
)  # fmt: skip


class Everything(dict[str, list[float]]):
    """Numbers of six worlds for whatever name is asked."""

    def __missing__(self, name: str) -> list[float]:
        scale = 1.0 if name in ONES else 10.0
        return [scale * (1 + 0.01 * world) for world in range(6)]


def evidence(trees: int = 500) -> Evidence:
    generator = np.random.default_rng(2)
    numbers = Everything({f"lift_{n}": [1 - 0.35**n] for n in range(1, 8)})
    samples = {
        "trees": [np.column_stack([generator.integers(20, 400, 300), generator.uniform(1.8, 4, 300)])],
        "tree_sizes": [np.floor(20 * generator.random(400) ** -0.6).astype(np.int64)],
        "monthly": [np.column_stack([np.repeat(np.arange(8, 18), 40), generator.uniform(0.3, 0.7, 400)])],
        "clustering": [generator.uniform(0, 0.4, 500)], "degree": [generator.integers(2, 500, 500)],
        "below": [generator.random(500) < 0.8],
        "delays_linkedin": [generator.poisson(5, (1, len(HOUR_BINS) - 1))],
        "concentration": [np.linspace(0, 0.3, 101)[None, :]] * 6,
        "members_counts": [generator.integers(1, 60, 90)] * 6, "members_own": [np.geomspace(5, 1, 12)[None, :]] * 6,
        "members_by_week": [np.linspace(0.1, 1, 27)[None, :]] * 6,
    }  # fmt: skip
    for name in PROGRAMS:
        samples[f"sharers_{name}"] = [generator.uniform(0.02, 0.3, (1, 12)) for _ in range(6)]
        samples[f"headcount_{name}"] = [np.linspace(985, 810, 12)[None, :]] * 6
        samples[f"weekly_posts_{name}"] = [generator.uniform(100, 200, (1, 52)) for _ in range(6)]
    found = Evidence(numbers, samples, {"four platforms": "platforms.facebook.on: not solved"}, trees)
    for size in COLLEAGUES:
        found.numbers[f"unique_over_sum_{size}"] = [0.9] * 6
    return found


def validation(trees: int = 500) -> Validation:
    found = evidence(trees)
    rows = tuple(shapes(found, DataFolder(None), SETTINGS))
    return Validation(measured(found), rows, found, SETTINGS, 12.0, datetime.date(2026, 11, 22))


def test_every_number_of_the_targets_is_there_with_a_known_tag() -> None:
    assert sorted({target.number for target in TARGETS}) == list(range(1, 29))
    assert {target.tag for target in TARGETS} <= set(TAGS)
    assert all(target.band[0] < target.band[1] for target in TARGETS if target.band)
    assert len({(target.number, target.output) for target in TARGETS}) == len(TARGETS)


def test_parameters_that_are_named_exist() -> None:
    """A calibrated component names what it was tuned with; an input that is judged what sets it."""
    known = {*parameters()["path"]}
    for target in TARGETS:
        if target.measure is None or target.band is None:
            continue
        if target.tag in ("input", "calibrated"):
            names = target.parameters.split(", ")
            head = names[0].rpartition(".")[0]
            full = [name if "." in name else f"{head}.{name}" for name in names]
            assert full, target.output
            assert [name for name in full if name not in known] == [], target.output


def test_frame_has_the_columns_and_never_drops_a_line() -> None:
    frame = validation().frame()
    assert list(frame.columns) == COLUMNS
    later = frame[frame["verdict"] == "not simulated yet"]
    assert {int(number) for number in later["number"]} == {22, 23, 24, 25}
    assert later["value"].isna().all()
    assert len(frame) == len(TARGETS) + len(validation().shapes)


def test_platforms_without_constants_are_not_measurable_and_say_why() -> None:
    frame = validation().frame()
    facebook = frame[frame["output"].str.contains("facebook, all hops")].iloc[0]
    assert facebook["verdict"] == "not measurable"
    assert "not solved" in facebook["note"]


def test_lines_of_act_trees_need_two_hundred() -> None:
    """199 trees: no verdict; 200: one."""
    for trees, expected in ((199, "not measurable"), (200, "undecided")):
        frame = validation(trees).frame()
        row = frame[frame["output"].str.startswith("median structural virality")].iloc[0]
        assert row["verdict"] == expected
        assert ("6 worlds, a verdict needs 20" in row["note"]) == (expected == "undecided")


def test_lines_of_the_network_need_twenty_worlds() -> None:
    """The same numbers: undecided over 6 worlds, decided over 20; a line of luck is decided over 6."""
    [paradox] = [target for target in TARGETS if target.output.startswith("share with fewer ties")]
    [alone] = [target for target in TARGETS if target.output == "posts with no reshare"]
    for worlds, expected in ((6, "undecided"), (20, "pass")):
        found = intervals.mean([0.84 + 0.001 * world for world in range(worlds)])
        assert Line(paradox, found).verdict == expected
        assert Line(alone, found).verdict == "pass"


def test_groups_stand_apart_and_no_total_is_given() -> None:
    found = validation()
    assert set(found.group("calibrated")["tag"]) == {"calibrated"}
    assert list(found.counts().index) == [*TAGS, "shape of a real file"]
    assert "total" not in repr(found).lower()
    with pytest.raises(InvalidInput, match="none of"):
        found.group("everything")


def test_report_has_every_row_once() -> None:
    found = validation()
    written = text(found, [("Line 5", "validation_5.png")])
    frame = found.frame()
    rows = [line for line in written.splitlines() if line.startswith("| ") and not line.startswith("| line")]
    assert len(rows) == len(frame)
    assert "## Not simulated yet" in written
    assert "2026-11-22" in written
    assert "![Line 5](validation_5.png)" in written


def test_save_writes_report_and_pictures(tmp_path: Path) -> None:
    written = validation().save(tmp_path / "new")
    assert [path.suffix for path in written] == [".md", *[".png"] * len(PICTURES), ".csv"]
    assert all(path.stat().st_size > 2000 for path in written[:-1])
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(InvalidInput, match="cannot be made"):
        validation().save(blocked)


def test_shapes_without_files_say_so() -> None:
    rows = shapes(evidence(), DataFolder(None), SETTINGS)
    assert {row.file for row in rows} == {
        "facebook_brand_posts", "cascades_christianity", "news_tweet_cascade_sizes", "email_eu_core", "lazega_lawfirm",
        "aarhus_cs", "manufacturing_email", "college_msg",
    }  # fmt: skip
    assert {row.verdict for row in rows} == {"not measurable"}
    assert all("GROUNDSWELL_DATA" in row.note for row in rows)


def test_a_shape_is_reported_unless_judged() -> None:
    found = intervals.mean([0.50, 0.51, 0.52, 0.51, 0.50])
    assert Shape("f", "gini", 0.60, found, "", "", "", 0.05, "fail").verdict == "fail"
    assert Shape("f", "gini", 0.60, found, "", "").verdict == "reported"
    assert Shape("f", "gini", 0.60, intervals.nothing("why"), "", "", "", 0.05, "fail").verdict == "not measurable"


def test_lines_of_programs() -> None:
    """Removal: .4 less than where recognition stays is in its band. A mandate must lower satisfaction, raise exits."""
    by_output = {target.output: target for target in TARGETS}
    found = evidence()
    found.numbers |= {"shares_removed": [54.0, 66.0] * 3, "shares_kept": [90.0, 110.0] * 3}
    found.numbers |= {"satisfaction_mandate": [0.48, 0.49] * 3, "satisfaction_average": [0.51, 0.52] * 3}
    found.numbers |= {"exits_mandate": [210.0, 231.0] * 3, "exits_average": [200.0, 210.0] * 3}
    lines = {name: Line(target, target.measure(found)) for name, target in by_output.items() if target.number == 20
             and target.measure is not None}  # fmt: skip
    removal, satisfaction, exits = (
        next(line for name, line in lines.items() if name.startswith(head))
        for head in ("shares after recognition", "mandate: mean satisfaction", "mandate: exits")
    )
    assert removal.estimate.value == pytest.approx(-0.4)
    assert satisfaction.estimate.value == pytest.approx(-0.03)
    assert exits.estimate.value == pytest.approx(2646 / 2460, rel=0.01)
    assert [line.verdict for line in (removal, satisfaction, exits)] == ["pass"] * 3


def test_tail_of_the_model_is_the_tail_of_its_trees() -> None:
    found = evidence()
    tail = tails.fit(found.sample("tree_sizes"), 20)
    assert tail.minimum >= 20
    assert 2 < tail.alpha < 3.5  # drawn with exponent 1 + 1/.6


@pytest.mark.parametrize(
    ("band", "expected"),
    [(None, ""), ((0.5, 1.0), "0.5 to 1"), ((1.0, float("inf")), "above 1"), ((-1.0, 0.3), "below 0.3")],
)
def test_band_text(band: tuple[float, float] | None, expected: str) -> None:
    assert band_text(band) == expected


def test_a_validation_pickles() -> None:
    found = validation()
    assert pickle.loads(pickle.dumps(found)).frame().equals(found.frame())


def test_notes_name_what_was_tuned() -> None:
    lines = {line.target.output: line for line in measured(evidence())}
    assert "tuned with platforms.linkedin.reshare" in lines["posts with no reshare"].note
    assert isinstance(lines["posts with no reshare"], Line)


@pytest.mark.parametrize(("arguments", "message"), [
    ({"worlds": 4}, "at least 5"), ({"seed": 20261122}, "solved with"), ({"data": "/nowhere"}, "not a folder"),
    ({"worlds": 0}, "worlds"),
])  # fmt: skip
def test_validate_refuses(arguments: dict[str, object], message: str) -> None:
    """Before anything runs."""
    with pytest.raises(InvalidInput, match=message):
        validate(**arguments)  # type: ignore[arg-type]


def test_command_says_what_is_wrong() -> None:
    found = CliRunner().invoke(app, ["validate", "--seed", "20261122"])
    assert found.exit_code == 1
    assert "solved with" in found.stderr
