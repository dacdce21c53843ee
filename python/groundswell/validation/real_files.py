"""The real data sets that shapes are compared with: where they are, and what each says. Nothing is tuned on them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from groundswell.common import arguments
from groundswell.errors import InvalidInput
from groundswell.validation.runs.college import Sent

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

VARIABLE = "GROUNDSWELL_DATA"
FILES = {
    "facebook_brand_posts": ("posts.csv",),
    "cascades_christianity": ("edges.csv.gz", "adoptions.csv.gz"),
    "news_tweet_cascade_sizes": ("sizes.csv.gz",),
    "email_eu_core": ("edges.csv", "departments.csv"),
    "lazega_lawfirm": ("edges.csv", "nodes.csv"),
    "aarhus_cs": ("edges.csv", "nodes.csv"),
    "manufacturing_email": ("emails.csv.gz", "reports_to.csv"),
    "college_msg": ("messages.csv.gz",),
}


@dataclass(frozen=True)
class DataFolder:
    """The folder of data sets, or None where none is given."""

    path: Path | None

    def missing(self, name: str) -> str:
        """Why a data set cannot be read; empty where it can."""
        if self.path is None:
            return f"not there: give data=, or set {VARIABLE} to the folder that holds {name}"
        absent = [file for file in FILES[name] if not (self.path / name / file).is_file()]
        return f"not there: {self.path / name / absent[0]}" if absent else ""

    def read(self, name: str, file: str) -> pd.DataFrame:
        """A table of a data set that is there."""
        return pd.read_csv(self.of(name) / file)

    def of(self, name: str) -> Path:
        """The folder of a data set that is there."""
        if self.path is None:
            raise InvalidInput(f"{name}: {self.missing(name)}")
        return self.path / name


def data_folder(given: str | Path | None) -> DataFolder:
    """The folder given, else the one of the environment variable GROUNDSWELL_DATA, else none.

    Raises
    ------
    InvalidInput
        For a folder that is given and does not exist.
    """
    named, path = ("data", given) if given is not None else (VARIABLE, os.environ.get(VARIABLE) or None)
    if path is None:
        return DataFolder(None)
    if not arguments.path(named, path).is_dir():
        raise InvalidInput(f"{named}: {str(path)!r} is not a folder")
    return DataFolder(Path(path))


@dataclass(frozen=True)
class PostShape:
    """Median and 90th percentile over posts of impressions / reach, reach / followers, engaged / reach."""

    impressions_per_reach: tuple[float, float]
    reach_per_follower: tuple[float, float]
    engaged_per_reach: tuple[float, float]


def post_shape(
    reach: npt.ArrayLike, impressions: npt.ArrayLike, engaged: npt.ArrayLike, fans: npt.ArrayLike
) -> PostShape:
    """Spread over posts; posts that reached nobody are left out."""
    columns = [np.asarray(column, dtype=np.float64) for column in (reach, impressions, engaged, fans)]
    people, views, reacted, followers = (column[columns[0] > 0] for column in columns)

    def spread(values: npt.NDArray[np.float64]) -> tuple[float, float]:
        middle, high = np.quantile(values, [0.5, 0.9]) if len(values) else (np.nan, np.nan)
        return float(middle), float(high)

    return PostShape(spread(views / people), spread(people / followers), spread(reacted / people))


@dataclass(frozen=True)
class Adoptions:
    """Users 0 … n - 1 tied in pairs (undirected, once each), and who adopted what in which order."""

    users: int
    ties: Ints  # shape (ties, 2)
    cascade: Ints
    user: Ints  # in the order of adoption inside a cascade


def christianity(folder: DataFolder) -> Adoptions:
    """`cascades_christianity`: a tie where either user is in the other's row; first adoption of a user in a cascade."""
    edges = folder.read("cascades_christianity", "edges.csv.gz")
    adopted = folder.read("cascades_christianity", "adoptions.csv.gz").sort_values(["cascade", "time"], kind="stable")
    adopted = adopted.drop_duplicates(["cascade", "user"])
    names, codes = np.unique(
        np.concatenate([edges["source"], edges["target"], adopted["user"]]), return_inverse=True
    )
    pairs = np.sort(codes[: 2 * len(edges)].reshape(2, -1).T, axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    return Adoptions(len(names), pairs.astype(np.int64), adopted["cascade"].to_numpy(np.int64), codes[2 * len(edges) :])


@dataclass(frozen=True)
class Excess:
    """Share of later adopters with an earlier-adopting neighbor: as it is, and with users shuffled over cascades."""

    share: float
    shuffled: float
    later: int  # adopters that count

    @property
    def excess(self) -> float:
        """The difference."""
        return self.share - self.shuffled


def neighbor_excess(
    adoptions: Adoptions, generator: np.random.Generator, shuffles: int = 10, counted: Flags | None = None
) -> Excess:
    """How much more often than by chance adopters follow a neighbor.

    `counted` says, by adoption, whether it counts (all, if None); every adopter but the first of a cascade can.
    """
    near, cascade = _neighbors(adoptions), adoptions.cascade
    later = np.concatenate([[False], cascade[1:] == cascade[:-1]])
    if counted is not None:
        later &= counted
    share = _share(near, cascade, adoptions.user, later)
    shuffled = [_share(near, cascade, generator.permutation(adoptions.user), later) for _ in range(shuffles)]
    return Excess(share, float(np.mean(shuffled)), int(later.sum()))


def _neighbors(adoptions: Adoptions) -> list[frozenset[int]]:
    near: list[set[int]] = [set() for _ in range(adoptions.users)]
    for a, b in adoptions.ties.tolist():
        near[a].add(b)
        near[b].add(a)
    return [frozenset(row) for row in near]


def _share(near: list[frozenset[int]], cascade: Ints, user: Ints, later: Flags) -> float:
    """Of the adopters that count, those with a neighbor who adopted before in the cascade."""
    hits = 0
    before: set[int] = set()
    current = None
    for which, who, counts in zip(cascade.tolist(), user.tolist(), later.tolist(), strict=True):
        if which != current:
            current, before = which, set()
        hits += counts and not before.isdisjoint(near[who])
        before.add(who)
    total = int(later.sum())
    return hits / total if total else float("nan")


@dataclass(frozen=True)
class Layers:
    """`aarhus_cs`: people with their group ("" missing), pairs who work together, pairs who are Facebook friends."""

    group: tuple[str, ...]
    work: frozenset[tuple[int, int]]
    facebook: frozenset[tuple[int, int]]


def aarhus(folder: DataFolder) -> Layers:
    """The office with an online layer; a person in two groups counts in the first."""
    edges, nodes = folder.read("aarhus_cs", "edges.csv"), folder.read("aarhus_cs", "nodes.csv")
    group = dict(zip(nodes["id"], nodes["research_group"].fillna(""), strict=True))
    names = sorted({*edges["source"], *edges["target"], *group})
    number = {name: i for i, name in enumerate(names)}

    def layer(name: str) -> frozenset[tuple[int, int]]:
        rows = edges[edges["layer"] == name]
        ends = zip(rows["source"].map(number), rows["target"].map(number), strict=True)
        return frozenset((min(a, b), max(a, b)) for a, b in ends if a != b)

    groups = tuple(str(group.get(name, "")).split("/")[0] for name in names)
    return Layers(groups, layer("work"), layer("facebook"))


def messages(folder: DataFolder) -> Sent:
    """`college_msg`: who sent each message, on which day since the first."""
    table = folder.read("college_msg", "messages.csv.gz")
    seconds = table["unix_time"].to_numpy(np.int64)
    return Sent.of(table["source"].to_numpy(np.int64), (seconds - seconds.min()) // 86_400)


def friends_share(friends: frozenset[tuple[int, int]], people: int, among: set[tuple[int, int]]) -> tuple[float, float]:
    """Share of friends among the pairs given, and among all other pairs of the people."""
    others = people * (people - 1) // 2 - len(among)
    inside = len(friends & among)
    return inside / len(among), (len(friends) - inside) / others


def same_group(group: tuple[str, ...] | Ints) -> set[tuple[int, int]]:
    """Pairs of people of one group; people without one are in none."""
    names = [str(name) for name in group]
    return {
        (i, j) for i in range(len(names)) for j in range(i + 1, len(names)) if names[i] and names[i] == names[j]
    }
