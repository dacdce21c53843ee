"""How inputs are damaged: bytes, JSON values, tables."""

from __future__ import annotations

import json
import math
from random import Random
from typing import Any

import numpy as np

TOKENS = [
    b"null", b"true", b"-1", b"0", b"1e999", b"-1e999", b".nan", b".inf", b"NaN", b"Infinity", b"9" * 19, b"9" * 400,
    b"18446744073709551616", b"-9223372036854775809", b"0x10", b"1_000", b"1,5", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\r\n", b"\n\n", b"\t", b" " * 40, b"[", b"]", b"{", b"}", b"[" * 40, b":", b"- ", b"&a", b"*a", b"<<: ",
    b"!!python/x",
    b"'", b'"', b"#", b"|", b">", b"%", b"@", b"\\u0000", b"\\ud800", b"2027-13-45", b"0000-00-00", b"9999-12-31",
    b"1e5",
    "é".encode(), "\u202e".encode(), "😀".encode(), b";", b",", b"=1+1", b"id", b"department", b"label", b"program",
    b"weeks: 999999", b"start: ", b"names", b"select", b"waves", b"changes", b"quotas", b"posts_per_week", b"platforms",
]  # fmt: skip
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2**31, 2**63, 2**64, -(2**70), 10**300, 0.5, -0.0, 1e308, -1e308, math.inf, -math.inf,
    math.nan, "", "x", "nan", "1", "\x00", "\ud800", "é" * 5000, [], [[]], {}, [None], ["a", "a"], [1, "a"], {"a": 1},
    "2027-13-01", "0001-01-01", "9999-12-31", "linkedin", "department", "horizon",
]  # fmt: skip
NUMBERS = [0, 1, -1, 2, 127, 255, 2**24, 2**31 - 1, 2**31, 2**32 - 1, 2**53, math.inf, -math.inf, math.nan, 1e308, -0.5]


def damaged_bytes(whole: bytes, luck: Random, others: list[bytes] | None = None, most: int = 4) -> bytes:
    """Flips, cuts, pieces twice, pieces of other inputs, odd words."""
    data = bytearray(whole)
    for _ in range(luck.randint(1, most)):
        at = luck.randrange(len(data) + 1)
        end = min(len(data), at + luck.choice([1, 1, 2, 4, 8, 32, 200]))
        kind = luck.randrange(8)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << luck.randrange(8)
        elif kind == 1 and at < len(data):
            data[at] = luck.randrange(256)
        elif kind == 2:
            del data[at:end]
        elif kind == 3:
            data[at:at] = luck.choice(TOKENS)
        elif kind == 4:
            data[at:end] = luck.choice(TOKENS)
        elif kind == 5:
            data[at:at] = data[at:end] * luck.randint(1, 3)
        elif kind == 6:
            other = luck.choice(others or [whole])
            begin = luck.randrange(len(other) + 1)
            data[at:end] = other[begin : begin + luck.choice([1, 8, 40, 200])]
        elif luck.randrange(4) == 0:
            del data[at:]
    return bytes(data)


def damaged_json(value: Any, luck: Random) -> Any:
    """The value with one place changed: another value, a key gone, an entry twice, two entries exchanged."""
    places = list(_places(value))
    holder, key = luck.choice(places)
    kind = luck.randrange(6)
    if kind == 0:
        del holder[key]
    elif kind == 1 and isinstance(holder, list):
        holder.insert(key, holder[key])
    elif kind == 2 and isinstance(holder, list):
        other = luck.randrange(len(holder))
        holder[key], holder[other] = holder[other], holder[key]
    elif kind == 3 and isinstance(holder[key], int | float):
        holder[key] += luck.choice([1, -1, 0.5, 1000])
    elif kind == 4:
        other_holder, other_key = luck.choice(places)
        holder[key] = json.loads(json.dumps(other_holder[other_key])) if _plain(other_holder, other_key) else None
    else:
        holder[key] = luck.choice(ODD)
    return value


def _plain(holder: Any, key: Any) -> bool:
    return bool(holder[key] is not None) if (isinstance(holder, list) and key < len(holder)) or key in holder else False


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    todo = [value]
    while todo:
        holder = todo.pop()
        entries = list(holder.items()) if isinstance(holder, dict) else list(enumerate(holder))
        for key, entry in entries[:60]:  # long lists are met at their beginnings
            found.append((holder, key))
            if isinstance(entry, dict | list):
                todo.append(entry)
    return found


def damaged_columns(columns: dict[str, Any], luck: Random) -> dict[str, Any]:
    """Columns with numbers at the edges of their types, of other types, rows gone, columns gone or renamed."""
    columns = dict(columns)
    for _ in range(luck.randint(1, 3)):
        if not columns:
            break
        name = luck.choice(list(columns))
        values = columns[name]
        kind = luck.randrange(8)
        if kind == 0:
            del columns[name]
        elif kind == 1:
            columns[luck.choice(["", "x", "employee", "source", "sealed", "w9r9", name + "0"])] = columns.pop(name)
        elif kind == 2:
            keep = luck.randrange(len(values) + 1)
            columns = {key: one[:keep] for key, one in columns.items()}
        elif kind == 3:
            columns = {key: one[::-1] for key, one in columns.items()}
        elif kind == 4:
            columns = {key: np.concatenate([one, one[:1]]) for key, one in columns.items()}
        elif isinstance(values, np.ndarray) and values.dtype.kind in "iuf" and len(values):
            if kind == 5:
                with np.errstate(all="ignore"):
                    values = values.astype(luck.choice([np.int8, np.int32, np.int64, np.uint32, np.float64]))
            changed = values.copy()
            with np.errstate(all="ignore"):
                changed[luck.randrange(len(changed))] = np.array([luck.choice(NUMBERS)]).astype(changed.dtype)[0]
            columns[name] = changed
    return columns
