"""Half of the ties of real offices, hidden and completed: what a table with gaps comes to.

Each split hides a random half of a file's ties, fits on the other half alone and completes it
(docs/MODEL.md 2, A tie table with gaps). Judged is the mean over the splits. Ties are mutual:
two people are tied if the file has any edge between them, in either direction and on any of its layers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from groundswell import _core
from groundswell.common import statistics
from groundswell.company.facts import whole
from groundswell.errors import InvalidInput, did_you_mean

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BANDS: Mapping[str, float] = {"assortativity by group": 0.05, "mean local clustering": 0.1, "gini of degree": 0.05}
PASS, FAIL, NOT_MEASURABLE = "pass", "fail", "not measurable"
COLUMNS = ("file", "statistic", "value", "completed", "ci_lower", "ci_upper", "band", "verdict", "note")


@dataclass(frozen=True)
class Office:
    """A real office: mutual ties as pairs of positions, and the group of each person (-1: none in the file)."""

    ties: Ints
    group: Ints

    @property
    def people(self) -> int:
        """How many."""
        return len(self.group)


@dataclass(frozen=True)
class _Source:
    edges: str
    ends: tuple[str, str]
    people: str
    columns: tuple[str, str]  # id, group


SOURCES: Mapping[str, _Source] = {
    "email_eu_core": _Source("edges.csv", ("source", "target"), "departments.csv", ("id", "department")),
    "lazega_lawfirm": _Source("edges.csv", ("source", "target"), "nodes.csv", ("id", "office")),
    "aarhus_cs": _Source("edges.csv", ("source", "target"), "nodes.csv", ("id", "research_group")),
    # The group is those who report to the same manager.
    "manufacturing_email": _Source("emails.csv.gz", ("sender", "recipient"), "reports_to.csv", ("id", "reports_to")),
}


def half_hidden(
    data_dir: str | Path, splits: int = 20, seed: int = 1, *, files: Iterable[str] | None = None, threads: int = 1
) -> pd.DataFrame:
    """Hide half of the ties of each real office, complete them from the other half, compare with the file.

    Parameters
    ----------
    data_dir
        The folder that holds the folders ``email_eu_core``, ``lazega_lawfirm``, ``aarhus_cs``, ``manufacturing_email``.
    splits
        Random halves of each file, 5 to 10,000.
    seed
        Of the splits and of the completions; 0 or more.
    files
        Names of some of the files; all four if None.
    threads
        Threads of one completion; the numbers do not depend on them.

    Returns
    -------
    DataFrame
        A row a file and statistic: file, statistic, value (of the file), completed (mean over the splits), ci_lower,
        ci_upper (t, 95 %), band (largest difference of ``completed`` to ``value`` that passes), verdict (of the
        mean: pass or fail; ``not measurable`` where the file is not there), note (who is left out; what is missing).

    Raises
    ------
    InvalidInput
        An unknown file, ``splits`` or ``seed`` out of range.
    """
    splits, seed = whole(splits, "splits", 5, 10_000), whole(seed, "seed", 0, 2**63 - 1)
    rows: list[dict[str, Any]] = []
    for name in SOURCES if files is None else files:
        if name not in SOURCES:
            raise InvalidInput(f"files: no file {name!r}; {did_you_mean(name, list(SOURCES))}")
        rows += _rows(name, Path(data_dir), splits, seed, threads)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def read_office(data_dir: Path, name: str, layer: str | None = None) -> Office:
    """An office of ``SOURCES``, of all layers or one; people are those with an edge or a row of their own."""
    source = SOURCES[name]
    edges = pd.read_csv(data_dir / name / source.edges)
    edges = (edges if layer is None else edges[edges["layer"] == layer])[list(source.ends)]
    people = pd.read_csv(data_dir / name / source.people).set_index(source.columns[0])[source.columns[1]]
    ids = pd.Index(sorted({*edges.to_numpy().ravel().tolist(), *people.index.tolist()}))
    group, _ = pd.factorize(people.reindex(ids).to_numpy(), sort=False)
    ends = np.stack([ids.get_indexer(edges[end]) for end in source.ends], axis=1)
    ends = np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1)
    return Office(np.unique(ends, axis=0).astype(np.int64), group.astype(np.int64))


def complete(office: Office, listed: Ints, share: float, seed: int, world: int, threads: int = 1) -> Ints:
    """Listed and completed ties, as a world with this seed and number would have them."""
    found = _core.complete_ties(
        ties=listed.astype(np.uint32), employees=office.people, group=office.group.astype(np.int32), share=share,
        complete_for=None, seed=seed, world=world, threads=threads,
    )  # fmt: skip
    return np.asarray(found, dtype=np.int64).reshape(-1, 2)


def assortativity(ties: Ints, group: Ints) -> float:
    """Newman's assortativity by group; ties of people without a group are left out. NaN with fewer than two groups.

    r = (sum_g e_gg - sum_g a_g^2) / (1 - sum_g a_g^2), e the share of ends by pair of groups, a by group (Newman 2003).
    """
    known = ties[(group[ties] >= 0).all(axis=1)]
    if not len(known):
        return math.nan
    size = int(group.max()) + 1
    mixing = np.zeros((size, size))
    for one, other in ((0, 1), (1, 0)):
        np.add.at(mixing, (group[known[:, one]], group[known[:, other]]), 0.5 / len(known))
    chance = float((mixing.sum(axis=0) ** 2).sum())
    return (float(np.trace(mixing)) - chance) / (1 - chance) if chance < 1 else math.nan


def clustering(ties: Ints, people: int) -> float:
    """Mean over people of the share of pairs of their neighbors that are tied; 0 with fewer than two neighbors."""
    adjacent = np.zeros((people, people), dtype=np.float32)
    adjacent[ties[:, 0], ties[:, 1]] = adjacent[ties[:, 1], ties[:, 0]] = 1
    degree = adjacent.sum(axis=0, dtype=np.float64)
    closed = ((adjacent @ adjacent) * adjacent).sum(axis=0, dtype=np.float64)
    return float(np.mean(closed / np.maximum(degree * (degree - 1), 1)))


def gini(ties: Ints, people: int) -> float:
    """Gini coefficient of the number of ties."""
    degree = np.sort(np.bincount(ties.ravel(), minlength=people))
    return float(2 * (np.arange(1, people + 1) * degree).sum() / (people * degree.sum()) - (people + 1) / people)


STATISTICS: Mapping[str, Callable[[Ints, Office], float]] = {
    "assortativity by group": lambda ties, office: assortativity(ties, office.group),
    "mean local clustering": lambda ties, office: clustering(ties, office.people),
    "gini of degree": lambda ties, office: gini(ties, office.people),
}


def _rows(name: str, data_dir: Path, splits: int, seed: int, threads: int) -> list[dict[str, Any]]:
    absent = [f for f in (SOURCES[name].edges, SOURCES[name].people) if not (data_dir / name / f).is_file()]
    if absent:
        empty = dict.fromkeys(("value", "completed", "ci_lower", "ci_upper"), math.nan)
        rest = {"verdict": NOT_MEASURABLE, "note": f"not there: {data_dir / name / absent[0]}"}
        return [{"file": name, "statistic": what, **empty, "band": band, **rest} for what, band in BANDS.items()]
    office = read_office(data_dir, name)
    measured = np.array([_split(office, seed, split, threads) for split in range(splits)])
    found = statistics.mean_interval(measured[:, None, :], np.ones((splits, 1), dtype=np.bool_))
    left_out = int((office.group < 0).sum())
    rows = []
    for place, (what, measure) in enumerate(STATISTICS.items()):
        value, completed = measure(office.ties, office), float(found.mean[place])
        by_group = what == "assortativity by group" and left_out
        rows.append({
            "file": name, "statistic": what, "value": value, "completed": completed,
            "ci_lower": float(found.lower[place]), "ci_upper": float(found.upper[place]), "band": BANDS[what],
            "verdict": PASS if abs(completed - value) <= BANDS[what] else FAIL,
            "note": f"{left_out} of {office.people} people without a group left out" if by_group else "",
        })  # fmt: skip
    return rows


def _split(office: Office, seed: int, split: int, threads: int) -> list[float]:
    rng = np.random.default_rng([seed, split])
    kept = np.sort(rng.permutation(len(office.ties))[: len(office.ties) // 2])
    share = len(kept) / len(office.ties)
    ties = complete(office, office.ties[kept], share, seed, split, threads)
    return [measure(ties, office) for measure in STATISTICS.values()]
