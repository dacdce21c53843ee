"""Values as a label or a file shows them: of named people how many, of small groups no name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from groundswell.company.company import Company
from groundswell.company.facts import FACTS, MARKET_PRICES
from groundswell.company.small_groups import MIN_GROUP, small_labels
from groundswell.scenario.model.costs import Costs
from groundswell.scenario.program.advocates import ActiveAdvocates
from groundswell.scenario.program.levers import Change
from groundswell.scenario.program.program import Program
from groundswell.scenario.program.selection import Selection
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.base import Group, Mix, default_of, spec_of

KINDS = {"departments": "department", "quotas": "department", "regions": "region"}  # field to what its labels are
PRICES = tuple(name for name in Costs.model_fields if "currency" in getattr(spec_of(Costs, name), "unit", ""))
IN_INVITED = ("names", "size", "order", "goal")  # what the words for a selection, a program have already
IN_PROGRAM = ("advocates", "select", "posts_per_week", "mode")
HOW = {"random": "at random", "activity": "by activity"}


def discreet(path: str, value: Any, company: Company) -> Any:
    """Return the value of an address without what a file must not have.

    Ids become their number, labels of groups under ``MIN_GROUP`` people their place in the company; groups and lists
    become text; all else stays.
    """
    name = path.rpartition(".")[2]
    if name == "names" and value is not None:
        return f"{len(tuple(value)):,} named"
    if name in KINDS and value is not None:
        return _labels(value, KINDS[name], company)
    if isinstance(value, Group):
        return _group(value, company)
    if isinstance(value, tuple):
        return "; ".join(str(shown(discreet(name, item, company))) for item in value) or "none"
    return value


def _group(value: Group, company: Company) -> str:
    """Shares above 0; of a change its days and levers; else what is not the default."""
    fields = type(value).model_fields
    parts = {name: getattr(value, name) for name in fields}
    days = ""
    if isinstance(value, Mix):
        parts = {name: share for name, share in parts.items() if share > 0}
    elif isinstance(value, Change):
        days, parts = f"{value.days()}: ", {name: parts[name] for name in value.sets()}
        if value.relaunch:  # an event of one day, which the days of the other levers are not
            parts["relaunch"] = value.days("relaunch") if len(parts) > 1 else ""
    else:
        parts = {name: part for name, part in parts.items() if part != default_of(fields[name])}
    return days + ", ".join(f"{name} {shown(discreet(name, part, company))}".strip() for name, part in parts.items())


def _labels(value: Any, kind: str, company: Company) -> str:
    small = small_labels(company, kind, MIN_GROUP)
    words = {label: f"{kind} {i + 1}" if i in small else label for i, label in enumerate(company.labels[kind])}
    if isinstance(value, Mapping):
        return ", ".join(f"{words.get(label, label)} {number}" for label, number in value.items())
    return ", ".join(str(words.get(label, label)) for label in value)


def prices_are_default(scenario: ScenarioRecord) -> bool:
    """Whether every price of ``costs`` is at its default, which is an amount in US dollars whatever the currency."""
    return all(getattr(scenario.costs, name) == default_of(Costs.model_fields[name]) for name in PRICES)


def prices(scenario: ScenarioRecord) -> str:
    """Return what amounts of money rest on, as every table and picture of them says it."""
    if not prices_are_default(scenario):
        return "stated prices"
    default, own = FACTS["currency"].default, scenario.company.firm.currency
    return f"default prices ({default})" if own in (None, default) else f"default prices ({default}, taken as {own})"


def market_price_note(company: Company) -> str:
    """Return what stands beside costs per click and per thousand impressions, and whether the firm has stated it."""
    given, currency = company.firm.given(), company.firm.values()["currency"]
    per_click, per_thousand = (f"{company.firm.market_price(name):g}" for name in MARKET_PRICES)
    text = f"Market prices: {per_click} {currency} a click, {per_thousand} {currency} a thousand impressions"
    missing = [f"company.{name}" for name in MARKET_PRICES if name not in given]
    if not missing:
        return f"{text}, as stated."
    default = FACTS["currency"].default
    taken = "" if currency == default else f" in {default}, taken as {currency}"
    return f"{text}; default prices{taken}: state yours in {' and '.join(missing)}."


def price_notes(scenario: ScenarioRecord) -> list[str]:
    """Return what a reader of costs must know, where a program costs anything."""
    if scenario.program is None or not prices_are_default(scenario):
        return []
    return [f"Costs are at {prices(scenario)}: state yours in costs.* and company.currency."]


def program(plan: Program | None) -> str:
    """Return a program in a few words."""
    if plan is None:
        return "No program"
    people = advocates(plan.people) if isinstance(plan.people, ActiveAdvocates) else invited(plan.people)
    return ", ".join([people, *_pace(plan)])


def _pace(plan: Program) -> list[str]:
    posts = f"{plan.posts_per_week:g} post{'' if plan.posts_per_week == 1 else 's'} a week"
    return [posts] if plan.mode == "voluntary" else [posts, plan.mode]


def in_full(value: Program | Selection | ActiveAdvocates, company: Company) -> str:
    """Return a program, or who is in it, in words that tell apart what differs."""
    if isinstance(value, ActiveAdvocates):
        return advocates(value)
    if isinstance(value, Selection):
        return ", ".join([invited(value), *_rest(value, IN_INVITED, company)])
    people = in_full(value.people, company)
    return ", ".join([people, *_pace(value), *_rest(value, IN_PROGRAM, company)])


def _rest(value: Group, said: tuple[str, ...], company: Company) -> list[str]:
    """What is not at its default and not said already."""
    fields = {name: field for name, field in type(value).model_fields.items() if name not in said}
    found = {name: getattr(value, name) for name, field in fields.items() if getattr(value, name) != default_of(field)}
    return [f"{name} {shown(discreet(name, part, company))}" for name, part in found.items()]


def advocates(people: ActiveAdvocates) -> str:
    """Return active advocates in a few words: how many."""
    number, named = people.count(), " named" if people.names is not None else ""
    return f"{number:,}{named} advocate{'' if number == 1 else 's'}"


def invited(rule: Selection) -> str:
    """Return a selection in a few words: how many, in which order."""
    number = rule.count()
    waves = f" in {len(rule.waves)} waves" if len(rule.waves) > 1 else ""
    if rule.names is not None:
        return f"{number:,} named and invited{waves}"
    if number is None:
        return f"all{' eligible' if rule.has_filter else ''} invited{waves}"
    how = f"by readiness ({rule.goal})" if rule.order == "readiness" else HOW.get(rule.order, f"by {rule.order}")
    return f"{number:,} {how}{' in quotas' if rule.quotas is not None else ''}{waves}"


def shown(value: Any) -> str:
    """Return a value as a person reads it: shortest digits, off for None."""
    if value is None:
        return "off"
    if isinstance(value, tuple):
        return ", ".join(map(shown, value)) or "none"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
