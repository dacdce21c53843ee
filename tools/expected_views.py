"""What a reference run would show were nobody's feed crowded and no text a copy: exact sums over posts and ties.

A post of visibility g and appeal A is shown over a tie of value x (class x strength) with P = 1 - exp(-λ x g A). Posts,
their g and their appeals do not depend on what is shown, so they come from a run in which nothing is. Realized views
over these expected ones vary little from world to world, and not with the luck of appeals: the luck of a few hundred
items drops out, which is why few runs are enough (decision record 20).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from groundswell import _core
from groundswell.worlds.graph import Graph

Floats = npt.NDArray[np.float64]
POINTS, _WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
WEIGHTS = _WEIGHTS / _WEIGHTS.sum()  # of a mean over a standard normal
PAGE_PROCESS = 3  # of posts
KINDS = 96  # of ties: class and strength
VIEWS_PER_APPEAL = 0.7  # docs/model/posting.md, Appeal
HAZARDS = np.geomspace(1e-7, 1e5, 600)  # at which the mean P over ties is tabled


@dataclass(frozen=True)
class Posts:
    """Company posts in the horizon of employees, or of the page.

    g is credibility x same-day factor. The z are standard normal: of the appeals for visibility, engagement, reshares.
    """

    row: npt.NDArray[np.int64]  # of the author, in Ties.counts
    connections: Floats
    g: Floats
    z_visibility: Floats
    z_engage: Floats
    z_reshare: Floats
    link: npt.NDArray[np.bool_]
    worth: Floats  # credibility x authenticity, which reactions rise with
    page: bool


@dataclass(frozen=True)
class Ties:
    """Number of ties by author (the page last) and kind, and the value of each kind."""

    counts: Floats
    value: Floats

    @classmethod
    def of(cls, world: Any, platform: str) -> Ties:
        """Of the employees and the page of a world."""
        graph = Graph.of(world, platform)
        rows = np.array([*range(graph.employees), graph.page])
        cells = np.repeat(np.arange(len(rows)), graph.degree[rows]) * KINDS + graph.kinds(rows)
        counts = np.bincount(cells, minlength=len(rows) * KINDS).reshape(len(rows), KINDS)
        by_class = np.exp(-6.2 + 0.3 * np.arange(32))
        return cls(counts.astype(np.float64), np.outer(world.strength_value, by_class).ravel())


def silent_posts(
    world: Any, design: Any, replicate: int, ties: Ties, days: tuple[int, int], model: Any
) -> dict[str, Posts]:
    """By author, person or page: the posts of a run of a design that shows nothing and has appeals of log-sd 1.

    ``model`` is the scenario of the design.
    """
    posts = _core.trace(world, design, replicate)["posts"]
    column = {name: np.asarray(values) for name, values in posts.items()}
    kept = column["company"] & (column["day"] >= days[0]) & (column["day"] < days[1])
    page = column["process"] == PAGE_PROCESS
    return {"person": _posts(column, kept & ~page, ties, model, False),
            "page": _posts(column, kept & page, ties, model, True)}  # fmt: skip


def _posts(column: dict[str, Any], kept: npt.NDArray[np.bool_], ties: Ties, model: Any, page: bool) -> Posts:
    of = {name: values[kept] for name, values in column.items()}
    same_day = np.array([1.0, model.feed.same_day_second, model.feed.same_day_third])[np.minimum(of["ordinal"], 3) - 1]
    content = model.content
    per_view = VIEWS_PER_APPEAL * content.appeal_visibility_correlation  # what appeals are divided by, as a logarithm
    row = of["author"].astype(np.int64)
    return Posts(
        row=row,
        connections=ties.counts.sum(axis=1)[row],
        g=of["credibility"] * same_day,
        z_visibility=np.log(of["appeal_visibility"]) + 0.5,
        z_engage=np.log(of["appeal_engage"]) + 0.5 + per_view,
        z_reshare=np.log(of["appeal_reshare"]) + 0.5 + per_view * content.appeal_correlation,
        link=of["link"],
        worth=of["credibility"] * of["authenticity"],
        page=page,
    )


def appeal(z: Floats, log_sd: float) -> Floats:
    """Lognormal with mean 1 of a standard normal."""
    return np.asarray(np.exp(log_sd * z - log_sd**2 / 2))


def expected(posts: Posts, ties: Ties, rate: float, log_sd: float) -> float:
    """Share of connections who would see a post, over these posts with the appeals they have."""
    hazards = rate * posts.g * appeal(posts.z_visibility, log_sd)
    views = 0.0
    for part in np.array_split(np.arange(len(hazards)), len(hazards) // 4_000 + 1):
        counts = ties.counts[posts.row[part]]
        views += float(np.sum(counts * -np.expm1(-hazards[part, None] * ties.value)))
    return views / float(posts.connections.sum())


@dataclass(frozen=True)
class Population:
    """All ties of an author type of several worlds, and the g of their posts: for means over people and appeals."""

    share: Floats  # of ties, by kind
    value: Floats  # of a kind
    g: Floats
    weight: Floats  # of each g

    @classmethod
    def of(cls, worlds: list[tuple[Ties, Posts]], page: bool) -> Population:
        """Pooled over worlds."""
        counts = sum((ties.counts[-1] if page else ties.counts[:-1].sum(axis=0)) for ties, _ in worlds)
        g = np.concatenate([posts.g for _, posts in worlds])
        weight = np.concatenate([posts.connections for _, posts in worlds])
        bins = np.quantile(g, np.linspace(0, 1, 41))
        place = np.clip(np.searchsorted(bins, g, side="right") - 1, 0, 39)
        total = np.bincount(place, weight, 40)
        mean = np.bincount(place, weight * g, 40) / np.maximum(total, 1e-300)
        shares = np.asarray(counts) / np.sum(counts)
        return cls(shares, worlds[0][0].value, mean[total > 0], total[total > 0] / total.sum())

    def over_ties(self) -> Callable[[Floats], Floats]:
        """The mean of P over ties, as a function of the hazard λ g A."""
        shown = -np.expm1(-HAZARDS[:, None] * self.value) @ self.share
        return lambda hazard: np.exp(np.interp(np.log(hazard), np.log(HAZARDS), np.log(shown)))

    def visibility(self, rate: float, log_sd: float) -> float:
        """Mean of P over ties, posts and appeals."""
        hazards = rate * self.g[:, None] * appeal(POINTS, log_sd)
        return float(self.weight @ self.over_ties()(hazards) @ WEIGHTS)

    def rate(self, visibility: float, log_sd: float) -> float:
        """The λ at which visibility() is a number below 1, by bisection of its logarithm."""
        low, high = -14.0, 14.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (low, middle) if self.visibility(float(np.exp(middle)), log_sd) > visibility else (middle, high)
        return float(np.exp((low + high) / 2))


@dataclass(frozen=True)
class Luck:
    """Sums over posts of expected views, and of views x what an appeal does to a reaction: as drawn, in the mean."""

    drawn: Floats  # views, views x reaction
    mean: Floats

    @classmethod
    def added(cls, parts: list[Luck]) -> Luck:
        """Of all posts of several runs."""
        return cls(np.sum([part.drawn for part in parts], axis=0), np.sum([part.mean for part in parts], axis=0))

    def of_views(self) -> float:
        """What realized views are multiplied by."""
        return float(self.mean[0] / self.drawn[0])

    def factor(self) -> float:
        """What realized reactions per view are multiplied by, so that the luck of the appeals is out."""
        return float(self.mean[1] / self.mean[0] / (self.drawn[1] / self.drawn[0]))


def luck_of(posts: Posts, population: Population, rate: float, reaction: str, odds: float, model: Any) -> Luck:
    """Of one reaction; ``odds`` are those of an attended view at appeal 1, for what x / (1 + x) bends."""
    content = model.content
    log_sd = content.appeal_visibility_page_log_sd if posts.page else content.appeal_visibility_log_sd
    sd, rho = content.appeal_engage_log_sd, content.appeal_visibility_correlation
    z = posts.z_engage
    if reaction == "reshare":
        sd, rho, z = content.appeal_reshare_log_sd, rho * content.appeal_correlation, posts.z_reshare
    scale = np.exp(-VIEWS_PER_APPEAL * rho * log_sd * sd)

    def bent(normal: Floats) -> Floats:
        x = odds * scale * appeal(normal, sd)
        return np.asarray(x / (1 + x))

    shown = population.over_ties()
    kept = posts.link if reaction == "click" else np.ones(len(posts.g), dtype=np.bool_)
    people = posts.connections[kept]
    drawn = people * shown(rate * posts.g[kept] * appeal(posts.z_visibility[kept], log_sd))
    given = bent(rho * POINTS[:, None] + np.sqrt(1 - rho**2) * POINTS) @ WEIGHTS  # the mean, by visibility appeal
    mean = people[:, None] * shown(rate * posts.g[kept, None] * appeal(POINTS, log_sd)) * WEIGHTS
    worth = posts.worth[kept]
    return Luck(
        np.array([drawn.sum(), (drawn * worth * bent(z[kept])).sum()]),
        np.array([mean.sum(), (worth[:, None] * mean * given).sum()]),
    )
