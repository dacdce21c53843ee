"""Runs behind the targets, world by world: each world becomes a few numbers and small samples, nothing else is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from groundswell import _core
from groundswell.common.progress import Progress
from groundswell.errors import InvalidInput
from groundswell.results.trees import cascades
from groundswell.scenario import Scenario
from groundswell.scenario.schema.platform_table import PLATFORMS
from groundswell.scenario.to_core import WORLD_GROUPS
from groundswell.validation import scenarios
from groundswell.validation.runs import college, opinion, spreads, traces
from groundswell.validation.runs.cascades import cascade_numbers
from groundswell.validation.runs.holdout import hold_out
from groundswell.validation.runs.pair import pair_numbers
from groundswell.validation.runs.programs import program_numbers
from groundswell.validation.runs.totals import Totals
from groundswell.validation.runs.traces import Trace
from groundswell.worlds import graph as networks
from groundswell.worlds.cache import world as cached_world
from groundswell.worlds.graph import Graph

ProgressOption = bool | Callable[[int, int], object] | None
Floats = npt.NDArray[np.float64]
Numbers = dict[str, float]
Samples = dict[str, npt.NDArray[Any]]

COLLEAGUES = {3: 200, 9: 200, 30: 60, 100: 30, 300: 20}  # group size -> random groups in each world
HOUR_BINS = np.geomspace(1 / 60, 28 * 24, 241)  # of the picture of half-lives
SETTLE_WEEKS = 4  # posts this long before the end are left out of half-lives: their later hops have not all come


@dataclass(frozen=True)
class Settings:
    """How much to run, and `changes`, addresses set in every scenario. Same seed, same numbers, for any threads."""

    worlds: int
    replicates: int
    platform_worlds: int
    persons: int
    seed: int
    threads: int
    draws: int = 0  # of the unknown inputs of line 27, over all worlds
    changes: tuple[tuple[str, Any], ...] = ()

    def of(self, scenario: Scenario) -> Scenario:
        """The scenario with the changes."""
        return scenario.replace(dict(self.changes), label=scenario.label) if self.changes else scenario


@dataclass
class Evidence:
    """By name: one number a world, and the samples of each world. `missing` says why a part was not run."""

    numbers: dict[str, list[float]] = field(default_factory=dict)
    samples: dict[str, list[npt.NDArray[Any]]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    trees: int = 0

    def add(self, numbers: Mapping[str, float], samples: Mapping[str, npt.NDArray[Any]] | None = None) -> None:
        """Take over what one world gave."""
        for name, value in numbers.items():
            self.numbers.setdefault(name, []).append(value)
        for name, sample in (samples or {}).items():
            self.samples.setdefault(name, []).append(sample)

    def of(self, name: str) -> Floats:
        """One number a world.

        Raises
        ------
        KeyError
            If the part that gives it was not run.
        """
        return np.asarray(self.numbers[name], dtype=np.float64)

    def sample(self, name: str) -> npt.NDArray[Any]:
        """The samples of all worlds, one after the other."""
        return np.concatenate(self.samples[name])


def collect(settings: Settings, progress: ProgressOption = None) -> Evidence:
    """Run everything the targets need."""
    evidence = Evidence(missing={} if settings.draws > 0 else {"opinion": opinion.NO_DRAWS})
    with Progress(progress) as bar:
        bar.remaining(settings.worlds + settings.platform_worlds + 1)
        for index in range(settings.worlds):
            bar.world(index, settings.worlds)
            world = _default_world(evidence, settings, index)
            evidence.add(*program_numbers(world, settings.replicates, settings.threads, settings.of))
            evidence.add(*activity_numbers(world, settings))
            evidence.add(pair_numbers(world, settings.replicates, settings.threads, settings.of))
            if settings.draws > 0:  # the worlds share them evenly
                mine = opinion.draws(settings.draws, settings.seed)[index :: settings.worlds]
                evidence.add(*opinion.opinion_numbers(world, mine, settings.threads))
            bar.at(index + 1)
        for index in range(settings.platform_worlds):
            bar.world(index, settings.platform_worlds)
            try:
                _platform_world(evidence, settings, index)
            except InvalidInput as error:  # the constants of a platform are not solved
                evidence.missing["four platforms"] = str(error).splitlines()[0]
                break
            bar.at(settings.worlds + index + 1)
        lift = scripted_lift(settings)
        evidence.add({f"lift_{n}": float(u.mean()) for n, u in lift.items()})
        bar.at(settings.worlds + settings.platform_worlds + 1)
    return evidence


def build(scenario: Scenario, settings: Settings, index: int) -> Any:
    """World `index` of the seed, from the cache where that is on."""
    parameters = scenario.core_parameters()
    own = {name: parameters[name] for name in WORLD_GROUPS}
    return cached_world(scenario.company.core_input(), own, settings.seed, index, settings.threads)[0]


def _traced(scenario: Scenario, world: Any, platform: int, settle_weeks: int = 0, replicate: int = 0) -> Trace:
    first, end = scenarios.horizon_days(scenario)
    record = _core.trace(world, _core.Design(**scenario.core_design()), replicate)
    return _on(record, world, platform, (first, end - 7 * settle_weeks))


def _on(record: Mapping[str, Any], world: Any, platform: int, days: tuple[int, int]) -> Trace:
    return Trace(record, Graph.of(world, PLATFORMS[platform]), platform, days)


def _default_world(evidence: Evidence, settings: Settings, index: int) -> Any:
    usual, crowded = settings.of(scenarios.default()), settings.of(scenarios.busy())
    world = build(usual, settings, index)
    generator = np.random.default_rng([settings.seed, index])
    evidence.add(*network_numbers(Graph.of(world), settings.persons, generator))
    design = _core.Design(**usual.core_design())
    ((values, finished, stats),) = _core.run(world, [design], 0, settings.replicates, settings.threads, cascades=True)
    if not np.all(finished):
        raise KeyboardInterrupt("interrupted")
    totals = Totals(_core.layout(design), {m["name"]: m for m in _core.measures()}, np.asarray(values))
    evidence.add(run_numbers(totals))
    numbers, samples = cascade_numbers(cascades(stats["cascades"]), scenarios.horizon_days(usual), generator)
    evidence.trees += int(numbers["act_trees"])
    evidence.add(numbers, samples)
    if index < settings.platform_worlds:
        evidence.add({}, _fractional(usual, world, settings, generator))
    trace = _traced(usual, world, 0)
    evidence.add(*trace_numbers(trace))
    evidence.add(*delay_numbers(_on(trace.record, world, 0, _settled(usual)), "linkedin"))
    months = scenarios.full_months(crowded, _core.layout(_core.Design(**crowded.core_design())))
    evidence.add(*month_numbers(_traced(crowded, world, 0), world, months))
    return world


def activity_numbers(world: Any, settings: Settings) -> tuple[Numbers, Samples]:
    """Posts of members of *average* in one traced replicate, for the shape of `college_msg`."""
    scenario = settings.of(scenarios.average())
    record = _core.trace(world, _core.Design(**scenario.core_design()), 0)
    sent = college.members_posts(record, scenarios.horizon_days(scenario)[0])
    numbers = {f"members_{name}": value for name, value in college.activity(sent).items()}
    senders = sent.senders_by_week()
    samples = {
        "members_counts": sent.by_sender(),
        "members_by_week": senders[None, :] / max(senders.max(), 1),
        "members_own": sent.since_own_first()[None, :],
    }
    return numbers, samples


def _fractional(scenario: Scenario, world: Any, settings: Settings, generator: np.random.Generator) -> Samples:
    """Sizes of act trees under the other law of contagion, in the same world."""
    design = _core.Design(**scenario.replace({"feed.contagion": "fractional"}).core_design())
    ((_, _, stats),) = _core.run(world, [design], 0, settings.replicates, settings.threads, cascades=True)
    days = scenarios.horizon_days(scenario)
    _, samples = cascade_numbers(cascades(stats["cascades"]), days, generator)
    return {"fractional_sizes": samples["tree_sizes"]}


def _settled(scenario: Scenario) -> tuple[int, int]:
    first, end = scenarios.horizon_days(scenario)
    return first, end - 7 * SETTLE_WEEKS


def network_numbers(graph: Graph, persons: int, generator: np.random.Generator) -> tuple[Numbers, Samples]:
    """Lines 16, 17: clustering and degrees of a sample of persons, overlap of colleagues' audiences."""
    some = networks.sample_of_persons(graph, persons, generator)
    clustering = networks.local_clustering(graph, some)
    below = networks.below_neighbors_median(graph, some)
    numbers = {
        "clustering": float(np.nanmedian(clustering)),
        "below_neighbors": float(below.mean()),
        "connections_over_followers": networks.connections_over_followers(graph),
    }
    for size, draws in COLLEAGUES.items():
        numbers[f"unique_over_sum_{size}"] = networks.unique_over_sum(graph, size, draws, generator)
    return numbers, {"clustering": clustering, "degree": graph.degree[some], "below": below}


