"""How much of a difference's variance is luck, and how much the world: from worlds with more than one replicate.

One run has the variance world + luck. Luck is the pooled variance inside the worlds that have several replicates; the
whole is that of one run a world. The share of luck has the limits of the F distribution of the two variances, which
treats them as independent; of five pairs they are wide (docs/model/intervals.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import fdtri

from groundswell.common.statistics import LEVEL, Flags, Floats
from groundswell.decide.headline import added_names
from groundswell.decide.record import ContestRecord
from groundswell.results.frames import measures_asked
from groundswell.results.grain import ALL, Query, make_query
from groundswell.results.vocabulary.added import ADDED

COLUMNS = [
    "measure", "label", "versus", "unit", "world_sd", "luck_sd", "luck_share", "luck_share_ci_lower",
    "luck_share_ci_upper", "worlds", "worlds_repeated",
]  # fmt: skip


def variance_frame(contest: ContestRecord, measures: str | Sequence[str] | None, window: str) -> pd.DataFrame:
    """See `Contest.variance`."""
    query = make_query((), window)
    names = measures_asked(contest.results[contest.baseline], measures, query)
    names = [*added_names(contest, None), *names] if measures is None else names
    rows = [row for name in names for row in _rows(contest, name, query)]
    which = ["window"] if window == ALL else []
    return pd.DataFrame(rows, columns=[*COLUMNS[:2], *which, *COLUMNS[2:]])


def _rows(contest: ContestRecord, name: str, query: Query) -> Iterator[dict[str, Any]]:
    """One row a design beside the baseline and window.

    What a program adds is a difference to the baseline as it is, and a cost per something added is taken by run as the
    linearized ratio, which has the variance of the ratio of means; the baseline adds nothing and has no such ratio.
    """
    base = contest.of(name)[contest.baseline].recording
    for label, result in contest.of(name).items():
        if label == contest.baseline:
            continue
        own, done = result.recording.cells(name, query), result.recording.finished & base.finished
        gap = own.linear if name in ADDED else own.linear - base.cells(name, query).linear
        unit = base.measures[name].unit
        for place, window in enumerate(own.index["window"].astype(str)):
            found = parts(gap[:, :, place], done)
            of = {"measure": name, "label": label, "window": window, "versus": contest.baseline, "unit": unit}
            yield of | found


def parts(values: Floats, finished: Flags) -> dict[str, Any]:
    """Standard deviations and the share of luck, of values and a mask with axes (world, replicate)."""
    each = finished.sum(axis=1)
    worlds, repeated = int((each > 0).sum()), int((each > 1).sum())
    nothing = dict.fromkeys(COLUMNS[4:9], float("nan")) | {"worlds": worlds, "worlds_repeated": repeated}
    freedom = int((each[each > 0] - 1).sum())
    if worlds < 2 or freedom < 1:
        return nothing
    kept, done = values[each > 0], finished[each > 0]
    means = np.where(done, kept, 0.0).sum(axis=1) / each[each > 0]
    luck = float((np.where(done, kept - means[:, None], 0.0) ** 2).sum() / freedom)
    # The variance of world means holds luck over their replicates; one run has the whole of it.
    whole = float(means.var(ddof=1)) + luck * (1 - float((1 / each[each > 0]).mean()))
    if not whole > 0:
        return nothing
    share = luck / whole
    limits = [share / float(fdtri(freedom, worlds - 1, 0.5 + side * LEVEL / 2)) for side in (1, -1)]
    return {
        "world_sd": float(np.sqrt(max(whole - luck, 0.0))),
        "luck_sd": float(np.sqrt(luck)),
        "luck_share": min(share, 1.0),
        "luck_share_ci_lower": min(limits[0], 1.0),
        "luck_share_ci_upper": min(limits[1], 1.0),
        "worlds": worlds,
        "worlds_repeated": repeated,
    }
