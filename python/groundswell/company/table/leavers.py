"""Which columns say who has left, and how each would be mapped: proposed, never applied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import pandas as pd

from groundswell.common.text import quoted
from groundswell.company.table import cells
from groundswell.company.table.cells import missing, values_of
from groundswell.company.table.header_words import weight_of, words_of
from groundswell.company.table.transformations import Equals, LeftBy
from groundswell.errors import shown

LEFT = frozenset({
    "left", "leaver", "terminated", "resigned", "inactive", "former", "exited", "departed", "retired", "quit",
    "dismissed",
    "sorti", "sortie", "parti", "partie", "demissionnaire", "licencie", "licenciee", "inactif", "retraite",
    "ausgeschieden", "ausgetreten", "gekundigt", "inaktiv",
    "baja", "inactivo", "inactiva", "cesado", "cesada", "despedido", "despedida", "jubilado", "jubilada",
    "vertrokken", "inactief", "ontslagen", "uitdienst",
})  # fmt: skip
YES = frozenset({"yes", "y", "true", "oui", "ja", "si"})
NO = frozenset({"no", "n", "false", "non", "nein", "nee"})
# Words of a header whose *yes* is of those who stay, unless it denies them ("no longer employed").
STAYS = frozenset({
    "active", "employed", "presence", "present", "actif", "aktiv", "activo", "activa", "actief",
    "still", "here", "toujours", "encore", "noch", "sigue", "todavia", "nog", "payroll",
})  # fmt: skip
NOW = frozenset({"current", "currently", "works", "working"})  # the same, where no word of EITHER is beside them
# Words of values for who stays; with one of LEFT in the same column its values alone say what it is.
HERE = STAYS | frozenset({"current", "working", "angestellt", "beschaftigt", "presente"})
DENIES = frozenset({"no", "not", "non", "nicht", "niet", "longer"})
# Words of a header whose *yes* may mean either.
EITHER = frozenset({
    "status", "statut", "situation", "beschaftigungsstatus", "mitarbeiterstatus", "estado", "situacion", "estatus",
    "dienstverbandstatus", "medewerkerstatus",
})  # fmt: skip
MOST_VALUES = 20
MOST_KINDS, MOST_WORDS = 6, 3  # of a column whose values alone say who has left; more are notes on people
WHOLE = frozenset({"current", "here", "working"})  # headers that mean it alone, and not as a word of a longer one
BY_VALUES = 4.0  # weight of a column that says it by its values
Rule = str | Equals | LeftBy


def looks_like_leavers(header: str) -> bool:
    """Whether a header says who has left."""
    words = set(words_of(header)) - {"is", "flag"}
    return weight_of(header, "left") > 0 or (len(words) == 1 and words <= WHOLE)


def weight(header: str, series: pd.Series[Any]) -> float:
    """How surely a column says who has left, by its header, or by values such as *active* and *terminated*.

    It reads cells of a column that nobody has mapped, which an import does not.
    """
    by_name = weight_of(header, "left")
    return by_name if by_name > 0 else BY_VALUES if looks_like_leavers(header) or _values_say(series) else 0.0


def _values_say(series: pd.Series[Any]) -> bool:
    """Whether some value is a word for who has left and another one for who is here."""
    present = series[~missing(series)]
    try:
        different = present.drop_duplicates().tolist()
    except TypeError:
        return False
    if not 2 <= len(different) <= MOST_KINDS or not all(isinstance(value, str) for value in different):
        return False
    said = [set(words_of(value)) for value in different]
    short = all(len(words) <= MOST_WORDS for words in said)
    return short and any(LEFT & words for words in said) and any(HERE & words and not LEFT & words for words in said)


def undecided(columns: Iterable[tuple[str, pd.Series[Any]]]) -> list[tuple[str, str]]:
    """Of columns that look like leavers and are not mapped: (name, what to write for it).

    A column with one value in all rows, one that does not say *left*, tells nobody apart and is none of them.
    """
    found = []
    for name, series in columns:
        if not _tells_apart(name, series):
            continue
        rule = proposal(name, series)
        found.append((name, code(name, rule) if rule is not None else _open(name, series)))
    return found


def proposal(name: str, series: pd.Series[Any]) -> Rule | None:
    """Return how the column would be mapped to ``left``; None where no value says who has left."""
    present = [value for value, gone in zip(values_of(series), missing(series), strict=True) if not gone]
    if not present:
        return None
    if _are_dates(present):
        return LeftBy(name)
    yes = _what_yes_says(name)
    different = cells.different(present)
    if all(isinstance(value, bool) for value in different) and yes == "left":
        return name
    said = [value for value in different if _says_left(value, yes)]
    if said and len(said) < len(different) <= MOST_VALUES:
        return Equals(name, tuple(said))
    return None


def code(name: str, rule: Rule) -> str:
    """Return a rule as Python to paste."""
    if isinstance(rule, str):
        return quoted(name)
    if isinstance(rule, LeftBy):
        return f"gs.left_by({quoted(name)})"
    return f"gs.equals({quoted(name)}, {', '.join(quoted(value) for value in rule.values)})"


def _tells_apart(name: str, series: pd.Series[Any]) -> bool:
    empty = missing(series)
    present = {str(value) for value, gone in zip(values_of(series), empty, strict=True) if not gone}
    if len(present) + bool(empty.any()) != 1:
        return True
    yes = _what_yes_says(name)
    return any(_says_left(value, yes) for value in present)


def _open(name: str, series: pd.Series[Any]) -> str:
    values = [value for value, gone in zip(values_of(series), missing(series), strict=True) if not gone]
    some = ", ".join(shown(value, 30) for value in cells.different(values[:1000]))
    return f"gs.equals({quoted(name)}, …) with the values that mean left, of {some[:200]}"


def _are_dates(present: list[Any]) -> bool:
    try:
        for value in present:
            cells.to_date(value)
    except ValueError:
        return False
    return True


def _what_yes_says(header: str) -> Literal["left", "stays", "either"]:
    """What *yes*, *true* and 1 say in a column of this header; a *status* of 1 may be both."""
    words = set(words_of(header))
    here = STAYS & words or (NOW & words and not EITHER & words)
    if here and not DENIES & words:
        return "stays"
    return "either" if EITHER & words else "left"


def _says_left(value: object, yes: Literal["left", "stays", "either"]) -> bool:
    if isinstance(value, bool | int | float):
        return yes != "either" and value == (0 if yes == "stays" else 1)
    words = set(words_of(str(value)))
    if {"uit", "dienst"} <= words:
        return True
    return bool(words & (LEFT | {"left": YES, "stays": NO, "either": frozenset()}[yes]))
