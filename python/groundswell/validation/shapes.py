"""Emergent shapes: rows of real files beside what the model gives. Reported as it comes out; nothing is tuned."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from groundswell.company.company import Company
from groundswell.company.pseudonyms import KNOWN_TO_ALL
from groundswell.errors import InvalidInput
from groundswell.scenario import ActiveAdvocates, Program, Scenario
from groundswell.validation import intervals, real_files, scenarios, tails
from groundswell.validation.collect import Evidence, Settings, build
from groundswell.validation.half_hidden import half_hidden
from groundswell.validation.intervals import Estimate
from groundswell.validation.real_files import DataFolder
from groundswell.validation.real_graph import model_adoptions
from groundswell.validation.runs import college, spreads
from groundswell.validation.runs.cascades import LEAST_TREE
from groundswell.worlds.graph import Graph

COMPLETION = "groundswell.validation.half_hidden"  # has half_hidden
OFFICES = ("email_eu_core", "lazega_lawfirm", "aarhus_cs", "manufacturing_email")
NORMAL = 1.959964
SPLITS = 20


@dataclass(frozen=True)
class Shape:
    """One number of a file and of the model; `tolerance` None: reported, not judged."""

    file: str
    output: str
    real: float
    estimate: Estimate
    unit: str
    scenario: str
    note: str = ""
    tolerance: float | None = None
    judged: str = ""

    @property
    def verdict(self) -> str:
        """What was judged (of a mean, not of its interval, where a tolerance is given), else `reported`."""
        if math.isnan(self.estimate.value):
            return intervals.NOT_MEASURABLE
        return self.judged or intervals.REPORTED


def shapes(evidence: Evidence, folder: DataFolder, settings: Settings) -> list[Shape]:
    """Every row; one that says why where its file, or what it needs, is not there."""
    rows: list[Shape] = []
    parts: dict[str, Callable[[], Iterable[Shape]]] = {
        "facebook_brand_posts": lambda: _facebook(evidence, folder),
        "cascades_christianity": lambda: _christianity(folder, settings),
        "news_tweet_cascade_sizes": lambda: _news(evidence, folder),
        "college_msg": lambda: _college(evidence, folder),
        **{name: (lambda name=name: _half_hidden(name, folder, settings)) for name in OFFICES},  # type: ignore[misc]
    }
    for name, part in parts.items():
        rows += _guarded(name, part, folder)
    return rows + _guarded("aarhus_cs", lambda: _aarhus(folder, settings), folder)


def _guarded(name: str, part: Callable[[], Iterable[Shape]], folder: DataFolder) -> list[Shape]:
    missing = folder.missing(name)
    if missing:
        return [_absent(name, missing)]
    try:
        return list(part())
    except InvalidInput as error:
        return [_absent(name, str(error).splitlines()[0])]


def _absent(name: str, why: str, output: str = "") -> Shape:
    return Shape(name, output or name, math.nan, intervals.nothing(why), "", "", why)


def _facebook(evidence: Evidence, folder: DataFolder) -> Iterable[Shape]:
    file = "facebook_brand_posts"
    posts = folder.read(file, "posts.csv").dropna(subset=["reach", "impressions", "engaged_users", "page_total_likes"])
    columns = ("reach", "impressions", "engaged_users", "page_total_likes")
    real = real_files.post_shape(*(posts[name] for name in columns))
    if "facebook_page" not in evidence.samples:
        yield _absent(file, evidence.missing.get("four platforms", "the four platforms were not run"))
        return
    worlds = [real_files.post_shape(*sample.T[:4]) for sample in evidence.samples["facebook_page"]]
    texts = {
        "impressions_per_reach": ("impressions / reach of a page's post", "ratio"),
        "reach_per_follower": ("reach / followers of a page's post", "share"),
        "engaged_per_reach": ("engaged people / reach of a page's post", "share"),
    }
    notes = {
        "impressions_per_reach": "the model counts a post once a view and channel, the platform every display",
        "reach_per_follower": "the file has paid posts, a young page and 2014's reach; the model today's of [2.11]",
        "engaged_per_reach": "the file counts any click as engaged",
    }
    for field, (text, unit) in texts.items():
        for place, which in ((0, "median"), (1, "90th percentile")):
            found = intervals.mean([getattr(world, field)[place] for world in worlds])
            yield Shape(file, f"{text}, {which}", getattr(real, field)[place], found, unit,
                        "default on four platforms, Facebook", notes[field])  # fmt: skip
    yield from _spread_of_posts(evidence, folder)


def _spread_of_posts(evidence: Evidence, folder: DataFolder) -> Iterable[Shape]:
    """Between posts of a page, over its followers alone: nobody paid, nothing surfaced."""
    file = "facebook_brand_posts"
    posts = folder.read(file, "posts.csv")
    unpaid = posts[posts["paid"] == 0]
    real = spreads.between_posts(unpaid["reach_fans"], unpaid["engaged_fans"])
    worlds = [spreads.between_posts(sample[:, 4], sample[:, 5]) for sample in evidence.samples["facebook_page"]]
    texts = {
        "log_sd": "log-sd of followers reached, between posts of a page",
        "with_engaged": "correlation of log followers reached with log followers engaged",
        "with_rate": "correlation of log followers reached with the log of their rate",
    }
    for field, text in texts.items():
        found = intervals.mean([getattr(world, field) for world in worlds])
        yield Shape(file, text, getattr(real, field), found, "log-sd" if field == "log_sd" else "correlation",
                    "default on four platforms, Facebook", "the file's posts that were not paid for")  # fmt: skip


def _christianity(folder: DataFolder, settings: Settings) -> Iterable[Shape]:
    adoptions = real_files.christianity(folder)
    generator = np.random.default_rng(settings.seed)
    real = real_files.neighbor_excess(adoptions, generator)
    every, reacting = [], []
    for index in range(settings.platform_worlds):
        model, reacted = model_adoptions(adoptions, settings, index)
        every.append(real_files.neighbor_excess(model, generator, shuffles=3))
        reacting.append(real_files.neighbor_excess(model, generator, shuffles=3, counted=reacted))
    where = "100 random users post 4 a week, half of it about the company, on the file's graph"
    of_all = (
        "a cascade of the model is an item: who posts it, taking it from the company, reshares it or engages with it; "
        "most only post it, which no neighbor explains. The file is a question site over years. Edges undirected"
    )
    of_reacting = "who reacts follows a neighbor, always: nothing comes from outside the graph, as it does in the file"
    for runs, who, note in ((every, "", of_all), (reacting, ", of those who react", of_reacting)):
        later = round(float(np.mean([run.later for run in runs])))
        for field, text in (
            ("share", "later adopters with an earlier-adopting neighbor"),
            ("shuffled", "the same with users shuffled over cascades"),
            ("excess", "excess over shuffled users"),
        ):
            found = intervals.mean([getattr(run, field) for run in runs])
            yield Shape("cascades_christianity", text + who, getattr(real, field), found, "share", where,
                        f"{note}; {later:,} adopters a world, {real.later:,} in the file")  # fmt: skip


def _news(evidence: Evidence, folder: DataFolder) -> Iterable[Shape]:
    sizes = folder.read("news_tweet_cascade_sizes", "sizes.csv.gz")["size"].to_numpy(np.int64)
    real = tails.exponent(sizes, 100)
    best = tails.fit(sizes, 100)
    in_file = f"file: from size 100, {real.values:,} cascades; best fit from {best.minimum}: {best.alpha:.2f}"
    in_file += "; it has popular news of 50 tweets or more, the model ordinary company posts that die out sooner"
    for form, name in (("plain", "tree_sizes"), ("fractional", "fractional_sizes")):
        found, note = _tail(evidence, name)
        yield Shape("news_tweet_cascade_sizes", f"tail exponent of cascade sizes, {form} form", real.alpha, found,
                    "exponent", f"default, {form}", f"{note}; {in_file}")  # fmt: skip


def _tail(evidence: Evidence, name: str) -> tuple[Estimate, str]:
    """Of the sizes of act trees, all worlds together; the interval is that of the fit."""
    if name not in evidence.samples:
        return intervals.nothing("this form was not run"), "this form was not run"
    sizes = evidence.sample(name)
    try:
        tail = tails.fit(sizes, LEAST_TREE)
    except ValueError as error:
        return intervals.nothing(str(error)), str(error)
    half = NORMAL * tail.error
    estimate = Estimate(tail.alpha, tail.alpha - half, tail.alpha + half, len(evidence.samples[name]))
    return estimate, f"act trees from size {tail.minimum}, {tail.values:,} of them, largest {int(sizes.max()):,}"


SENDERS = (
    ("gini", "gini of messages (members' posts) over who sent one", "index"),
    ("top_tenth", "messages of the most active tenth of senders", "share"),
    ("peak_week", "week with the most senders", "week"),
    ("left", "senders a week in weeks 24 to 27, of the week with the most", "ratio"),
    ("own_left", "messages in weeks 9 to 12 since the own first one, of those in weeks 1 to 4", "ratio"),
)


def _college(evidence: Evidence, folder: DataFolder) -> Iterable[Shape]:
    sent = real_files.messages(folder)
    real = college.activity(sent)
    everyone = (
        f"first {college.WEEKS} weeks of both; {len(sent.by_sender()):,} senders in the file, "
        f"{len(evidence.sample('members_counts')) / len(evidence.of('members_gini')):.0f} members a world. "
        "Private messages among students who join of their own accord within weeks, and a term that ends"
    )
    growth = "those invited join all year, the site was full in six weeks"
    why = {"peak_week": f"; {growth}", "left": f"; {growth}"}
    why["own_left"] = "; half of a member's motivation never fades, the file's users mostly leave within weeks"
    for name, text, unit in SENDERS:
        found = intervals.mean(evidence.of(f"members_{name}"))
        yield Shape("college_msg", text, real[name], found, unit, "average", everyone + why.get(name, ""))


def file_samples(folder: DataFolder) -> dict[str, list[npt.NDArray[Any]]]:
    """What the picture of `college_msg` draws of the file; nothing where it is not there."""
    if folder.missing("college_msg"):
        return {}
    sent = real_files.messages(folder)
    senders = sent.senders_by_week()
    return {
        "college_counts": [sent.by_sender()],
        "college_by_week": [senders[None, :] / senders.max()],
        "college_own": [sent.since_own_first()[None, :]],
    }


def _half_hidden(name: str, folder: DataFolder, settings: Settings) -> Iterable[Shape]:
    """Half of an office's ties hidden and completed by the generator fitted on the other half."""
    if folder.path is None:
        return
    table = half_hidden(folder.path, SPLITS, settings.seed, files=[name], threads=settings.threads)
    for row in table.to_dict("records"):
        found = Estimate(row["completed"], row["ci_lower"], row["ci_upper"], SPLITS)
        output = f"half of the ties hidden and completed: {row['statistic']}"
        where = f"mean of {SPLITS} splits"
        yield Shape(name, output, row["value"], found, "", where, row["note"], row["band"], row["verdict"])


