"""What a world's network looks like: clustering, who has fewer ties than their neighbors, how audiences overlap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

PERSON_MASK = (1 << 24) - 1  # tie word: bits 0-23 are the person
CLASS_AND_STRENGTH = 24  # tie word: bits 24-30, what decides the chance that a post is shown


def distinct(values: Ints) -> Ints:
    """Different values, sorted. np.unique hashes, which is ten times slower for numbers that are pairs."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


@dataclass(frozen=True)
class Graph:
    """Rows of one platform: tie words `words[begin[i]:begin[i + 1]]` of persons, employees first; the last is the page.

    The words stay those of the world (4 bytes a tie); what is read of them becomes int64.
    """

    begin: Ints
    words: npt.NDArray[np.uint32]
    employees: int

    @classmethod
    def of(cls, world: Any, platform: str = "linkedin") -> Graph:
        """The rows of a world."""
        begin, words = world.rows(platform)
        return cls(np.asarray(begin, dtype=np.int64), np.asarray(words, dtype=np.uint32), int(world.employees))

    @classmethod
    def of_employees(cls, world: Any, platform: str = "linkedin") -> Graph:
        """The rows of the employees only: cheap where the others are made as needed."""
        begin, words = world.employee_rows(platform)
        return cls(np.asarray(begin, dtype=np.int64), np.asarray(words, dtype=np.uint32), int(world.employees))

    @property
    def page(self) -> int:
        """The row of the page."""
        return len(self.begin) - 2

    @cached_property
    def degree(self) -> Ints:
        """Ties by row."""
        return np.diff(self.begin)

    def row(self, owner: int) -> Ints:
        """Persons tied to a person, or following the page."""
        return self.words[self.begin[owner] : self.begin[owner + 1]].astype(np.int64) & PERSON_MASK

    def neighbors(self, owners: Ints) -> Ints:
        """Persons in several rows, one row after the other."""
        return self.words[self.places(owners)].astype(np.int64) & PERSON_MASK

    def kinds(self, owners: Ints) -> Ints:
        """Class and strength (0-127) of the ties in several rows."""
        return self.words[self.places(owners)].astype(np.int64) >> CLASS_AND_STRENGTH & 127

    def row_of_author(self, author: int) -> int:
        """The row of a post's author: the page has the number after the last employee's."""
        return self.page if author == self.employees else author

    def places(self, owners: Ints) -> Ints:
        """Where the ties of several rows stand, one row after the other."""
        begin, length = self.begin[owners], self.degree[owners]
        starts = np.repeat(begin - np.concatenate([[0], np.cumsum(length)[:-1]]), length)
        return starts + np.arange(int(length.sum()))


def local_clustering(graph: Graph, persons: Ints) -> Floats:
    """Share of the pairs of a person's neighbors that are tied to each other; NaN with fewer than two neighbors.

    Watts, Strogatz (1998). Ties of employees and persons count alike, the page does not.
    """
    found = np.full(len(persons), np.nan)
    mark = np.zeros(len(graph.begin), dtype=np.bool_)
    for i, person in enumerate(persons):
        near = graph.row(int(person))
        if len(near) < 2:
            continue
        mark[near] = True
        inside = int(mark[graph.neighbors(near)].sum())  # every tie among neighbors from both ends
        found[i] = inside / (len(near) * (len(near) - 1))
        mark[near] = False
    return found


def below_neighbors_median(graph: Graph, persons: Ints) -> npt.NDArray[np.bool_]:
    """Whether a person has fewer ties than the median of their neighbors (Ugander et al. 2011); who has none: False."""
    degree = graph.degree
    return np.array(
        [len(near) > 0 and len(near) < np.median(degree[near]) for near in map(graph.row, map(int, persons))],
        dtype=np.bool_,
    )


def sample_of_persons(graph: Graph, number: int, generator: np.random.Generator) -> Ints:
    """Different persons with at least two ties, employees among them; all of them where they are fewer."""
    candidates = np.flatnonzero(graph.degree[: graph.page] >= 2)
    return np.sort(generator.choice(candidates, min(number, len(candidates)), replace=False))


def connections_over_followers(graph: Graph) -> float:
    """Sum of the employees' connections / followers of the page."""
    return float(graph.begin[graph.employees]) / float(graph.degree[graph.page])


def unique_over_sum(graph: Graph, colleagues: int, draws: int, generator: np.random.Generator) -> float:
    """Distinct connections / sum of connections of random colleagues, mean over draws."""
    found = []
    for _ in range(draws):
        ties = graph.neighbors(generator.choice(graph.employees, colleagues, replace=False))
        found.append(len(distinct(ties)) / len(ties))
    return float(np.mean(found))
