"""What became of every post: `record=["cascades"]` of `simulate` and `compare`, read with `Results.cascades`.

Columns, one row a company-related post of an employee or the page, of every window:

label, world, replicate
    The run.
author
    In the analyst's own ids; missing for the page (source page).
source, platform, date
    program, organic or page; where and when it was posted.
reshares
    Viewers who reshared it, at any hop.
acts
    Reshares, and engagements that surfaced it to neighbors: nodes of its tree below the post.
largest_hop
    The farthest hop at which somebody saw it; 1 where no act brought a view. Counted to 15.
later_views
    Views at hop 2 and later.
structural_virality
    Mean distance between all pairs of nodes of the tree, the post among them (Goel, Anderson, Hofman, Watts 2016,
    eq. 1); missing where there is no act.

Acts themselves are not kept: a post takes about 50 bytes a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from groundswell.errors import NotRecorded
from groundswell.results.measures import SOURCES
from groundswell.results.record import ResultsRecord
from groundswell.results.trees import cascades as read_log
from groundswell.scenario.schema.platform_table import PLATFORMS

COLUMNS = ["label", "world", "replicate", "author", "source", "platform", "date", "reshares", "acts", "largest_hop",
           "later_views", "structural_virality"]  # fmt: skip


def posts_of_run(log: Mapping[str, Any], world: int, finished: np.ndarray[Any, np.dtype[np.int64]]) -> pd.DataFrame:
    """One row a post from `stats["cascades"]` of some replicates of a world; author, source, platform as the core's.

    `finished`: the replicates to keep; what an interruption left is not a whole run.
    """
    log = _of_replicates(log, finished)
    posts, found = log["posts"], read_log(log)
    number = len(posts["post"])
    replicates, first_posts = np.unique(posts["replicate"], return_index=True)
    post = np.asarray(log["post"], dtype=np.int64)
    if len(post):
        post = post + first_posts[np.searchsorted(replicates, log["replicate"])]
    views = np.asarray(log["views"], dtype=np.int64)
    largest = np.ones(number, dtype=np.int64)
    seen = views > 0
    np.maximum.at(largest, post[seen], np.asarray(log["hop"], dtype=np.int64)[seen])
    return pd.DataFrame({
        "world": np.full(number, world, dtype=np.int32),
        "replicate": np.asarray(posts["replicate"], dtype=np.int32),
        "author": np.asarray(posts["author"], dtype=np.int32),
        "source": np.asarray(posts["source"], dtype=np.int8),
        "platform": np.asarray(posts["platform"], dtype=np.int8),
        "day": np.asarray(posts["day"], dtype=np.int32),
        "reshares": found.reshares.astype(np.int32),
        "acts": (found.acts.size - 1).astype(np.int32),
        "largest_hop": largest.astype(np.int8),
        "later_views": np.bincount(post, views, minlength=number).astype(np.int64),
        "structural_virality": found.acts.structural_virality(),
    })  # fmt: skip


def _of_replicates(log: Mapping[str, Any], kept: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, Any]:
    def chosen(table: Mapping[str, Any]) -> dict[str, Any]:
        rows = np.isin(table["replicate"], kept)
        return {name: np.asarray(column)[rows] for name, column in table.items() if name != "posts"}

    return chosen(log) | {"posts": chosen(log["posts"])}


def cascades_frame(result: ResultsRecord) -> pd.DataFrame:
    """The table of this module; NotRecorded where the result was made without it, or comes from a file."""
    posts = result.cascade_posts
    if posts is None:
        saved = "cascades" in result.manifest.get("recorded_but_not_saved", ())
        why = "was opened from a file, and files do not hold cascades" if saved else "was made without them"
        raise NotRecorded(f'cascades: {result.label!r} {why}; record=["cascades"] of simulate and compare records them')
    posts = posts.sort_values(["world", "replicate"], kind="stable", ignore_index=True)
    day_zero = pd.Timestamp(result.recording.layout.day_zero)
    return posts.assign(
        label=result.label,
        author=_authors(posts["author"], result.scenario.company.core_ids),
        source=pd.Categorical.from_codes(posts["source"].to_numpy(), categories=pd.Index(SOURCES)),
        platform=pd.Categorical.from_codes(posts["platform"].to_numpy(), categories=pd.Index(PLATFORMS)),
        date=day_zero + pd.to_timedelta(posts["day"], unit="D"),
    )[COLUMNS]


def _authors(numbers: pd.Series[Any], ids: pd.Index[Any]) -> pd.Series[Any]:
    """Ids of employee numbers; missing for the page, which has the number after the last."""
    page = (numbers == len(ids)).to_numpy()
    found = pd.Series(ids.take(np.where(page, 0, numbers)), index=numbers.index)
    if pd.api.types.is_integer_dtype(found.dtype):
        found = found.astype("Int64")
    return found.mask(page)
