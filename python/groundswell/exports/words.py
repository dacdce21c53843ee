"""Words around a table of a report: totals, last lines, page numbers; English, French, German, Spanish, Dutch."""

from __future__ import annotations

import re

_TOTALS = (
    "total", "totals", "grand total", "overall total", "subtotal", "sub-total", "sub total",
    "total général", "total general", "sous-total", "somme totale",
    "gesamt", "gesamtsumme", "summe", "zwischensumme", "endsumme", "insgesamt",
    "suma total", "totales", "totaal", "eindtotaal", "subtotaal", "algemeen totaal",
)  # fmt: skip
_ALSO_NAMES = (  # words that are a person's name or a department's somewhere
    "sum", "count", "average", "mean", "somme", "moyenne", "nombre", "ensemble", "anzahl", "mittelwert", "durchschnitt",
    "suma", "promedio", "media", "número", "som", "aantal", "gemiddelde",
)  # fmt: skip
_COUNTED = (
    "rows?|records?|employees?|workers?|people|persons?|entries|results|lines|lignes|enregistrements|salariés|personnes"
    r"|résultats|zeilen|datensätze|einträge|mitarbeiter\w*|personen|filas|registros|empleados|personas|resultados"
    "|rijen|regels|medewerkers|resultaten"
)
_ENDS = (
    "end of (?:the )?(?:report|file|list|data|export)|ende de[sr] (?:berichts?|datei|liste|auswertung|exports?)"
    "|fin du (?:rapport|fichier)|fin de (?:la )?liste|fin del (?:informe|archivo|reporte)|fin de(?: la)? lista"
    "|einde(?: van)?(?: het| de)? (?:rapport|bestand|lijst)"
)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


TOTAL = re.compile(rf"(?:{_any((*_TOTALS, *_ALSO_NAMES))})(?!\w)", re.IGNORECASE)
TOTAL_ALONE = re.compile(rf"(?:{_any(_TOTALS)})\s*:?", re.IGNORECASE)
CLOSING = re.compile(rf"\W*(?:{_ENDS}|[\d.,\s]*\d\s+(?:{_COUNTED})(?:\W.*)?)\W*", re.IGNORECASE)
_OF = r"(?:\s*(?:/|of|sur|von|de|van)\s*\d+)?"
PAGE = re.compile(rf"\W*(?:page|seite|página|pagina|blz\.?)\s*\d+{_OF}\W*", re.IGNORECASE)
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")


def shape(cell: object) -> str:
    """The form of a cell: runs of digits as 9, runs of letters as a; E-0012 has the form a-9."""
    text = "9" if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell or "").strip()
    return _LETTERS.sub("a", _DIGITS.sub("9", text))
