"""Two periods as frames: what each measure was and is, what else differs, what a reader must be warned of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from groundswell.common import statistics
from groundswell.decide.frames import flag_of_worlds
from groundswell.decide.period_changes import changes, people_in_both
from groundswell.errors import UnknownName, did_you_mean, shown
from groundswell.results import Results
from groundswell.results.frames import measures_asked
from groundswell.results.grain import ALL, Query, make_query
from groundswell.results.warnings import WARNING_COLUMNS

TABLE_COLUMNS = [
    "label", "measure", "window", "unit", "last", "this", "difference", "difference_se", "difference_ci_lower",
    "difference_ci_upper", "correlation", "pairs", "pairs_that_differ", "flag", "uncertainty", "definition",
]  # fmt: skip
CONSEQUENCES = {
    "luck_not_shared": "Differences are of independent runs, with Welch's interval: wider than of one key and seed.",
    "design_in_one_period_only": "Not in any table.",
    "settings_differ": "A difference is not one of the company alone; see diff.",
    "of_another_version": "Numbers may differ for that reason too; simulate last again with this version.",
    "people_not_matched": "It cannot be told who joined or left: one company is made up, saved without its employees, "
    "or opened without its key (gs.load(path, key=…)).",
    "nobody_in_both": "Everybody counts as left or joined: are these the same ids, of the same type?",
}
DATED = ("company", "start")  # what differs between two periods anyway


@dataclass(frozen=True, eq=False, repr=False)
class PeriodRecord:
    """Finished results of two periods by design; ``PeriodComparison`` documents the fields."""

    last: Mapping[str, Results]
    this: Mapping[str, Results]
    in_one_only: tuple[str, ...] = ()

    @property
    def labels(self) -> list[str]:
        """Labels of the designs that are in both."""
        return list(self.this)

    @property
    def luck(self) -> str:
        """Why luck is not shared; empty where it is, so that differences are paired run by run."""
        last, this = (next(iter(side.values())) for side in (self.last, self.this))
        keys = [result.scenario.company.draw_key for result in (last, this)]
        if keys[0] != keys[1] and all(keys):
            return f"the draw keys differ ({keys[0]!r}, {keys[1]!r})"
        made_up = [result.scenario.company.is_synthetic for result in (last, this)]
        if not all(keys) and not all(made_up):
            which = " and ".join(name for name, key in zip(("last", "this"), keys, strict=True) if not key)
            return f"{which} has no draw key: it was made up, or read by a version without them"
        seeds = [result.manifest["seed"] for result in (last, this)]
        return f"the seeds differ ({seeds[0]}, {seeds[1]})" if seeds[0] != seeds[1] else ""

    def settings(self) -> list[str]:
        """Addresses of what differs beside the company, its facts and the start."""
        paths = diff(self)["path"]
        return [path for path in dict.fromkeys(paths) if path.partition(".")[0] not in DATED]

    def label(self, asked: str | None) -> str:
        """The design of a label, by default the first."""
        if asked is None:
            return self.labels[0]
        if asked not in self.this:
            raise UnknownName(f"label: no design of the label {shown(asked)}; {did_you_mean(asked, self.this)}")
        return asked


def table(periods: PeriodRecord, measures: str | Sequence[str] | None, window: str) -> pd.DataFrame:
    """See ``PeriodComparison.table``."""
    query = make_query((), window)
    rows = []
    for label in periods.labels:
        last, this = periods.last[label], periods.this[label]
        names = measures_asked(this, measures, query)
        if measures is None:
            names = [name for name in names if name in last.recording.recorded(query)]
        rows += [row | {"label": label} for name in names for row in _rows(last, this, name, query, not periods.luck)]
    columns = TABLE_COLUMNS if window == ALL else [name for name in TABLE_COLUMNS if name != "window"]
    frame = pd.DataFrame(rows, columns=columns)
    known = {"label": periods.labels, "measure": list(next(iter(periods.this.values())).recording.measures)}
    for name, categories in known.items():
        frame[name] = pd.Categorical(frame[name], categories=categories, ordered=True)
    return frame


def _rows(last: Results, this: Results, name: str, query: Query, paired: bool) -> Iterator[dict[str, Any]]:
    """A row a window that both periods have; they may differ in the length of their warm-up."""
    own, other = this.recording.cells(name, query), last.recording.cells(name, query)
    known = other.index["window"].astype(str).tolist()
    for place, window in enumerate(own.index["window"].astype(str)):
        if window in known:
            parts = own.linear[:, :, [place]], other.linear[:, :, [known.index(window)]]
            yield {"window": window} | _row(last, this, name, parts, paired=paired)


def _row(
    last: Results, this: Results, name: str, parts: tuple[statistics.Floats, statistics.Floats], *, paired: bool
) -> dict[str, Any]:
    a, b = parts
    done = [result.recording.finished for result in (this, last)]
    row: dict[str, Any] = {"correlation": np.nan, "pairs": 0, "pairs_that_differ": 0, "flag": ""}
    if paired:
        both = done[0] & done[1]
        gap = statistics.paired_difference(a, b, both)
        estimates, differ = gap.estimates, int(gap.pairs_that_differ[0])
        correlation = float(statistics.correlation_of_world_means(a, b, both)[0])
        row = {"correlation": correlation, "pairs": gap.pairs, "pairs_that_differ": differ}
        row["flag"] = flag_of_worlds(int(gap.worlds_that_differ[0]), gap.estimates.worlds)
        done = [both, both]
    else:
        estimates = statistics.unpaired_difference(a, done[0], b, done[1])
    measure = this.recording.measures[name]
    return row | {
        "measure": name,
        "unit": measure.unit,
        "last": statistics.mean_interval(b, done[1]).mean[0],
        "this": statistics.mean_interval(a, done[0]).mean[0],
        "difference": estimates.mean[0],
        "difference_se": estimates.se[0],
        "difference_ci_lower": estimates.lower[0],
        "difference_ci_upper": estimates.upper[0],
        "uncertainty": estimates.uncertainty,
        "definition": measure.definition,
    }


def diff(periods: PeriodRecord) -> pd.DataFrame:
    """See ``PeriodComparison.diff``."""
    parts = [
        periods.last[label].scenario.diff(periods.this[label].scenario).assign(label=label) for label in periods.labels
    ]
    frame = pd.concat(parts, ignore_index=True).rename(columns={"this": "last", "other": "this"})
    chosen: pd.DataFrame = frame[["label", "path", "last", "this", "unit"]]
    return chosen


def what_changed(periods: PeriodRecord) -> pd.DataFrame:
    """See ``PeriodComparison.changes``."""
    last, this = (next(iter(side.values())).scenario.company for side in (periods.last, periods.this))
    return changes(last, this)


def warnings(periods: PeriodRecord) -> pd.DataFrame:
    """See ``PeriodComparison.warnings``."""
    first = periods.labels[0]
    last, this = periods.last[first], periods.this[first]
    settings, alone = periods.settings(), periods.in_one_only
    versions = dict.fromkeys(str(result.manifest["groundswell"]) for result in (last, this))
    companies = [result.scenario.company for result in (last, this)]
    both = people_in_both(*companies)
    kinds = " and ".join(type(company.ids.tolist()[0]).__name__ for company in companies)
    rows = [
        ("luck_not_shared", int(bool(periods.luck)), periods.luck),
        ("design_in_one_period_only", len(alone), ", ".join(map(repr, alone[:5]))),
        ("settings_differ", len(settings), ", ".join(settings[:5])),
        ("of_another_version", len(versions) - 1, " and ".join(versions)),
        ("people_not_matched", int(both is None), ""),
        ("nobody_in_both", int(both is not None and not len(both.this)), f"ids are {kinds}"),
    ]
    there = [(code, count, examples, CONSEQUENCES[code]) for code, count, examples in rows if count]
    return pd.DataFrame(there, columns=WARNING_COLUMNS)
