"""Lines 18 to 20, 27, 28: participation, concentration, removal of recognition, mandates, opinion, the pair."""

from __future__ import annotations

from groundswell.validation import scenarios
from groundswell.validation.targets.target import (
    NO_LIMIT,
    Change,
    Difference,
    Mean,
    Measure,
    Ratio,
    Relative,
    Share,
    Target,
)

P = "participation"
NONE, AVERAGE, BEST, OFF, MANDATE = "none", "average", "best practice", "recognition off", "mandate"
PULL = f"{P}.pull_floor"

SHARERS = [
    Target(18, "active sharers, no program, mean of the months", (0.02, 0.05), "share", NONE, "input",
           Mean("sharers_none"), "audience.unprompted_share, posting.organic_company_posts_per_month",
           "employees with a company share in the month / headcount at its end"),
    Target(18, "active sharers, average program, month 12", (0.06, 0.15), "share", AVERAGE, "calibrated",
           Mean("sharers_12_average"), f"{P}.enrollment_rate"),
    Target(18, "active sharers, best practice, month 12", (0.20, 0.35), "share", BEST, "emergent",
           Mean("sharers_12_best")),
    Target(18, "month with the most active sharers, average program", (1.0, 4.0), "month", AVERAGE, "calibrated",
           Mean("peak_month_average"), PULL),
    Target(18, "active sharers in month 12 / in the month with the most, average program", (0.4, 0.9), "ratio", AVERAGE,
           "calibrated", Ratio("sharers_12_average", "peak_sharers_average"), PULL),
    Target(18, "month with the most active sharers, best practice", (1.0, 4.0), "month", BEST, "emergent",
           Mean("peak_month_best")),
    Target(18, "active sharers in month 12 / in the month with the most, best practice", (0.4, 0.9), "ratio", BEST,
           "emergent", Ratio("sharers_12_best", "peak_sharers_best")),
]  # fmt: skip

CONCENTRATION = [
    Target(19, "engagement made by the most active 3 % of employees, of all company-content engagement", (0.15, 0.45),
           "share", NONE, "emergent", Mean("most_active"),
           note="engagement with their posts; most active: most company posts in the year; all: the page's posts too"),
]  # fmt: skip

_RECOGNITION = f"{P}.recognition_motivation, motivation_after_removal, recognition_responders"
CHANGES = [
    Target(20, "shares after recognition is removed at month 6, against the same program that keeps it", (-0.60, -0.15),
           "change", OFF, "calibrated", Change("shares_removed", "shares_kept"), _RECOGNITION,
           "company posts of the program in the second half year"),
    Target(20, "shares in the quarter after the removal, against the quarter before", None, "change", OFF,
           "calibrated", Change("after_removed", "before_removed")),
    Target(20, "the same quarters where recognition stays", None, "change", BEST, "calibrated",
           Change("after_kept", "before_kept")),
    Target(20, "mandate: mean satisfaction at the end of the year, less that of the average program", (-1.0, 0.0),
           "index", MANDATE, "input", Difference("satisfaction_mandate", "satisfaction_average"),
           f"{P}.coerced_satisfaction, coerced_willingness"),
    Target(20, "mandate: exits in the year, mandate / average program", (1.0, NO_LIMIT), "ratio", MANDATE, "input",
           Ratio("exits_mandate", "exits_average"), "retention.coerced_exit, satisfaction_slope"),
]  # fmt: skip

LIGHT = (
    "half of the posts are in own words, and half of the viewers whom flooding reaches attend to two posts or fewer in "
    "four weeks: they like what they see before it wears out"
)
OVER_PRIORS = "over the priors of awareness.valence_threshold and awareness.wear_out_exponent"
OPINION = [
    Target(27, f"draws in which favorability at the end is lower, {pair}, {OVER_PRIORS}", (0.05, 0.95), "share", name,
           tag, Share(f"{name}_falls", "opinion_draws"), parameters, note, "opinion")
    for name, pair, tag, parameters, note in (
        ("mandate", "mandate against the average program", "input", f"{P}.coerced_authenticity, negative_posts",
         "the willing are a majority and post several times as much as the few who would join by themselves"),
        ("flooding", "flooding against default", "emergent", "", LIGHT),
    )
] + [
    Target(27, f"favorability at the end, {pair}: mean difference {OVER_PRIORS}", None, "index", name, "emergent",
           Mean(f"{name}_favorability"), needs="opinion")
    for name, pair in (("mandate", "mandate less the average program"), ("flooding", "flooding less default"))
]  # fmt: skip

def _many_over_few(how: str) -> list[Target]:
    """Line 28 for one kind of people."""
    many, few = f"{scenarios.MANY}_{how}", f"{scenarios.FEW}_{how}"
    measures: dict[str, Measure] = {
        "people added": Ratio(f"people_{many}", f"people_{few}"),
        "aware people added, mean of the weeks": Ratio(f"aware_{many}", f"aware_{few}"),
        "cost per person added": Relative(f"cost_{many}", f"people_{many}", f"cost_{few}", f"people_{few}"),
    }
    note = "above 1: Many quiet has more of it; 200 people at one post a week, 50 at four"
    return [
        Target(28, f"Many quiet / Few loud, {how} people: {name}", None, "ratio", f"pair, {how}", "emergent", measure,
               note=note)
        for name, measure in measures.items()
    ]  # fmt: skip


THE_PAIR = [*_many_over_few(scenarios.ACTIVE), *_many_over_few(scenarios.INVITED)]

PARTICIPATION = [*SHARERS, *CONCENTRATION, *CHANGES, *OPINION, *THE_PAIR]
