"""A saved study as a zip: packed to the same bytes each time, opened only where everything in it is as announced."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from groundswell import _core
from groundswell.common.memory import bytes_text, room
from groundswell.errors import DamagedFile, InvalidInput
from groundswell.run.manifest import OLDEST_SCHEMA, SCHEMA_VERSION

Members = Mapping[str, bytes]

MANIFEST = "manifest.json"
FORMAT = "groundswell study"
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError, ValueError)
MOST_MEMBERS = 2_000
MOST_BYTES = 4_000_000_000


def pack(manifest: Mapping[str, Any], members: Members) -> bytes:
    """A zip of the members and of the manifest, which gets the format, its version and the SHA-256 of every member.

    The same content gives the same bytes: no time stamps.
    """
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    head = {"format": FORMAT, "schema_version": SCHEMA_VERSION, "groundswell": str(_core.__version__)}
    everything = {MANIFEST: to_json({**head, **manifest, "sha256": hashes}), **members}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in everything.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unpack(path: Path) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The members of a file and its manifest. Nothing is written, nothing in it is run.

    Raises
    ------
    InvalidInput
        There is no such file, or it cannot be read.
    DamagedFile
        It is truncated, changed, not one of ours, of another schema, or larger than what it can be opened in.
    """
    if not path.is_file():
        raise InvalidInput(f"path: {str(path)!r} is not a file")
    try:
        members = _unzip(path)
        manifest = from_json(members, MANIFEST)
        _check(members, manifest)
    except DamagedFile as error:
        raise DamagedFile(f"{path}: {error}") from None
    except PermissionError as error:
        raise InvalidInput(f"path: {str(path)!r} cannot be read: {error.strerror}") from None
    except UNREADABLE as error:
        raise DamagedFile(f"{path}: not a .gsw file, or truncated: {short(error)}") from None
    return members, manifest


def short(error: Exception) -> str:
    """An error as one line of at most 300 characters."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def _check(members: Members, manifest: Mapping[str, Any]) -> None:
    version = manifest.get("schema_version")
    if manifest.get("format") != FORMAT or type(version) is not int:
        raise DamagedFile("a zip, but not a saved study")
    if not OLDEST_SCHEMA <= version <= SCHEMA_VERSION:
        age = "a newer" if version > SCHEMA_VERSION else "an older"
        advice = "open it with that version" if version > SCHEMA_VERSION else "simulate again and save anew"
        raise DamagedFile(
            f"written by {age} Groundswell ({manifest.get('groundswell', 'unknown version')}, schema {version}); this "
            f"is {_core.__version__}, which reads schema {OLDEST_SCHEMA} to {SCHEMA_VERSION}: {advice}"
        )
    hashes = manifest.get("sha256")
    found = {name: hashlib.sha256(content).hexdigest() for name, content in members.items() if name != MANIFEST}
    if found != hashes:
        names = sorted(set(found.items()) ^ set(dict(hashes or {}).items()))
        raise DamagedFile(f"changed since it was saved: {names[0][0]}")


def _unzip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        total = sum(info.file_size for info in infos)
        if len(infos) > MOST_MEMBERS or total > MOST_BYTES:
            raise DamagedFile(f"{len(infos)} members of {bytes_text(total)}; more than any study has")
        there = room()
        if 0 < there.free < total:
            raise DamagedFile(f"holds {bytes_text(total)} to be opened in memory, and {there}")
        if len({info.filename for info in infos}) < len(infos):
            raise DamagedFile("a member is there twice")
        if any(info.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED) for info in infos):
            raise DamagedFile("a member is compressed in a way that is never written")
        members = {}
        for info in infos:
            with archive.open(info) as member:  # read no more than announced, whatever the stream holds
                members[info.filename] = member.read(info.file_size + 1)
            if len(members[info.filename]) != info.file_size:
                raise DamagedFile(f"{info.filename}: not of the size announced")
        return members


def to_json(value: Any) -> bytes:
    """Compact JSON, keys in the given order."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def from_json(members: Members, name: str) -> dict[str, Any]:
    """A JSON object; DamagedFile if it is none."""
    try:
        value = json.loads(members[name])
    except (KeyError, ValueError, RecursionError):
        raise DamagedFile(f"{name}: missing or not JSON") from None
    if not isinstance(value, dict):
        raise DamagedFile(f"{name}: must be an object")
    return value
