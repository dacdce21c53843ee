"""Cascades as trees under their posts: sizes, depth, structural virality, the top spreaders.

A tree's nodes are the post (root) and its acts: engagements that surfaced and reshares. All functions are vectorized
over trees; nothing is quadratic in the size of a tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

RESHARE = 1  # kind of an act in the log


@dataclass(frozen=True)
class Forest:
    """Trees side by side: nodes of tree t are begin[t] … begin[t + 1] - 1, its root first.

    `parent` is the node above, -1 for a root; a parent stands before its children.
    """

    begin: Ints
    parent: Ints

    @cached_property
    def size(self) -> Ints:
        """Nodes by tree, the root among them."""
        return np.diff(self.begin)

    @cached_property
    def tree(self) -> Ints:
        """The tree of each node."""
        return np.repeat(np.arange(len(self.size)), self.size)

    @cached_property
    def level(self) -> Ints:
        """Steps from the root, by node."""
        steps = np.zeros(len(self.parent), dtype=np.int64)
        above = self.parent
        while (above >= 0).any():
            steps += above >= 0
            above = np.where(above >= 0, self.parent[above], -1)
        return steps

    @cached_property
    def depth(self) -> Ints:
        """The largest level, by tree."""
        return np.maximum.reduceat(self.level, self.begin[:-1]) if len(self.size) else np.zeros(0, dtype=np.int64)

    @cached_property
    def children(self) -> Ints:
        """Acts set off directly, by node."""
        return np.bincount(self.parent[self.parent >= 0], minlength=len(self.parent)).astype(np.int64)

    def structural_virality(self) -> Floats:
        """Mean distance between all pairs of nodes, by tree; NaN for a single node.

        nu(T) = sum over ordered pairs i != j of d(i, j) / (n (n - 1)), eq. (1) of Goel, Anderson, Hofman, Watts,
        "The Structural Virality of Online Diffusion", Management Science 62 (2016). An edge lies on the path of a
        pair exactly if it separates them, so the sum over unordered pairs is sum over edges of s (n - s), s the nodes
        below the edge (Wiener index of a tree): O(n).
        """
        below = np.ones(len(self.parent), dtype=np.int64)
        for step in range(int(self.level.max(initial=0)), 0, -1):
            nodes = np.flatnonzero(self.level == step)
            np.add.at(below, self.parent[nodes], below[nodes])
        number = self.size[self.tree]
        crossed = np.where(self.parent >= 0, below * (number - below), 0)
        pairs = self.size * (self.size - 1) / 2
        total = np.bincount(self.tree, weights=crossed, minlength=len(self.size))
        result = np.full(len(self.size), np.nan)
        np.divide(total, pairs, out=result, where=pairs > 0)
        return result

    def near_top_spreaders(self, tree: int, spreaders: int = 3) -> float:
        """Share of a tree's nodes that are one of its top spreaders, or their parent or child.

        Top spreaders are the nodes with most children (the earlier one at equal numbers).
        """
        first, end = self.begin[tree], self.begin[tree + 1]
        order = np.argsort(-self.children[first:end], kind="stable")[:spreaders]
        near = np.zeros(end - first, dtype=np.bool_)
        above = self.parent[first:end] - first
        near[order] = True
        near[above[order][self.parent[first:end][order] >= 0]] = True
        near |= np.isin(above, order) & (self.parent[first:end] >= 0)
        return float(near.mean())


@dataclass(frozen=True)
class Cascades:
    """The cascade log of a run: one entry a post, and the trees of acts below the posts."""

    posts: Mapping[str, Any]
    acts: Forest
    reshares: Ints  # by post
    later_reshared: Flags  # by post: reshared by a viewer at hop 2 or later

    @property
    def reshare_size(self) -> Ints:
        """The post and those who reshared it."""
        return 1 + self.reshares


def cascades(log: Mapping[str, Any]) -> Cascades:
    """Read `stats["cascades"]` of a run (docs/BOUNDARY.md).

    Raises
    ------
    ValueError
        If the log is not complete: an act whose post or parent is not there.
    """
    posts = log["posts"]
    replicate, first_posts = np.unique(np.asarray(posts["replicate"]), return_index=True)
    place = np.searchsorted(replicate, np.asarray(log["replicate"]))
    post = (first_posts[place] if len(place) else place) + np.asarray(log["post"], dtype=np.int64)
    count = np.bincount(post, minlength=len(posts["post"]))
    begin = np.concatenate([[0], np.cumsum(count + 1)]).astype(np.int64)
    number, above = np.asarray(log["act"], dtype=np.int64), np.asarray(log["parent"], dtype=np.int64)
    if len(post) and (post.max() >= len(posts["post"]) or (number > count[post]).any() or (above >= number).any()):
        raise ValueError("cascade log: an act has no post, or stands before its parent")
    parent = np.full(begin[-1], -1, dtype=np.int64)
    parent[begin[post] + number] = begin[post] + above
    reshare = np.asarray(log["kind"]) == RESHARE
    reshares = np.bincount(post[reshare], minlength=len(posts["post"])).astype(np.int64)
    late = reshare & (np.asarray(log["hop"], dtype=np.int64) >= 3)  # hop of the act's views: the viewer's is one less
    later = np.bincount(post[late], minlength=len(posts["post"])) > 0
    return Cascades(posts, Forest(begin, parent), reshares, later)
