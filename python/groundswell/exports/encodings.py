"""From bytes to text: a mark at the start, UTF-8, and what charset-normalizer finds likely for all else."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from charset_normalizer import from_bytes

from groundswell.errors import InvalidInput, Problem
from groundswell.exports.notes import Notes, some

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In the order in which equally likely ones are taken: charset-normalizer puts cp1250 before cp1252 by the alphabet.
LIKELY = ("cp1252", "mac_roman", "cp850", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "euc_kr")
WIDE = ("utf-16-le", "utf-16-be")
# A sign between two letters, as in Ing‚nieur: cp850 read as cp1252, which charset-normalizer finds as orderly.
ODD = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‑–·](?=[^\W\d_])")
MOST_BYTES_ASKED = 200_000
MORE_THAN_ASCII = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")


def decode(data: bytes, encoding: str | None, notes: Notes) -> tuple[str, str]:
    """Return text and the encoding; ``encoding`` is what was asked for, None to find it.

    Raises
    ------
    InvalidInput
        With the first line that cannot be decoded.
    """
    found = encoding or _found(data, notes)
    try:
        text, name = data.decode(found), found
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(found, errors="ignore").count("\n") + 1
        byte = " ".join(f"{value:02x}" for value in data[error.start : error.start + 4])
        rule = f"line {line} cannot be read as {found} (bytes {byte}); give encoding=, as in encoding='cp1252'"
        raise InvalidInput(problems=[Problem((notes.source,), "", rule)]) from None
    except UnicodeError as error:
        raise InvalidInput(problems=[Problem((notes.source,), "", f"is not {found}: {error}")]) from None
    return text.removeprefix("\ufeff"), name


def _found(data: bytes, notes: Notes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    if b"\0" in data:
        return _wide(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _likely(data, notes)
    return "utf-8"


def _wide(data: bytes) -> str:
    """UTF-16 without its mark where half of every other byte is zero; else UTF-8, whose NULs are refused later."""
    sample = data[:MOST_BYTES_ASKED]
    zeros = [sample[start::2].count(0) for start in (1, 0)]
    best = max((0, 1), key=lambda side: zeros[side])
    is_wide = zeros[best] > len(sample) / 4 and len(data) % 2 == 0
    return WIDE[best] if is_wide else "utf-8"


def _likely(data: bytes, notes: Notes) -> str:
    """The least disordered reading of the lines that are not plain ASCII; words of it are shown as a warning."""
    lines = dict.fromkeys(found[0] for found in islice(MORE_THAN_ASCII.finditer(data), 20_000))
    sample = b"\n".join(lines)[:MOST_BYTES_ASKED]
    matches = list(from_bytes(sample, cp_isolation=list(LIKELY), threshold=0.5))
    names = {name: match.chaos for match in matches for name in (match.encoding, *match.could_be_from_charset)}
    possible = [name for name in LIKELY if name in names and _decodes(data, name)]
    odd = {name: len(ODD.findall(sample.decode(name, errors="ignore"))) for name in possible}
    best = min(possible, key=lambda name: (odd[name], names[name], LIKELY.index(name)), default="cp1252")
    words = dict.fromkeys(re.findall(r"\w*[^\W\x00-\x7f]\w*", sample.decode(best, errors="ignore")))
    others = [name for name in possible if name != best and (odd[name], names[name]) == (odd[best], names[best])]
    notes.warn(
        "encoding_found",
        len(words),
        some(words, limit=5),
        f"the file does not say its encoding; read as {best}"
        + (f" (as likely: {', '.join(others)})" if others else "")
        + "; where these words look wrong, give encoding=",
    )
    return best


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True
