"""How much posts differ: views between the posts of one author, reach and engagement between those of a page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from groundswell.validation.runs import traces
from groundswell.validation.runs.traces import Trace

Floats = npt.NDArray[np.float64]
LEAST_POSTS = 20  # of an author, for a spread between their posts


def within_authors(author: npt.ArrayLike, views: npt.ArrayLike, least: int = LEAST_POSTS) -> float:
    """Log-sd of views between the posts of one author, mean over authors; NaN without any.

    Posts that nobody saw are left out, and then authors with fewer than ``least`` posts.
    """
    who, seen = np.asarray(author, dtype=np.int64), np.asarray(views, dtype=np.float64)
    who, logs = who[seen > 0], np.log(seen[seen > 0])
    posts = np.bincount(who)
    kept = np.flatnonzero(posts >= max(least, 2))
    if len(kept) == 0:
        return float("nan")
    mean = np.bincount(who, logs)[kept] / posts[kept]
    squares = np.bincount(who, logs**2)[kept] / posts[kept] - mean**2
    return float(np.mean(np.sqrt(np.maximum(squares, 0) * posts[kept] / (posts[kept] - 1))))


@dataclass(frozen=True)
class PostSpread:
    """Between posts that reached and engaged somebody: log-sd of reach, its correlation with log engaged, log rate.

    The rate is engaged people over people reached.
    """

    log_sd: float
    with_engaged: float
    with_rate: float


def between_posts(reach: npt.ArrayLike, engaged: npt.ArrayLike) -> PostSpread:
    """From people reached and people who engaged, by post; NaN with fewer than three posts."""
    people, reacted = np.asarray(reach, dtype=np.float64), np.asarray(engaged, dtype=np.float64)
    kept = (people > 0) & (reacted > 0)
    if kept.sum() < 3:
        return PostSpread(float("nan"), float("nan"), float("nan"))
    log_reach, log_engaged = np.log(people[kept]), np.log(reacted[kept])
    log_rate = log_engaged - log_reach
    return PostSpread(
        float(np.std(log_reach, ddof=1)),
        _correlation(log_reach, log_engaged),
        _correlation(log_reach, log_rate),
    )


def _correlation(x: Floats, y: Floats) -> float:
    """NaN where one of them does not vary."""
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1])


def spread_numbers(trace: Trace) -> dict[str, float]:
    """Line 26: how much posts differ."""
    numbers = {"log_sd_of_views": within_authors(*traces.views_by_post(trace))}
    page = traces.page_reach(trace)
    everybody = between_posts(page.reach, page.engaged)
    followers = between_posts(page.followers_reached, page.followers_engaged)
    for who, found in (("page_posts", everybody), ("page_posts_followers", followers)):
        numbers |= {f"{who}_{name}": value for name, value in vars(found).items()}
    return numbers
