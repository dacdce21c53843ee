"""Programs that firms run or argue about, named for what they are. Each is a start for a design, not advice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from groundswell.common import arguments
from groundswell.errors import InvalidInput, UnknownName, did_you_mean, shown
from groundswell.scenario import Program, Scenario, Selection

SMALL_SHARE = 0.1  # of the employees, in the small chosen team
COLUMNS = ["name", "label", "what_it_is", "sets", "stands_for"]


@dataclass(frozen=True)
class Preset:
    """A program of any company.

    Attributes
    ----------
    name, label
        for code and for tables.
    what
        what it is, in a sentence.
    claim
        the claim of practitioners that it stands for.
    levers
        levers of ``Program`` that it sets; None: no program at all.
    chosen
        whether a small team is chosen; else everyone is invited.
    """

    name: str
    label: str
    what: str
    claim: str
    levers: Mapping[str, Any] | None
    chosen: bool = False

    def plain(self, employees: int) -> dict[str, Any] | None:
        """The program for a company of this size as plain values, as a scenario file has it."""
        if self.levers is None:
            return None
        size = max(round(SMALL_SHARE * employees), 1)
        rule = {"order": "readiness", "goal": "awareness", "size": size} if self.chosen else {}
        return {"select": rule, **self.levers}

    def program(self, employees: int) -> Program | None:
        """The program for a company of this size."""
        plain = self.plain(employees)
        return None if plain is None else Program(**plain | {"select": Selection(**plain["select"])})

    def sets(self) -> dict[str, Any]:
        """Address and value of everything that it sets; a size as a share of the employees."""
        if self.levers is None:
            return {"program": None}
        found: dict[str, Any] = {"program.select": "everyone"}
        if self.chosen:
            found = {"program.select.order": "readiness", "program.select.goal": "awareness",
                     "program.select.size": f"{SMALL_SHARE:.0%} of the employees"}  # fmt: skip
        for lever, value in self.levers.items():
            parts = value if isinstance(value, Mapping) else {"": value}
            found |= {f"program.{lever}.{part}".rstrip("."): inner for part, inner in parts.items()}
        return found


def _mix(story: float, product: float, press_release: float, job: float, third_party: float) -> dict[str, float]:
    return {"story": story, "product": product, "press_release": press_release, "job": job, "third_party": third_party}


PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("no_program", "No program", "The page and unprompted sharers only.",
               "how much would have happened anyway", None),
        Preset("invite_everyone", "Invite everyone",
               "All employees are invited, with guidelines; nobody has to, nobody looks after it.",
               "10,000 employees act as one decentralized marketing force", {"guidelines": 1.0}),
        Preset("invite_a_tenth", "Invite a tenth",
               "As 'Invite everyone', but only the tenth of the employees with the highest readiness score is invited.",
               "whom to invite, with all else the same", {"guidelines": 1.0}, chosen=True),
        Preset("press_release_machine", "Press-release machine",
               "Everyone is invited to pass on supplied press releases and product posts, word for word, and nothing "
               "that is not about the company.",
               "over-posting floods feeds; press releases repel",
               {"guidelines": 1.0, "company_content_fraction": 1.0, "own_words": 0.0,
                "mix": _mix(0, 0.3, 0.7, 0, 0)}),
        Preset("mandate", "Mandate", "As 'Invite everyone', but nobody may decline.", "mandates backfire",
               {"guidelines": 1.0, "mode": "mandatory"}),
        Preset("small_team", "Small chosen team",
               "The tenth of the employees with the highest readiness score is invited, trained for four hours, with a "
               "champion and visible leaders.",
               "whom to invite: a chosen team against 'invite everyone with more than 500 contacts'; "
               "training and leadership decide",
               {"guidelines": 1.0, "champion": 1.0, "leadership": 1.0, "training_hours_per_person": 4.0}, chosen=True),
        Preset("story_tellers", "Story-tellers, 20 % company",
               "Everyone is invited to tell stories in own words; one post in five is about the company.",
               "with a 20 % cap on company content, employees out-post the brand accounts six times; stories persuade",
               {"guidelines": 1.0, "company_content_fraction": 0.2, "own_words": 1.0,
                "mix": _mix(0.7, 0.1, 0, 0.1, 0.1)}),
    )
}  # fmt: skip


def names() -> list[str]:
    """Names of all presets."""
    return list(PRESETS)


def table() -> pd.DataFrame:
    """Return one row a preset: name, label, what_it_is, sets (address = value, in one text), stands_for (the claim)."""
    rows = []
    for preset in PRESETS.values():
        sets = ", ".join(f"{address} = {_text(value)}" for address, value in preset.sets().items())
        rows.append((preset.name, preset.label, preset.what, sets, preset.claim))
    return pd.DataFrame(rows, columns=COLUMNS)


def settings() -> pd.DataFrame:
    """Return one row an address that a preset sets: name, address (as in ``gs.parameters()``), value.

    'everyone' stands for ``gs.Selection()``, a share of the employees for a whole number.
    """
    rows = [(p.name, address, value) for p in PRESETS.values() for address, value in p.sets().items()]
    return pd.DataFrame(rows, columns=["name", "address", "value"])


def program(base: Scenario, name: str) -> Program | None:
    """Return the program of a preset for the company of ``base``; None of 'no_program'."""
    return find(name).program(_scenario(base).company.employees)


def design(base: Scenario, name: str) -> Scenario:
    """Return ``base`` with the program of a preset in place of its own, and the label of the preset.

    Everything else of ``base`` stays. What the preset does not set is at its default (``gs.levers()``), as 4 posts a
    week of which half are about the company; ``replace`` changes it.

    Raises
    ------
    UnknownName
        No preset of that name; the message has the nearest.
    """
    return _scenario(base).replace(label=find(name).label, program=program(base, name))


def designs(base: Scenario, which: Iterable[str] | None = None) -> list[Scenario]:
    """Return the designs of these presets, of all by default; ``gs.compare(designs[1:], baseline=designs[0])``."""
    if isinstance(which, str):
        raise InvalidInput(f"which = {shown(which)}: must be a list of names; gs.presets.design takes one")
    return [design(base, name) for name in (PRESETS if which is None else which)]


def find(name: object) -> Preset:
    """Return the preset; UnknownName with the nearest one."""
    known = arguments.text("name", name)
    if known not in PRESETS:
        raise UnknownName(f"name: no preset of the name {shown(name)}; {did_you_mean(name, PRESETS)}")
    return PRESETS[known]


def _scenario(base: Scenario) -> Scenario:
    if not isinstance(base, Scenario):
        raise InvalidInput(f"base = {shown(base)}: must be a gs.Scenario, whose company and period the design takes")
    return base


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else "none" if value is None else str(value)
