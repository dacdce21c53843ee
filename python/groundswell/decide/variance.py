"""How much of a difference's variance is luck, and how much the world: from worlds with more than one replicate.

One run has the variance world + luck. Luck is the pooled variance inside the worlds that have several replicates; the
whole is that of one run a world. The share of luck has the limits of the F distribution of the two variances, which
treats them as independent; of five pairs they are wide (docs/model/intervals.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import fdtri

from groundswell.common.statistics import LEVEL, Flags, Floats
from groundswell.decide.record import ContestRecord
from groundswell.results.frames import measures_asked
from groundswell.results.grain import make_query

COLUMNS = [
    "measure", "label", "versus", "unit", "world_sd", "luck_sd", "luck_share", "luck_share_ci_lower",
    "luck_share_ci_upper", "worlds", "worlds_repeated",
]  # fmt: skip


def variance_frame(contest: ContestRecord, measures: str | Sequence[str] | None, window: str) -> pd.DataFrame:
    """See `Contest.variance`."""
    query = make_query((), window)
    base = contest.results[contest.baseline]
    rows = []
    for name in measures_asked(base, measures, query):
        for label, result in contest.results.items():
            if label == contest.baseline:
                continue
            gap = result.recording.cells(name, query).linear - base.recording.cells(name, query).linear
            found = parts(gap[:, :, 0], result.recording.finished & base.recording.finished)
            unit = base.recording.measures[name].unit
            rows.append({"measure": name, "label": label, "versus": contest.baseline, "unit": unit, **found})
    return pd.DataFrame(rows, columns=COLUMNS)


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
