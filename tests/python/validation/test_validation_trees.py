"""Trees of acts: hand-made ones, and structural virality against the definition."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from groundswell.results.trees import Forest, cascades


def forest(*trees: list[int]) -> Forest:
    """Trees given by the parent of each node, -1 for the root first."""
    begin = np.cumsum([0, *map(len, trees)])
    parents = [np.where(np.array(tree) >= 0, np.array(tree) + b, -1) for tree, b in zip(trees, begin[:-1], strict=True)]
    return Forest(begin.astype(np.int64), np.concatenate(parents).astype(np.int64))


def mean_distance(tree: list[int]) -> float:
    """By walking up from both nodes: the definition, quadratic."""

    def path(node: int) -> list[int]:
        found = [node]
        while tree[found[-1]] >= 0:
            found.append(tree[found[-1]])
        return found

    total = []
    for a, b in combinations(range(len(tree)), 2):
        above, below = path(a), path(b)
        total.append(min(above.index(node) + below.index(node) for node in above if node in below))
    return float(np.mean(total))


def test_structural_virality_of_known_trees() -> None:
    """A pair: 1; a star of n nodes: 2 - 2/n; a chain of n: (n + 1)/3; a single node has none."""
    star, chain = [-1, *[0] * 9], [-1, 0, 1, 2, 3]
    found = forest([-1], [-1, 0], star, chain).structural_virality()
    assert np.isnan(found[0])
    assert found[1:].tolist() == pytest.approx([1.0, 2 - 2 / 10, 6 / 3])


def test_structural_virality_of_random_trees_is_the_mean_distance() -> None:
    generator = np.random.default_rng(3)
    trees = [[-1, *[int(generator.integers(0, i)) for i in range(1, n)]] for n in (2, 3, 7, 20, 41)]
    assert forest(*trees).structural_virality().tolist() == pytest.approx([mean_distance(tree) for tree in trees])


def test_size_depth_and_children() -> None:
    found = forest([-1, 0, 0, 1, 3], [-1])
    assert found.size.tolist() == [5, 1]
    assert found.depth.tolist() == [3, 0]
    assert found.children.tolist() == [2, 1, 0, 1, 0, 0]


def test_near_top_spreaders() -> None:
    """One spreader: itself, its parent and its children; three: the earlier ones where the numbers are equal."""
    tree = [-1, 0, 1, 2, 3, 3, 3, 4]  # node 3 has three children, the others one
    found = forest([-1], tree)
    assert found.near_top_spreaders(1, spreaders=1) == pytest.approx(5 / 8)  # 3, its parent 2, its children 4 5 6
    assert found.near_top_spreaders(1, spreaders=3) == pytest.approx(7 / 8)  # 3, 0, 1: not 7


def log(acts: list[tuple[int, int, int, int, int, int]], posts: list[tuple[int, int]]) -> dict[str, object]:
    """Acts as (replicate, post, act, parent, kind, hop), posts as (replicate, post)."""
    names = ("replicate", "post", "act", "parent", "kind", "hop")
    columns = np.array(acts, dtype=np.uint32).reshape(-1, len(names)).T
    places = np.array(posts, dtype=np.uint32).T
    return dict(zip(names, columns, strict=True)) | {"posts": dict(zip(names[:2], places, strict=True))}


def test_cascades_of_a_log() -> None:
    """Replicate 4: post 0 surfaced (act 1), reshared (2), reshared below act 1 (3); replicate 5: post 1 reshared."""
    acts = [(4, 0, 1, 0, 0, 2), (4, 0, 2, 0, 1, 2), (5, 1, 1, 0, 1, 2), (4, 0, 3, 1, 1, 3)]
    found = cascades(log(acts, [(4, 0), (4, 1), (5, 0), (5, 1)]))
    assert found.acts.size.tolist() == [4, 1, 1, 2]
    assert found.reshare_size.tolist() == [3, 1, 1, 2]
    assert found.later_reshared.tolist() == [True, False, False, False]  # act 3: its views have hop 3, its viewer hop 2
    assert found.acts.depth.tolist() == [2, 0, 0, 1]
    assert found.acts.parent.tolist() == [-1, 0, 0, 1, -1, -1, -1, 6]


def test_no_acts_at_all() -> None:
    found = cascades(log([], [(0, 0), (0, 1)]))
    assert found.acts.size.tolist() == [1, 1]
    assert found.reshares.tolist() == [0, 0]
    assert np.isnan(found.acts.structural_virality()).all()


@pytest.mark.parametrize("act", [(0, 0, 2, 0, 0, 2), (0, 0, 1, 1, 0, 2), (0, 3, 1, 0, 0, 2)])
def test_a_log_that_does_not_fit_is_refused(act: tuple[int, int, int, int, int, int]) -> None:
    """A number beyond the acts of the post, a parent that is the act itself, a post that is not there."""
    with pytest.raises(ValueError, match="cascade log"):
        cascades(log([act], [(0, 0)]))
