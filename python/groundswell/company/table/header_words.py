"""Words of column headers in English, French, German, Spanish and Dutch, and the fields they mean: one table.

A phrase is written without accents and capitals, as ``words_of`` makes a header. The weight says how surely a header
with the phrase is the field: from 2.7 on a new study takes the column unasked, below 2 it is only an alternative.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("header_words.csv")  # a row a field and weight, a column a language, | between phrases


# Words that a header of the field cannot have.
NEVER: Mapping[str, frozenset[str]] = {
    "id": frozenset({"manager", "supervisor", "responsable", "vorgesetzter", "vorgesetzten", "jefe", "leidinggevende",
                     "reports", "superieur"}),
    "department": frozenset({"head", "manager", "date"}),
    "seniority": frozenset({"stock", "option", "education", "performance", "satisfaction", "formation", "estudios"}),
    "connections": frozenset({"facebook", "fb", "instagram", "twitter", "x"}),
    "hire_date": frozenset({"birth", "termination", "exit", "end", "experience", "age", "naissance", "geburt",
                            "nacimiento", "geboorte", "sortie", "austritt", "baja", "uit", "original"}),
    "satisfaction": frozenset({"customer", "date", "id", "client", "kunden", "cliente", "klant"}),
    "contract": frozenset({"date", "end", "start", "fin", "debut", "number", "numero", "id", "datum", "fecha"}),
    "manager": frozenset({"years", "with", "curr", "email", "courriel", "correo", "level", "count"}),
    "left": frozenset({"marital", "civil", "matrimonial", "familien", "familiaire", "burgerlijke", "visa", "handed",
                       "probation", "vacation", "leave", "over", "order", "performance", "training",
                       "cadre", "social", "directory", "projects", "years", "familiale", "exempt", "k", "revenue",
                       "interview"}),
}  # fmt: skip


def words_of(header: str) -> list[str]:
    """Return a header as words without accents and capitals: EmployeeNumber is employee, number."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", spaced.casefold()) if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", bare)


@cache
def _table() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


@cache
def phrases(field: str) -> Mapping[str, float]:
    """Return the phrases of a field in every language, each with its largest weight."""
    found: dict[str, float] = {}
    for row in _table():
        texts = [text for name, text in row.items() if name not in ("field", "weight")]
        for phrase in "|".join(texts).split("|") if row["field"] == field else ():
            if phrase:
                found[phrase] = max(found.get(phrase, 0.0), float(row["weight"]))
    return found


def weight_of(header: str, field: str) -> float:
    """How well a header fits a field: the heaviest phrase in it, less a little for every other word; 0 for none."""
    return weigh(words_of(header), phrases(field), NEVER.get(field, frozenset()))


def weigh(words: list[str], known: Mapping[str, float], never: frozenset[str]) -> float:
    """See ``weight_of``."""
    if never & set(words):
        return 0.0
    text, whole = f" {' '.join(words)} ", "".join(words)
    fits = [
        weight - 0.1 * (0 if phrase.replace(" ", "") == whole else len(words) - len(phrase.split()))
        for phrase, weight in known.items()
        if f" {phrase} " in text or phrase.replace(" ", "") == whole
    ]
    return max(fits, default=0.0)
