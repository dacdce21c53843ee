"""Which platforms are on is one setting: shares of posts that nobody states follow it, so that they sum to 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from groundswell.errors import GroundswellError, InvalidInput
from groundswell.scenario.addresses import changed_fields, read
from groundswell.scenario.model.platform import Platforms
from groundswell.scenario.model.posting import Posting
from groundswell.scenario.model.shares import PlatformShares
from groundswell.scenario.program import Program
from groundswell.scenario.record import ScenarioRecord
from groundswell.scenario.schema.platform_table import PLATFORMS

ROOT = "platforms"
# Groups that hold shares of posts over platforms: their class, and the field that has the shares.
HOLDERS: dict[str, tuple[type[Any], str]] = {"posting": (Posting, "organic_platforms"), "program": (Program, ROOT)}


def with_shares(scenario: ScenarioRecord, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes with the shares of posts that follow from them, each by its address.

    Where some shares of a group are changed, the others of platforms that are on are rescaled in proportion so that
    all sum to 1 (in equal parts where all of these are 0). Where platforms are switched on or off and no share of a
    group is changed, shares of platforms that are off move in the same way to those that are on. Changes that are not
    valid come back as they are, and are refused by their own rules.
    """
    _check_one_way(changes)
    found = dict(changes)
    on = _on(scenario, changes)
    switched = any(address.partition(".")[0] == ROOT for address in changes)
    for group, shares in _groups(scenario):
        stated_as_a_whole = any(f"{group}.".startswith(f"{address}.") for address in changes)
        given = {name: changes[f"{group}.{name}"] for name in PLATFORMS if f"{group}.{name}" in changes}
        if on and not stated_as_a_whole and (given or switched):
            found |= {f"{group}.{name}": share for name, share in shares.filled_up(given, on).items()}
    return found


def rescales(scenario: ScenarioRecord, changes: Mapping[str, Any]) -> bool:
    """Whether some shares of a group are changed and others follow."""
    stated = {address.rpartition(".")[0] for address in changes}
    following = [address for address in with_shares(scenario, changes) if address not in changes]
    return any(address.rpartition(".")[0] in stated for address in following)


def with_default_shares(groups: Mapping[str, Any]) -> dict[str, Any]:
    """Return the groups of a new scenario; shares that are not given go to the platforms that are on, in equal parts.

    Nothing changes where LinkedIn is on: by default all posts go there.
    """
    found = dict(groups)
    platforms = _platforms(found.get(ROOT))
    if platforms is None or platforms.linkedin.on:
        return found
    shares = PlatformShares().filled_up({}, [platform.name for platform in platforms.on()])
    for name, (cls, field) in HOLDERS.items():
        value: Any = found.get(name, {} if name == "posting" else None)
        if isinstance(value, Mapping) and field not in value:
            found[name] = {**value, field: shares}
        elif type(value) is cls and field not in value.model_fields_set:
            found[name] = cls(**{**dict(value), field: shares})
    return found


def _check_one_way(changes: Mapping[str, Any]) -> None:
    switches = [f"{ROOT}.{name}.on" for name in PLATFORMS if f"{ROOT}.{name}.on" in changes]
    if switches and f"{ROOT}.only" in changes:
        raise InvalidInput(f"{ROOT}.only: says what {', '.join(switches)} says too; give one of them")


def _on(scenario: ScenarioRecord, changes: Mapping[str, Any]) -> list[str]:
    """Names of the platforms that are on after the changes; none where these are not valid."""
    mine = {address: value for address, value in changes.items() if address.partition(".")[0] == ROOT}
    try:
        platforms = _platforms(changed_fields(scenario, mine, type(scenario))[ROOT])
    except GroundswellError:
        return []
    return [] if platforms is None else [platform.name for platform in platforms.on()]


def _platforms(value: Any) -> Platforms | None:
    """Return platforms as a scenario is given them; None where nothing is given, or nothing valid."""
    try:
        return Platforms(**value) if isinstance(value, Mapping) else value if isinstance(value, Platforms) else None
    except (InvalidInput, TypeError):
        return None


def _groups(scenario: ScenarioRecord) -> Iterator[tuple[str, PlatformShares]]:
    """Addresses of the shares of a scenario, and these: organic posts, the program, its changes."""
    for name, (_, field) in HOLDERS.items():
        shares = read(scenario, (name, field))
        if shares is not None:
            yield f"{name}.{field}", shares
    for i, change in enumerate(() if scenario.program is None else scenario.program.changes):
        shares = dict(change)[ROOT]
        if shares is not None:
            yield f"program.changes.{i}.{ROOT}", shares
