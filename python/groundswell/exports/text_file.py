"""Bytes of a text file as rows of cells, each with the line it begins in."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer
import clevercsv

from groundswell.errors import InvalidInput, shown
from groundswell.exports.export import SEPARATORS

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
# Encodings of Western Europe are tried first: by itself the detector takes French for an encoding of the Baltic.
WESTERN = ["cp1252", "mac_roman", "cp850"]
SAMPLE_LINES, SAMPLE_BYTES = 120, 200_000
MOST_BYTES = 2_000_000_000
LONGEST_CELL = 1_000_000


@dataclass(frozen=True)
class Row:
    """One row: the number that a person sees, and its cells."""

    number: int
    cells: list[object]


def bytes_of(path: Path) -> bytes:
    """Return the content of a file, unpacked; InvalidInput where it cannot be read or is too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InvalidInput(f"has {path.stat().st_size:,} bytes; at most {MOST_BYTES:,} are read")
        if path.suffix.lower() != ".gz":
            return path.read_bytes()
        with gzip.open(path) as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise InvalidInput("there is no such file") from None
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidInput(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > MOST_BYTES:
        raise InvalidInput(f"unpacks to more than {MOST_BYTES:,} bytes")
    return content


def decode(content: bytes, encoding: str | None) -> tuple[str, str]:
    """Return the text, and the encoding it was read in.

    UTF-8 where it is that; else what the detector says, asked about Western encodings first.
    """
    if encoding is not None:
        return _decoded(content, encoding), encoding
    for mark, name in MARKS:
        if content.startswith(mark):
            return _decoded(content, name), name
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        at = error.start
    sample = content[max(at - SAMPLE_BYTES, 0) : at + SAMPLE_BYTES]
    for wanted in (WESTERN, None):
        best = charset_normalizer.from_bytes(sample, cp_isolation=wanted).best()
        if best is not None:
            try:
                return content.decode(best.encoding), best.encoding
            except UnicodeDecodeError:
                continue
    line = content.count(b"\n", 0, at) + 1
    rule = "is not UTF-8, and no other encoding fits; give encoding="
    raise InvalidInput(f"line {line}: byte 0x{content[at]:02x} {rule}")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError:
        raise InvalidInput(f"encoding = {shown(encoding)}: no such encoding; as in utf-8, cp1252, utf-16") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidInput(f"line {line}: not {encoding} ({error.reason}); give encoding=") from None
    except (UnicodeError, ValueError) as error:
        raise InvalidInput(f"encoding = {shown(encoding)}: {error}") from None


def separator(text: str) -> str:
    """Return what separates the fields; a comma where there is one column only."""
    lines = text[:SAMPLE_BYTES].splitlines()[:SAMPLE_LINES]
    try:
        found = clevercsv.Detector().detect("\n".join(lines) + "\n", delimiters=list(SEPARATORS))
    except Exception:  # the detector gives up in ways of its own; a comma then shows one column, and the error says so
        found = None
    return found.delimiter if found is not None and found.delimiter in SEPARATORS else ","


def rows_of(text: str, sep: str) -> list[Row]:
    """Return every row with the line it begins in; rows without a character are left out.

    Raises
    ------
    InvalidInput
        A quote that is never closed, a cell of more than a million characters, with the line.
    """
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InvalidInput(f"line {line}: has the character NUL: not a text file, or another encoding; give encoding=")
    before = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sep, strict=True)
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append(Row(begins, list(cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        rule = "a quote that is not closed, or a cell that is no cell" if "quote" in str(error) else str(error)
        raise InvalidInput(f"line {begins}: cannot be read as fields separated by {shown(sep)}: {rule}") from None
    finally:
        csv.field_size_limit(before)
    return rows
