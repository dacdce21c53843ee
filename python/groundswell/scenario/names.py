"""People and small groups that a program names, in the YAML of a scenario: pseudonyms, so that it can be a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from groundswell.common.ids import Id
from groundswell.company.company import Company
from groundswell.company.pseudonyms import Key, as_key
from groundswell.company.saved import SavedCompany
from groundswell.company.small_groups import MIN_GROUP, small_labels
from groundswell.errors import InvalidInput, did_you_mean, shown
from groundswell.scenario.program.program import Program

Words: TypeAlias = Mapping[str, Mapping[str, str]]  # by department, region: a label, and what stands for it
KINDS = ("department", "region")
PARTS = ("advocates", "select")
KEY = "key"  # entry of the text: fingerprint of the key its pseudonyms are made with


def named(program: Program | None) -> tuple[str, tuple[Id, ...]] | None:
    """Return the address of the people that a program names, and their ids; None where it names nobody."""
    if program is None or program.people.names is None:
        return None
    return ".".join((*program.people.address, "names")), program.people.names


def hide(company: Company, names: Sequence[Id], key: Key | str | Path | None) -> tuple[list[Id], str | None]:
    """Names as a text has them, and the key's fingerprint.

    Employees of a synthetic company are nobody: they keep their numbers. Of a company that was opened without its key
    the ids are pseudonyms already.
    """
    if company.is_synthetic:
        return list(names), None
    if isinstance(company, SavedCompany):
        return list(names), company.fingerprint or None
    chosen = as_key(key)
    return list(chosen.pseudonyms(names)), chosen.fingerprint


def hidden_labels(
    company: Company, key: Key | str | Path | None, used: set[tuple[str, str]]
) -> tuple[Words, str | None]:
    """Pseudonyms of the small groups that are used, and the key's fingerprint; nothing where none is used.

    A company that was opened without its key has no names of small groups.
    """
    small = {kind: [company.labels[kind][i] for i in sorted(small_labels(company, kind, MIN_GROUP))] for kind in KINDS}
    if isinstance(company, SavedCompany) or not any((kind, label) in used for kind in KINDS for label in small[kind]):
        return {}, None
    chosen = as_key(key)
    words = {kind: dict(zip(labels, chosen.pseudonyms(labels), strict=True)) for kind, labels in small.items()}
    return words, chosen.fingerprint


def suppressed(company: Company, least: int) -> Words:
    """Return what stands for small groups where no key is at hand: their place in the company."""
    return {
        kind: {company.labels[kind][i]: f"suppressed {i + 1}" for i in sorted(small_labels(company, kind, least))}
        for kind in KINDS
    }


def relabeled(program: Any, words: Words) -> Any:
    """Return a program of plain values with other words for departments and regions; what has no word stays."""
    if not isinstance(program, dict) or not isinstance(program.get("select"), dict):
        return program
    department, region = (words.get(kind, {}) for kind in KINDS)
    found = dict(program["select"])
    for name, known in (("departments", department), ("regions", region)):
        if isinstance(found.get(name), list):
            found[name] = [_word(known, label) for label in found[name]]
    if isinstance(found.get("quotas"), dict):
        found["quotas"] = {_word(department, label): number for label, number in found["quotas"].items()}
    if isinstance(found.get("waves"), list):
        found["waves"] = [_wave(wave, department) for wave in found["waves"]]
    return program | {"select": found}


def used_labels(program: Any) -> set[tuple[str, str]]:
    """Return kind and label of every group that a program of plain values names."""
    return set(_used(program["select"])) if program is not None and program["select"] is not None else set()


def _used(select: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, labels in (("department", select["departments"]), ("region", select["regions"])):
        yield from ((kind, label) for label in labels or ())
    yield from (("department", label) for label in select["quotas"] or ())
    yield from (("department", label) for wave in select["waves"] for label in wave["departments"] or ())


def _wave(wave: Any, department: Mapping[str, str]) -> Any:
    if not isinstance(wave, dict) or not isinstance(wave.get("departments"), list):
        return wave
    return wave | {"departments": [_word(department, label) for label in wave["departments"]]}


def _word(words: Mapping[str, str], label: Any) -> Any:
    return words.get(label, label) if isinstance(label, str) else label


def reveal_program(company: Company, program: Any, fingerprint: Any, key: Key | str | Path | None) -> Any:
    """Return the program of a text with ids and labels in place of pseudonyms; see ``reveal``."""
    if not isinstance(program, dict):
        return program
    found = dict(program)
    for part in PARTS:
        people = found.get(part)
        if isinstance(people, dict) and "names" in people:
            address = f"program.{part}.names"
            found[part] = people | {"names": reveal(company, people["names"], fingerprint, key, address)}
    if fingerprint is None or isinstance(company, SavedCompany) or company.is_synthetic:
        return found
    chosen = _right_key(key, fingerprint, "the groups of program.select")
    words = {
        kind: dict(zip(chosen.pseudonyms(company.labels[kind]), company.labels[kind], strict=True)) for kind in KINDS
    }
    return relabeled(found, words)


def _right_key(key: Key | str | Path | None, fingerprint: Any, what: str) -> Key:
    chosen = as_key(key)
    if chosen.fingerprint != fingerprint:
        raise InvalidInput(
            f"key: {what} are pseudonyms under the key of fingerprint {shown(fingerprint)}; this one "
            f"has {chosen.fingerprint!r}; pass key=, the path of the key file they were written under"
        )
    return chosen


def reveal(company: Company, names: Any, fingerprint: Any, key: Key | str | Path | None, address: str) -> Any:
    """Names of a text as ids of the company. Without a fingerprint they are ids, as written by hand.

    Raises
    ------
    InvalidInput
        Another key than the one the names were written under; a pseudonym of nobody in the company.
    """
    same = isinstance(company, SavedCompany) and company.fingerprint == fingerprint
    if fingerprint is None or same or not isinstance(names, list):
        return names
    chosen = _right_key(key, fingerprint, address)
    ids = dict(zip(chosen.pseudonyms(company.ids), company.ids, strict=True))
    unknown = [name for name in names if name not in ids]
    if unknown:
        rule = f"no employee has this pseudonym ({len(unknown):,} such names); {did_you_mean(unknown[0], ids, limit=3)}"
        raise InvalidInput(f"{address} = {shown(unknown[0])}: {rule}")
    return [ids[name] for name in names]
