"""A scenario: one company, one period, one program or none, and every number of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd

from groundswell.common import arguments
from groundswell.company import Company
from groundswell.company.assemble import with_facts
from groundswell.company.facts import FACTS
from groundswell.company.pseudonyms import Key
from groundswell.errors import InvalidInput, Problem, UnknownName, invalid
from groundswell.scenario import cascade, document, names, program_rules, rules, to_core
from groundswell.scenario import describe as text
from groundswell.scenario import parameters as schema
from groundswell.scenario.addresses import changed_fields, is_address, nearest_address
from groundswell.scenario.inputs import stated
from groundswell.scenario.platform_choice import with_default_shares, with_shares
from groundswell.scenario.program import Program
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.priors import Prior, Priors, without_unit


class Scenario(ScenarioRecord):
    """What is simulated. A frozen value: change it with ``replace``.

    Parameters
    ----------
    company
        the firm.
    start
        first day of the horizon, 1970-01-01 to 2200-12-31; a date, an ISO string or a timestamp at midnight.
    weeks
        length of the horizon, 4 to 156.
    label
        name of the design; made up from the program and the changes if absent.
    warm_up_weeks
        weeks before the horizon, with no program but one that already runs, 0 to 104.
    follow_up_weeks
        weeks after it in which nobody posts and views still arrive, 0 to 52.
    program
        a ``Program``, or None.
    running_program
        "keep" or "stop" the program that the company already has (``company.with_members``) on the first day of the
        horizon; kept, it goes on beside the people whom ``program.select`` invites, or alone.
    workforce, audience, platforms, content, posting, credibility, feed, awareness, participation, retention, costs
        the model's numbers.
    priors
        what is plausible about a number, by address; `prior` sets one.

    Raises
    ------
    InvalidInput
        one line a problem, with address, value and rule.
    """

    def __init__(
        self,
        company: Company,
        start: date | datetime | str | np.datetime64,
        weeks: int = 52,
        label: str | None = None,
        *,
        warm_up_weeks: int = 26,
        follow_up_weeks: int = 4,
        program: Program | None = None,
        running_program: str = "keep",
        **groups: Any,
    ) -> None:
        made_up = label is None
        given: dict[str, Any] = {
            "company": company,
            "start": start,
            "weeks": weeks,
            "label": "made up" if made_up else label,
            "warm_up_weeks": warm_up_weeks,
            "follow_up_weeks": follow_up_weeks,
            "program": program,
            "running_program": running_program,
        }
        super().__init__(**with_default_shares({**given, **groups}))
        checked = tuple((address, without_unit(prior)) for address, prior in self.priors.items())
        self.__dict__["priors"] = Priors(checked)  # a unit is there to be checked: with it or not, it is one prior
        if made_up:
            self.__dict__["label"] = text.label(self)  # still under construction: nobody has seen the frozen value

    def _broken_rules(self) -> Iterable[Problem]:
        return rules.broken(self)

    @property
    def warnings(self) -> pd.DataFrame:
        """What the numbers themselves warn of, before a run: columns code, count, examples, consequence.

        ``cascades_grow``: a platform on which an act sets off one more or more at hop 2 (``scenario.cascade``).
        ``selection_part_not_used``, ``waves_leave_people_out``, ``members_not_invited``: parts of ``program.select``
        that do nothing, people who are in the program that runs already. ``prior_without_stated_value``: a prior that
        was set, and in which the stated value does not lie (1 % to 99 % of it).
        """
        rows = [*cascade.growing(self), *program_rules.warnings(self), *stated.warnings(self)]
        return pd.DataFrame(rows, columns=["code", "count", "examples", "consequence"])

    def replace(self, changes: Mapping[str, Any] | None = None, /, **fields: Any) -> Self:
        """Return a new scenario with some values changed.

        Parameters
        ----------
        changes
            dotted address to value, as in ``{"program.posts_per_week": 1, "feed.viewer_limit": None}``; facts of
            the company too, as in ``{"company.people_recruiter_share": 0.5}``.
        **fields
            fields of the scenario by name, as in ``label="Quiet"``, ``program=None``.

        Shares of posts over platforms follow where they are not stated: ``{"platforms.only": "facebook"}`` moves all of
        them there, ``{"program.platforms.x": 0.3}`` rescales the others to .7 in proportion; ``diff`` lists each.

        Without ``label`` the new one is made up: from the program and the changes from the default if the
        old one was, else from the old label and the changes.

        Raises
        ------
        UnknownName
            an address that does not exist, with the nearest one that does.
        InvalidInput
            a value that breaks a rule.
        """
        merged = {} if changes is None else arguments.by_address("changes", changes)
        twice = sorted(set(merged) & set(fields))
        if twice:
            raise InvalidInput(f"{', '.join(twice)}: given twice, as an address and as a keyword")
        merged |= fields
        facts = {address.partition(".")[2]: merged.pop(address) for address in list(merged) if _is_fact(address)}
        if facts and "company" in merged:
            rule = f"changed as a whole and in parts ({', '.join(facts)}) at once; give one of them"
            raise InvalidInput(f"company: {rule}")
        if facts:
            merged["company"] = with_facts(self.company, facts)
        merged = with_shares(self, merged)
        values = changed_fields(self, merged, type(self))
        if merged.get("label") is not None:
            return type(self)(**values)
        new = type(self)(**(values | {"label": None}))
        if self.label == text.label(self):
            return new
        label = self.label if new.diff(self).empty else text.derived_label(self, new)
        return type(self)(**(values | {"label": label}))

    def prior(self, address: str | Mapping[str, Any], prior: Prior | str | None = None) -> Self:
        """Return a new scenario with the prior of a number: what `compare` draws it from in its second block.

        Parameters
        ----------
        address
            of the number, as in ``"awareness.half_life_weeks"``, or a mapping of addresses to priors; that of shares
            that sum to 1, as in ``"platforms.linkedin.mix"``, takes ``gs.dirichlet()``.
        prior
            ``gs.uniform(2, 6)``, ``gs.lognormal(median, log_sd)``, ``gs.normal``, ``gs.beta``, ``gs.loguniform``, or
            text, ``"uniform(2, 6)"``. ``gs.fixed()`` keeps the stated value; None goes back to what the schema has.

        The stated value, and with it every number of `simulate`, stays as it is. Numbers are in the unit of the
        parameter (``gs.parameters()``). A unit that is named, ``gs.uniform(2, 6, unit="weeks")`` or
        ``"uniform(2, 6) weeks"``, is compared with it; without one only bounds are checked, and a prior that leaves
        the stated value out, as days in place of weeks do, is the warning ``prior_without_stated_value``.

        Raises
        ------
        UnknownName
            an address that does not exist, with the nearest one that does.
        InvalidInput
            not a number; a prior beyond the bounds of the number, or in another unit.
        """
        if isinstance(address, Mapping) and prior is not None:
            raise invalid("prior", prior, "must be left out where address is a mapping, which has the priors itself")
        given = address if isinstance(address, Mapping) else {address: prior}
        new = arguments.by_address("address", given)
        for name in new:
            arguments.text("address", name)
            if not (is_address(name, type(self)) or name.partition(".")[2] in FACTS):
                rule = f"no such address; {nearest_address(name, type(self))}"
                raise UnknownName(problems=[Problem((name,), "", rule)])
        merged = {**self.priors, **new}
        priors = {name: value for name, value in merged.items() if value is not None}
        return self.replace({"priors": priors}, label=self.label)

    def diff(self, other: Scenario) -> pd.DataFrame:
        """Return what differs: one row a parameter, columns path, this, other, unit.

        Labels are not compared.
        """
        if not isinstance(other, Scenario):
            raise InvalidInput(f"other: diff takes a Scenario, not {type(other).__name__}")
        return text.difference(self, other)

    def parameters(self) -> pd.DataFrame:
        """Every parameter: path, value, default, changed, unit, bounds, prior, drawn, source, tag, description."""
        return schema.frame(type(self), self)

    def describe(self) -> pd.DataFrame:
        """Return what is on, off, changed, default and imputed: columns part, state, detail."""
        return text.describe(self)

    def core_parameters(self) -> dict[str, Any]:
        """Return the core's nested dict: keys are fields of the C++ Params structs, None is infinity."""
        return to_core.parameters(self)

    def core_design(self) -> dict[str, Any]:
        """Return the arguments of ``_core.Design``."""
        return to_core.design(self)

    def content_hash(self) -> str:
        """SHA-256 of what decides the numbers: not the label, not the ids (names by employee number)."""
        return to_core.content_hash(self)

    def to_yaml(self, key: Key | str | Path | None = None) -> str:
        """Return the scenario as YAML, every value written out; of the company its name and hash.

        Named people, and departments and regions of under 5, are pseudonyms under ``key``, by default
        ``gs.own_key()``; no id is in the text.
        """
        return document.write(self, key)

    @classmethod
    def from_yaml(
        cls,
        source: str,
        company: Company | None = None,
        *,
        any_company: bool = False,
        key: Key | str | Path | None = None,
    ) -> Self:
        """Return a scenario from YAML text. Loading runs nothing; what is not in the text has its default.

        Parameters
        ----------
        source
            The text, not a path.
        company
            The firm; may be left out where the text names a synthetic one.
        any_company
            Accept another company than the one whose hash is in the text.
        key
            What named advocates were written under, a key or its file; by default ``gs.own_key()``.

        Raises
        ------
        InvalidInput
            Hostile or malformed YAML, unknown keys, values that break a rule, another company, another key.
        """
        firm, values = document.read(source, company, any_company=any_company, key=key)
        return cls(firm, **values)

    def pseudonymized(self) -> Self:
        """Return the same scenario without the analyst's ids: employees by number.

        Its hash and numbers are the same.
        """
        changes: dict[str, Any] = {"company": self.company.pseudonymized(), "label": self.label}
        named = names.named(self.program)
        if named is not None:
            address, ids = named
            changes[address] = tuple(int(i) for i in self.company.numbers_of(ids, address))
        return self.replace(changes)

    def __repr__(self) -> str:
        return text.plain(self)

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return text.html(self)


def _is_fact(address: str) -> bool:
    return address.startswith("company.")


def parameters() -> pd.DataFrame:
    """Return every parameter at its default, one row each.

    Columns: path, value, default, changed, unit, bounds, prior, drawn, source, tag, description. ``source`` has parts,
    separated by semicolons; each begins with rows of ``gs.evidence()`` in brackets, as in ``[2.8] [2.13]``, or with a
    word: assumption (nobody has measured it, or not its size), prototypes and calibrated (tuned, on the target of
    ``gs.validate()`` that is named), definition, design (the analyst chooses it); a note may follow after a colon.
    """
    return schema.frame(Scenario)