def run_numbers(totals: Totals) -> Numbers:
    """Sums over replicates for lines 8, 12, 14, 15."""
    names = ("posts", "potential_reach", "impressions", "engagements", "clicks", "reshares", "link_impressions",
             "weak_tie_impressions", "weak_tie_reshares", "impressions_beyond_first_degree")  # fmt: skip
    numbers = {f"{name}_{author}": totals.total(name, author) for name in names for author in ("person", "page")}
    return numbers | {f"impressions_hop_{hop}": totals.total("impressions", hops=(hop,)) for hop in (1, 2, 3)}


def trace_numbers(trace: Trace) -> tuple[Numbers, Samples]:
    """Lines 7, 10, 13 (LinkedIn), 15, 21, 26 of one traced year of *default*."""
    shown, hidden = hold_out(trace).chances()
    numbers = {"share_shown": shown, "share_hidden": hidden}
    for author, page in (("person", False), ("page", True)):
        numbers |= audience_numbers(trace, page, author)
    lift = traces.lift_by_exposures(trace.record)
    numbers["first_exposure"] = float(lift[1].mean())
    return numbers | spreads.spread_numbers(trace), {}


def audience_numbers(trace: Trace, page: bool, name: str) -> Numbers:
    """Who of the connections (followers) saw, who else, and how many engaged."""
    found = traces.audience(trace, page)
    return {f"{name}_{key}": float(value) for key, value in vars(found).items()}


