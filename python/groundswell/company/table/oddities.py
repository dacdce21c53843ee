"""What looks wrong in a column but can be read: named, counted and shown before anything runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from groundswell.errors import shown

WarningRow = tuple[str, int, str, str]
MOST_EXAMPLES = 3
E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_NAME = 80
TOTAL = re.compile(
    r"(sub|sous|zwischen|tussen)?[ -]?(totals?|totaux|summe|totaal)\b|\b(total|totaal|gesamt)$", re.IGNORECASE
)


def looks_like_a_name(text: str) -> bool:
    """Whether text is two words or more of letters, as in Ann Lee; Lee, Ann; O'Neil, Tim."""
    words = text.replace(",", " ").split()
    letters = ["".join(sign for sign in word if sign not in ".'’-") for word in words]
    return len(text) <= LONGEST_NAME and len(words) > 1 and all(word.isalpha() for word in letters)


def spellings(labels: Sequence[str]) -> list[tuple[str, ...]]:
    """Groups of labels that differ by case, spaces or the composition of accents alone."""
    groups: dict[str, list[str]] = {}
    for label in labels:
        same = " ".join(unicodedata.normalize("NFKC", label).casefold().split())
        groups.setdefault(same, []).append(label)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def spelling_warning(field: str, labels: Sequence[str]) -> list[WarningRow]:
    """A row where labels of a field differ by spelling alone; they stay apart."""
    groups = spellings(labels)
    if not groups:
        return []
    some = "; ".join(" and ".join(shown(label, 40) for label in group) for group in groups[:MOST_EXAMPLES])
    rule = f"{field}: names that differ by case, spaces or the composition of accents are different groups here"
    return [("spellings_differ", len(groups), some, f"{rule}; write them alike in the table if they are one")]


def personal_ids(ids: Iterable[object]) -> list[WarningRow]:
    """A row where ids look like names or e-mail addresses of people."""
    texts = [name for name in ids if isinstance(name, str) and len(name) <= LONGEST_NAME]
    found = [name for name in texts if looks_like_a_name(name) or E_MAIL.fullmatch(name)]
    if not found:
        return []
    rule = "look like names or e-mail addresses; they stay on this machine, files have pseudonyms in their place"
    return [("ids_look_personal", len(found), "", f"ids {rule}; a personnel number is the safer id")]


def spelled_alike(ids: Iterable[object]) -> list[WarningRow]:
    """A row where ids differ by case, spaces or the composition of accents alone; they stay different people."""
    groups = spellings([name for name in ids if isinstance(name, str)])
    rule = "ids that differ by case, spaces or the composition of accents alone are different people here"
    return [("ids_spelled_alike", len(groups), "", rule)] if groups else []


def total_ids(ids: Iterable[object]) -> list[WarningRow]:
    """A row where ids read like totals of a report, and may be no people."""
    found = [name for name in ids if isinstance(name, str) and TOTAL.search(name[:LONGEST_NAME])]
    if not found:
        return []
    some = ", ".join(shown(name, 40) for name in found[:MOST_EXAMPLES])
    rule = "simulated as employees: their ids read like totals; take them out"
    return [("looks_like_totals", len(found), some, rule)]


def unused_columns(names: Sequence[Any]) -> list[WarningRow]:
    """A row with every column that was not read."""
    if not names:
        return []
    return [("columns_not_used", len(names), ", ".join(map(str, names)), "not read: no field is mapped to them")]
