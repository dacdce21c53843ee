"""Lines 1 to 6: sizes of reshare cascades and the form of act trees."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from groundswell.results.trees import Cascades

Numbers = dict[str, float]
Samples = dict[str, npt.NDArray[Any]]

LEAST_TREE = 20  # nodes of an act tree of lines 5 and 6
LARGE_CASCADE = 100  # adopters
DRAWN_TREES = 1000  # of a world, at most, in the picture of structural virality


def cascade_numbers(
    found: Cascades, days: tuple[int, int], generator: np.random.Generator
) -> tuple[Numbers, Samples]:
    """Lines 1-6 over the company posts of employees in the horizon, all replicates of a world together."""
    from scipy.stats import spearmanr  # slow to import

    day = np.asarray(found.posts["day"], dtype=np.int64)
    mine = (np.asarray(found.posts["source"]) < 2) & (day >= days[0]) & (day < days[1])
    sizes = found.reshare_size[mine]
    numbers = {
        "cascades": float(mine.sum()),
        "cascades_alone": float((sizes == 1).sum()),
        "cascades_later": float(found.later_reshared[mine].sum()),
        "cascades_adopters": float(sizes.sum()),
        "cascades_large": float((sizes >= LARGE_CASCADE).sum()),
        **{f"reshares_{place:g}": float(np.quantile(sizes - 1, place)) for place in (0.99, 0.999)},
    }
    virality, size = found.acts.structural_virality(), found.acts.size
    trees = np.flatnonzero(mine & (size >= LEAST_TREE))
    numbers["act_trees"] = float(len(trees))
    several = len(trees) >= LEAST_TREE and len(np.unique(size[trees])) > 1
    numbers["virality"] = float(np.median(virality[trees])) if len(trees) else np.nan
    numbers["virality_rank"] = float(spearmanr(size[trees], virality[trees]).statistic) if several else np.nan
    numbers["tree_depth"] = float(np.median(found.acts.depth[trees])) if len(trees) else np.nan
    largest = trees[np.argsort(-size[trees], kind="stable")][: max(round(len(trees) / 100), 1)]
    near = [found.acts.near_top_spreaders(int(tree)) for tree in largest]
    numbers["near_spreaders"] = float(np.mean(near)) if near else np.nan
    drawn = generator.permutation(trees)[:DRAWN_TREES]
    samples = {"trees": np.column_stack([size[drawn], virality[drawn]]), "tree_sizes": size[trees]}
    return numbers, samples