def _aarhus(folder: DataFolder, settings: Settings) -> Iterable[Shape]:
    layers = real_files.aarhus(folder)
    people = len(layers.group)
    real_work = real_files.friends_share(layers.facebook, people, set(layers.work))
    real = real_files.friends_share(layers.facebook, people, real_files.same_group(layers.group))
    shares = np.array([_office(layers.group, settings, index) for index in range(settings.worlds)])
    note = (
        f"in the model coworkers are those of a group; in the file those who work together by its work layer: "
        f"{real_work[0]:.2f} against {real_work[1]:.2f} of other pairs"
    )
    where = f"a company of {people} with the file's groups, Facebook on"
    for place, text in ((0, "of one group"), (1, "of different groups")):
        yield Shape("aarhus_cs", f"Facebook friends, share of pairs {text}", real[place],
                    intervals.mean(shares[:, place]), "share", where, note)  # fmt: skip
    found = intervals.ratio(shares[:, 0], shares[:, 1])
    yield Shape("aarhus_cs", "ratio of the two", real[0] / real[1], found, "ratio", where, note)


def _office(group: tuple[str, ...], settings: Settings, index: int) -> tuple[float, float]:
    """Shares of Facebook friends among pairs of a generated office with these groups."""
    hr = pd.DataFrame({"id": range(len(group)), "group": [name or None for name in group]})
    company = Company.from_frames(hr, columns={"id": "id", "department": "group"}, key=KNOWN_TO_ALL)
    group = tuple(group[i] for i in company.core_ids)
    program = Program(advocates=ActiveAdvocates(size=6))
    scenario = Scenario(company, start=scenarios.START, program=program).replace({"platforms.facebook.on": True})
    world: Any = build(scenario, settings, index)
    graph = Graph.of(world, "facebook")
    ties = {(i, int(j)) for i in range(len(group)) for j in graph.row(i) if i < j < len(group)}
    return real_files.friends_share(frozenset(ties), len(group), real_files.same_group(group))
