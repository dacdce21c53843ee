"""Scenarios in words: labels, differences, descriptions, reprs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from html import escape
from typing import Any

import pandas as pd

from groundswell.common.text import NO_MATH
from groundswell.company.assemble import with_facts
from groundswell.company.facts import FACTS
from groundswell.scenario import words
from groundswell.scenario.addresses import Path, is_absent, leaves, read
from groundswell.scenario.inputs.stated import prior_text, prior_texts
from groundswell.scenario.periods import STOP
from groundswell.scenario.program.levers import LEVERS
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.base import Spec, default_of
from groundswell.scenario.schema.kinds import Many
from groundswell.scenario.schema.platform_table import PLATFORMS, TITLES
from groundswell.scenario.words import discreet, shown

# Mechanisms and the value that switches each off; * stands for every platform that is on.
SWITCHES: tuple[tuple[str, str, Any], ...] = (
    ("viewer limit", "feed.viewer_limit", None),
    ("identical copies", "feed.identical_copy", 1),
    ("repeat curve", "feed.repeat_floor", 1),
    ("credibility: company share", "credibility.credibility_slope", 0),
    ("displacement of organic posts", "posting.displacement", 0),
    ("mutes", "platforms.*.mute", 0),
    ("surfaced engagements", "platforms.*.surfaced_views", 0),
    ("views of reshares", "platforms.*.reshare_views", 0),
    ("appeal beyond the first hop", "feed.appeal_shrink", 0),
    ("fractional contagion", "feed.contagion", "independent"),
    ("decay of awareness", "awareness.half_life_weeks", None),
    ("fading of favorability", "awareness.favorability_half_life_weeks", None),
    ("wear-out of exposures", "awareness.wear_out_exponent", 0),
    ("department homophily", "audience.department_homophily", 0),
    ("copying of contacts", "audience.copying_share", 0),
    ("page posts", "platforms.*.page_posts_per_week", 0),
    ("unprompted sharers", "audience.unprompted_share", 0),
    ("exits", "retention.turnover_per_year", 0),
    ("joining by example of colleagues", "participation.enroll_peers", 0),
    ("responses motivate", "participation.feedback", 0),
    ("fatigue", "participation.fatigue_step", 0),
    ("negative posts of the coerced", "participation.negative_posts", 0),
    ("negative posts for want of taste", "participation.negative_posts_without_guidelines", 0),
)
SHARES = ("program.platforms.", "posting.organic_platforms.")
MOST_PRIORS = 4  # named in a bare cell
LONGEST = 120  # characters of a label that is made up: pictures must hold it
# What the program in words has already.
NOT_IN_THE_LABEL = (
    "program.advocates.size", "program.advocates.names", "program.posts_per_week", "program.mode",
    "program.select.size", "program.select.names", "program.select.order", "program.select.goal",
    "running_program",
)  # fmt: skip


def label(scenario: ScenarioRecord) -> str:
    """Return a readable name from the program and what else is not the default."""
    rest = [(path, value) for path, value, _ in changes(scenario) if path not in NOT_IN_THE_LABEL]
    elsewhere = [platform for platform in scenario.platforms.only if platform != PLATFORMS[0]]
    on = [f"on {' and '.join(TITLES[name] for name in scenario.platforms.only)}"] if elsewhere else []
    return _cut("; ".join([program(scenario), *on, *_named([row for row in rest if not _of_platforms(*row)])]))


def _of_platforms(path: str, value: Any) -> bool:
    """Whether a change is told by the platforms that are on: a switch, or no post."""
    is_switch = path.startswith("platforms.") and path.endswith(".on")
    return is_switch or (value == 0 and path.startswith(SHARES))


def derived_label(old: ScenarioRecord, new: ScenarioRecord) -> str:
    """Return the old label and what was changed since; discreet: a label goes into files."""
    rows = [(path, discreet(path, a, new.company)) for path, a, _, _ in _differences(new, old)]
    new_text = _cut("; ".join(_named(rows)), LONGEST * 2 // 3)
    return f"{_cut(old.label, LONGEST - len(new_text) - 2)}; {new_text}"


def program(scenario: ScenarioRecord) -> str:
    """Return the program in a few words, and what becomes of one that the company runs already."""
    if scenario.company.running is None:
        return words.program(scenario.program)
    goes = "the running program stops" if scenario.running_program == STOP else "the running program goes on"
    return goes.capitalize() if scenario.program is None else f"{words.program(scenario.program)}, {goes}"


def changes(scenario: ScenarioRecord) -> list[tuple[str, Any, Any]]:
    """(path, discreet value, default) of what is not at its default; nothing of an absent program."""
    found = []
    for path, _, default in leaves(type(scenario)):
        value = read(scenario, path)
        if value != default and not is_absent(scenario, path):
            address = ".".join(path)
            found.append((address, discreet(address, value, scenario.company), default))
    return found


def difference(this: ScenarioRecord, other: ScenarioRecord) -> pd.DataFrame:
    """One row a value that differs; company, start, named people and entries of lists included."""
    rows = [(path, _people(path, a), _people(path, b), unit) for path, a, b, unit in _differences(this, other)]
    table = pd.DataFrame(rows, columns=["path", "this", "other", "unit"])
    for column, index in (("this", 1), ("other", 2)):
        table[column] = pd.Series([row[index] for row in rows], dtype=object)
    table.attrs.update({"this": this.label, "other": other.label})
    return table


def _differences(this: ScenarioRecord, other: ScenarioRecord) -> list[tuple[str, Any, Any, str]]:
    """(path, value here, value there, unit) of what differs; entries of lists each by their own address."""
    rows: list[tuple[str, Any, Any, str]] = []
    facts = [scenario.company.firm.values() for scenario in (this, other)]
    if this.company != with_facts(other.company, asdict(this.company.firm)):
        names = [f"{s.company.name} ({s.company.content_hash()[:8]})" for s in (this, other)]
        rows.append(("company", names[0], names[1], ""))
    for name, fact in FACTS.items():
        if facts[0][name] != facts[1][name]:
            rows.append((f"company.{name}", facts[0][name], facts[1][name], fact.unit))
    if this.start != other.start:
        rows.append(("start", this.start, other.start, "date"))
    for path, spec in _paths(this, other):
        a, b = read(this, path), read(other, path)
        if a != b:
            rows.append((".".join(path), a, b, spec.unit))
    for address in sorted({*this.priors, *other.priors}):
        a, b = (None if (prior := scenario.priors.get(address)) is None else str(prior) for scenario in (this, other))
        if a != b:
            rows.append((f"priors.{address}", a, b, ""))
    return rows


def _paths(this: ScenarioRecord, other: ScenarioRecord) -> Iterator[tuple[Path, Spec]]:
    """Addresses of two scenarios, entries of their lists included."""
    for path, spec, _ in leaves(type(this)):
        if isinstance(spec, Many):
            for i in range(max(len(read(scenario, path) or ()) for scenario in (this, other))):
                yield from ((below, leaf) for below, leaf, _ in leaves(spec.item, (*path, str(i))))
        else:
            yield path, spec


def describe(scenario: ScenarioRecord) -> pd.DataFrame:
    """Columns part, state (on, off, changed, default, imputed), detail."""
    days = f"{scenario.warm_up_weeks} + {scenario.weeks} + {scenario.follow_up_weeks} weeks"
    rows = [
        ("company", "given", f"{scenario.company.name}, {scenario.company.employees:,} employees"),
        ("period", "given", f"from {scenario.start}: {days} (warm-up, horizon, follow-up)"),
        ("program", "off" if scenario.program is None else "on", program(scenario)),
    ]
    for name in PLATFORMS:
        platform = getattr(scenario.platforms, name)
        rows.append((f"platform {name}", "on" if platform.on else "off", f"platforms.{name}.on = {platform.on}"))
    rows += _levers(scenario) + _switches(scenario)
    rows += [(path, "changed", f"{shown(v)} ({_was(d)})") for path, v, d in changes(scenario)]
    rows += [(f"prior of {address}", "changed", prior_text(scenario, address)) for address in scenario.priors]
    total, changed = len(list(leaves(type(scenario)))), len(changes(scenario))
    rows.append(("other parameters", "default", f"{total - changed} of {total}"))
    columns = scenario.company.columns
    imputed = columns[(columns["missing"] > 0) & (columns["imputed_from"] != "")]
    for field, missing, source in zip(imputed["field"], imputed["missing"], imputed["imputed_from"], strict=True):
        rows.append((f"company: {field}", "imputed", f"{missing:,} people, from {source}"))
    return pd.DataFrame(rows, columns=["part", "state", "detail"])


def _levers(scenario: ScenarioRecord) -> list[tuple[str, str, str]]:
    """Levers that are there at some time, as on; nothing without a program."""
    plan = scenario.program
    if plan is None:
        return []
    rows = []
    for name in LEVERS:
        value, neutral = getattr(plan, name), default_of(type(plan).model_fields[name])
        dated = [(getattr(change, name), change.days(name)) for change in plan.changes if name in change.sets()]
        if value != neutral or dated:
            texts = [f"program.{name} = {_lever(name, value, scenario)}"]
            texts += [f"{_lever(name, changed, scenario)} {days}" for changed, days in dated]
            rows.append((f"lever {name}", "on", "; ".join(texts)))
    return rows


def _lever(name: str, value: Any, scenario: ScenarioRecord) -> str:
    return shown(discreet(name, value, scenario.company))


def _switches(scenario: ScenarioRecord) -> list[tuple[str, str, str]]:
    rows = []
    for name, pattern, off in SWITCHES:
        for platform in scenario.platforms.on() if "*" in pattern else [None]:
            path = pattern if platform is None else pattern.replace("*", platform.name)
            value = read(scenario, tuple(path.split(".")))
            part = name if platform is None or platform.name == "linkedin" else f"{name}, {platform.name}"
            rows.append((part, "off" if value == off else "on", f"{path} = {shown(value)}"))
    return rows


def plain(scenario: ScenarioRecord) -> str:
    """At most 12 lines: company, period, program, the first changes."""
    lines = _head(scenario)
    rest = [f"  {path} = {shown(v)} ({_was(d)})" for path, v, d in changes(scenario)]
    room = 12 - len(lines)
    if len(rest) > room:
        rest = [*rest[: room - 1], f"  … and {len(rest) - room + 1} more changes"]
    return "\n".join([*lines, *(rest or ["  every parameter at its default"])])


def html(scenario: ScenarioRecord) -> str:
    """Return the changes from the default, as a table."""
    head = "<br>".join(escape(line.strip()) for line in _head(scenario))
    cells = [(path, shown(v), "" if d is None else shown(d)) for path, v, d in changes(scenario)]
    rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in cells)
    table = f"<table><tr><th>changed</th><th>value</th><th>default</th></tr>{rows}</table>"
    return f"<div {NO_MATH}>{head}{table if rows else '<br>every parameter at its default'}</div>"


def _head(scenario: ScenarioRecord) -> list[str]:
    company = scenario.company
    before, after = scenario.warm_up_weeks, scenario.follow_up_weeks
    period = f"{scenario.weeks} weeks after {before} of warm-up, {after} of follow-up"
    lines = [
        f"Scenario {scenario.label!r}",
        f"  company: {company.name}, {company.employees:,} employees",
        f"  from {scenario.start}: {period}",
        f"  program: {program(scenario)}",
    ]
    priors = prior_texts(scenario)
    more = f"; and {len(priors) - MOST_PRIORS} more" if len(priors) > MOST_PRIORS else ""
    return [*lines, f"  priors set: {'; '.join(priors[:MOST_PRIORS])}{more}"] if priors else lines


def _named(rows: list[tuple[str, Any]], most: int = 3) -> list[str]:
    texts = [f"{path} = {shown(value)}" for path, value in rows[:most]]
    return [*texts, f"{len(rows) - most} more changes"] if len(rows) > most else texts


def _people(path: str, value: Any) -> Any:
    """Named people as text: how many, and the first of them; all else as it is."""
    if value is None or not path.endswith(".names"):
        return value
    some = ", ".join(str(n) for n in value[:5])
    return f"{len(value)} named: {some}" + (", …" if len(value) > 5 else "")


def _cut(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _was(default: Any) -> str:
    return "given" if default is None else f"default {shown(default)}"
