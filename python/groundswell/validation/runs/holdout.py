"""Target 7: does it matter for sharing that a feed shows an item? A hold-out in the manner of Bakshy et al. (2012).

Bakshy, Rosenn, Marlow, Adamic, "The Role of Social Networks in Information Diffusion", withheld stories from people's
feeds at random and compared how often they shared the link anyway. Here the feed's own draw is the experiment: whether
connection v sees a post of author i at the first hop is decided by a uniform keyed to (post, v), given the class and
strength of the tie. A pair (post, v) is *shown* or *hidden*; both arms are restricted to pairs for which others carry
the same item to v: somebody else tied to v posts it, reshares it or surfaces it. Hidden pairs are weighted to the
classes of the shown ones (weight p / (1 - p), p the share shown of the class). Outcome: v reshares any post of the
item, ever. Pairs that were candidates but refused (viewer limit, copies, mutes) are in neither arm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from groundswell.validation.runs.traces import PAIR, PROGRAM_PROCESS, Trace
from groundswell.worlds.graph import distinct

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
KINDS = 128  # class x strength


@dataclass(frozen=True)
class HoldOut:
    """Pairs and sharers by class and strength of the tie, in both arms."""

    shown: Ints
    shown_shared: Ints
    hidden: Ints
    hidden_shared: Ints

    def chances(self) -> tuple[float, float]:
        """Chance of sharing, shown and hidden, the latter over the classes of the shown pairs."""
        usable = (self.shown > 0) & (self.hidden > 0)
        shown = self.shown[usable].astype(np.float64)
        if shown.sum() == 0:
            return float("nan"), float("nan")
        hidden_rate = self.hidden_shared[usable] / self.hidden[usable]
        return float(self.shown_shared[usable].sum() / shown.sum()), float((shown * hidden_rate).sum() / shown.sum())


def hold_out(trace: Trace) -> HoldOut:
    """Both arms over the program's posts of a trace."""
    posts = trace.record["posts"]
    chosen = trace.company_post & (np.asarray(posts["process"]) == PROGRAM_PROCESS)
    _, item = np.unique(np.asarray(posts["item"]), return_inverse=True)
    candidates = _pairs(trace, chosen, shown_only=False)
    shown = _pairs(trace, chosen, shown_only=True)
    sharers = _sharers(trace, item)
    carriers = _carriers(trace, chosen, item)
    counts = np.zeros((4, KINDS), dtype=np.int64)
    carried = np.zeros(len(trace.graph.begin), dtype=np.int64)
    for number in np.unique(item[chosen]):
        mine = carriers[0][carriers[1] == number]
        reached = trace.graph.neighbors(mine)
        np.add.at(carried, reached, 1)
        posts_of_item = np.flatnonzero(chosen & (item == number))
        counts += _arms(trace, posts_of_item, int(number), carried, (candidates, shown, sharers))
        carried[reached] = 0
    return HoldOut(*counts)


def _arms(trace: Trace, posts: Ints, item: int, carried: Ints, known: tuple[Ints, Ints, Ints]) -> Ints:
    """Counts of the posts of an item: shown, of them sharing, hidden, of them sharing; by class and strength."""
    rows = np.array([trace.graph.row_of_author(int(author)) for author in trace.author[posts]], dtype=np.int64)
    viewer, kind = trace.graph.neighbors(rows), trace.graph.kinds(rows)
    pair = np.repeat(posts, trace.graph.degree[rows]) * PAIR + viewer
    others = carried[viewer] >= 2  # the author is one of the carriers
    candidate, shown = _among(known[0], pair), _among(known[1], pair)
    shared = _among(known[2], item * PAIR + viewer)
    arms = [shown & others, ~candidate & others]
    every = np.ones(len(viewer), dtype=np.bool_)
    counted = [np.bincount(kind[arm & flag], minlength=KINDS) for arm in arms for flag in (every, shared)]
    return np.array(counted, dtype=np.int64)


def _pairs(trace: Trace, chosen: Flags, shown_only: bool) -> Ints:
    """First-hop views of the chosen posts as sorted numbers post, viewer."""
    raw = trace.record["views"]
    post = np.asarray(raw["post"], dtype=np.int64)
    kept = chosen[post] & (np.asarray(raw["hop"]) == 1)
    if shown_only:
        kept &= np.asarray(raw["refusal"]) == 0
    return distinct(post[kept] * PAIR + np.asarray(raw["viewer"], dtype=np.int64)[kept])


def _among(known: Ints, asked: Ints) -> Flags:
    """Whether each number asked for is in a sorted array."""
    if len(known) == 0:
        return np.zeros(len(asked), dtype=np.bool_)
    place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.asarray(known[place] == asked, dtype=np.bool_)


def _sharers(trace: Trace, item: Ints) -> Ints:
    """Who reshared a post of an item, as sorted numbers item, person."""
    views = trace.views
    kept = views["reshared"]
    return distinct(item[views["post"][kept]] * PAIR + views["viewer"][kept])


def _carriers(trace: Trace, chosen: Flags, item: Ints) -> tuple[Ints, Ints]:
    """Rows of those who carried an item, and the item: authors of its posts, persons who reshared or surfaced it."""
    acts = trace.record["acts"]
    post = np.asarray(acts["post"], dtype=np.int64)
    kept = chosen[post] if len(post) else np.zeros(0, dtype=np.bool_)
    acted = np.asarray(acts["person"], dtype=np.int64)[kept]
    who = np.concatenate([trace.author[chosen], acted])
    pairs = distinct(np.concatenate([item[chosen], item[post[kept]]]) * PAIR + who)
    return pairs % PAIR, pairs // PAIR