def delay_numbers(trace: Trace, name: str) -> tuple[Numbers, Samples]:
    """Line 9 in hours: half-life of engagement over all hops, median delay of first-hop views."""
    every, first = traces.engagement_delays(trace), traces.first_hop_delays(trace)
    numbers = {f"half_life_{name}": traces.half_life(every), f"first_half_life_{name}": traces.half_life(first)}
    return numbers, {f"delays_{name}": np.histogram(np.clip(every, *HOUR_BINS[[0, -1]]), HOUR_BINS)[0][None, :]}


def month_numbers(trace: Trace, world: Any, months: list[tuple[int, int]]) -> tuple[Numbers, Samples]:
    """Line 11: unique connections reached in a month by an advocate with 3 company posts a week."""
    advocates = np.asarray(world.advocate_order[: scenarios.ADVOCATES], dtype=np.int64)
    reach = traces.monthly_reach(trace, advocates, months)
    share = reach.unique / reach.connections
    usual = (reach.posts >= 12) & (reach.posts <= 14)
    numbers = {
        "monthly": float(share.mean()),
        "monthly_12_14": float(share[usual].mean()) if usual.any() else np.nan,
        "monthly_posts": float(reach.posts.mean()),
    }
    return numbers, {"monthly": np.column_stack([reach.posts, share])}


def _platform_world(evidence: Evidence, settings: Settings, index: int) -> None:
    """Lines 9 and 13 on the other platforms, and the page's posts on Facebook for the shapes."""
    scenario = settings.of(scenarios.four_platforms())
    world = build(scenario, settings, index)
    record = _traced(scenario, world, 0).record
    for number, name in enumerate(PLATFORMS[1:], start=1):
        evidence.add(*delay_numbers(_on(record, world, number, _settled(scenario)), name))
        trace = _on(record, world, number, scenarios.horizon_days(scenario))
        evidence.add(audience_numbers(trace, True, f"page_{name}"))
        if name == "facebook":
            reach = traces.page_reach(trace)
            columns = [reach.reach, reach.impressions, reach.engaged, reach.followers, reach.followers_reached,
                       reach.followers_engaged]  # fmt: skip
            evidence.add({}, {"facebook_page": np.column_stack(columns)})


def scripted_lift(settings: Settings) -> Mapping[int, Floats]:
    """Line 21 in the engine: u by number of attended exposures, w = 1 for everybody, nothing forgotten."""
    scenario = settings.of(scenarios.scripted())
    return traces.lift_by_exposures(_traced(scenario, build(scenario, settings, 0), 0).record)
