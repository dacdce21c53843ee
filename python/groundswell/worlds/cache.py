"""Worlds kept in files, so that the next study of the same company, parameters and seed need not build them again.

Off unless `cache` or the variable GROUNDSWELL_CACHE of the environment names a folder. A file is named by the
fingerprint of what its world follows from (company, parameters, seed, index), by the build that made it and by the
checksum of what is in it; nothing else decides which file is used, and no number depends on whether one was.
"""

from __future__ import annotations

import hashlib
import logging
import math
import os
import re
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from groundswell import _core
from groundswell.common.build import build_of
from groundswell.common.memory import bytes_text
from groundswell.errors import InvalidInput, invalid, shown

log = logging.getLogger("groundswell")

FOLDER_VARIABLE, GIB_VARIABLE = "GROUNDSWELL_CACHE", "GROUNDSWELL_CACHE_GIB"
DEFAULT_GIB = 20.0
GIB = 2**30
OWN_FILE = re.compile(r"world-[0-9a-f]{32}-[0-9a-f]{12}-[0-9a-f]{16}\.gsworld")
OWN_PART = re.compile(r"world-[0-9a-f]{32}-[0-9a-f]{12}-\d+-\d+\.new(\.\d+-\d+\.part)?")  # being written, or cut short
ABANDONED = 3600  # seconds without a change after which a part belongs to nobody
BLOCK = 2**26  # bytes of a file that one thread checks at once
BUFFER = 2**20
NOT_CACHED = "world_not_cached"

Warnings = list[tuple[str, int, str]]  # code, count, message; as the core's


@dataclass(frozen=True)
class WorldCache:
    """A folder of worlds and the most it may hold.

    Attributes
    ----------
    folder:
        Made, readable by its owner alone, when the first world is written.
    gib:
        Cap in GiB: before a world is written, those not used for longest are removed.
    """

    folder: Path
    gib: float = DEFAULT_GIB

    def files(self) -> list[Path]:
        """Files of this cache, the one not used for longest first; others in the folder are never touched."""
        return [path for path, _, _ in self._used(OWN_FILE)]

    @property
    def nbytes(self) -> int:
        """Bytes of all its files, with those being written."""
        return sum(size for pattern in (OWN_FILE, OWN_PART) for _, size, _ in self._used(pattern))

    def clear(self) -> int:
        """Remove every file of this cache, those being written too; how many that were.

        Raises
        ------
        InvalidInput
            A file cannot be removed.
        """
        try:
            mine = [path for pattern in (OWN_FILE, OWN_PART) for path, _, _ in self._used(pattern)]
            for path in mine:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise InvalidInput(f"cache: {error.filename!r} cannot be removed: {error.strerror or error}") from None
        return len(mine)

    def __repr__(self) -> str:
        try:
            files = len(self.files())
        except OSError as error:
            return f"Cache of worlds in {self.folder}, which cannot be listed: {error.strerror or error}"
        held = f"{files} world{'' if files == 1 else 's'}, {bytes_text(self.nbytes)} of at most {self.gib:g} GiB"
        return f"Cache of worlds in {self.folder}: {held}"

    def find(self, fingerprint: str, company: Any, threads: int) -> Any:
        """The world of a fingerprint and this build, or None; a file that is damaged or no such world is removed."""
        beginning = _beginning(fingerprint)
        for path in self.files():
            if not path.name.startswith(beginning):
                continue
            try:
                whole = path.stem.rpartition("-")[2] == checksum(path, threads)
                world = _core.load_world(str(path), fingerprint, company, threads) if whole else None
                if world is not None:
                    with suppress(OSError):  # somebody else's folder
                        os.utime(path)
                    return world
                log.warning("%s is damaged; the world is built again", path)
                path.unlink(missing_ok=True)
            except OSError as error:  # removed meanwhile by another process, for one
                log.warning("%s cannot be read (%s); the world is built again", path, error)
        return None

    def keep(self, world: Any, fingerprint: str, threads: int) -> None:
        """Write a world, whole or not at all.

        Raises
        ------
        OSError
            The folder cannot be written, the disk is full, or the world alone is above the cap.
        """
        if world.nbytes > self.gib * GIB:
            raise OSError(f"it has {bytes_text(world.nbytes)} and the cache may have {self.gib:g} GiB")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._make_room(int(world.nbytes))
        beginning = _beginning(fingerprint)
        part = self.folder / f"{beginning}{os.getpid()}-{time.monotonic_ns()}.new"
        try:
            _core.save_world(world, str(part), fingerprint)
            part.chmod(0o600)
            part.replace(self.folder / f"{beginning}{checksum(part, threads)}.gsworld")
        finally:  # also after Ctrl-C
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _make_room(self, wanted: int) -> None:
        """Remove what was not used for longest until `wanted` bytes fit under the cap."""
        parts = self._used(OWN_PART)
        dead = [part for part in parts if part[2] < time.time() - ABANDONED]
        files = self._used(OWN_FILE)
        too_many = self.nbytes - sum(size for _, size, _ in dead) + wanted - self.gib * GIB
        freed = accumulate((size for _, size, _ in files), initial=0)  # before each file is removed
        old = [file for file, before in zip(files, freed, strict=False) if before < too_many]
        for path, _, _ in (*dead, *old):
            path.unlink(missing_ok=True)

    def _used(self, pattern: re.Pattern[str]) -> list[tuple[Path, int, float]]:
        """Path, bytes and time of last use of the files of a pattern, oldest use first."""
        found = []
        with suppress(FileNotFoundError, NotADirectoryError):
            for entry in os.scandir(self.folder):
                if pattern.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    with suppress(FileNotFoundError):  # removed meanwhile by another process
                        status = entry.stat(follow_symlinks=False)
                        found.append((Path(entry.path), status.st_size, status.st_mtime))
        return sorted(found, key=lambda file: (file[2], file[0].name))


_chosen: list[WorldCache | None] = []  # by `cache`, None for off; empty: the environment decides


def cache(folder: str | Path | None, gib: float = DEFAULT_GIB) -> WorldCache | None:
    """Keep worlds in a folder from now on, in this process; `None` turns the cache off. Off by default.

    The variables GROUNDSWELL_CACHE (folder) and GROUNDSWELL_CACHE_GIB (cap) of the environment do the same for every
    process; a call of this function outranks them. `groundswell cache` shows what is there, `groundswell cache clear`
    (or `clear()` of what this returns) removes it.

    With the cache on, `simulate`, `compare`, `grid` and `extend` build their worlds with the rows of everybody, since
    only these can be saved (docs/decisions/0008): the first study of a company takes longer than without, the next
    ones of the same company, audience, platforms and seed read their worlds. It pays from about the seventh study of
    the same worlds on, from the second one under fractional contagion (measured in docs/decisions/0009). Numbers are
    the same bit for bit.

    Files hold what each employee's row has (numbers, no ids) and the generated audience: keep the folder where HR
    data may be. A folder that cannot be written or a full disk lets the run go on; its results then have the warning
    `world_not_cached`.

    Parameters
    ----------
    folder:
        Made when it is not there.
    gib:
        Most the files may take, in GiB of 2^30 bytes; above it, those not used for longest are removed.

    Raises
    ------
    InvalidInput
        `gib` is no positive number, or `folder` is a file.
    """
    _chosen[:] = [None if folder is None else _checked("folder", folder, "gib", gib)]
    return _chosen[0]


def cache_in_use(folder: str | Path | None = None) -> WorldCache | None:
    """The cache of a folder; without one, that which `cache` or the environment names, None where it is off.

    Raises
    ------
    InvalidInput
        GROUNDSWELL_CACHE names a file, or GROUNDSWELL_CACHE_GIB is no positive number.
    """
    if _chosen and folder is None:
        return _chosen[0]
    chosen = folder or os.environ.get(FOLDER_VARIABLE)
    if not chosen:
        return None
    text = os.environ.get(GIB_VARIABLE) or str(DEFAULT_GIB)
    try:
        gib = float(text)
    except ValueError:
        raise invalid(GIB_VARIABLE, text, "must be a number of GiB above 0") from None
    return _checked("folder" if folder else FOLDER_VARIABLE, chosen, GIB_VARIABLE, gib)


def _checked(folder_name: str, folder: object, gib_name: str, gib: object) -> WorldCache:
    if isinstance(gib, bool) or not isinstance(gib, int | float) or not 0 < gib < math.inf:
        raise invalid(gib_name, gib, "must be a number of GiB above 0")
    if not isinstance(folder, str | Path) or not str(folder).strip():
        raise InvalidInput(f"{folder_name} = {shown(folder)}: must be the path of a folder, or None")
    path = Path(folder).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise invalid(folder_name, str(folder), "is a file; name a folder")
    return WorldCache(path, float(gib))


def world(
    company: Any,
    parameters: dict[str, Any],
    seed: int,
    index: int,
    threads: int,
    tick: Callable[[], object] | None = None,
    stored: bool = True,
) -> tuple[Any, Warnings]:
    """World `index` of a seed, read or built, and what it warns of.

    Parameters as `_core.build_world`. `stored=False` makes rows when they are needed, unless the cache is on.
    """
    kept = cache_in_use()
    if kept is None:
        built = _core.build_world(company, parameters, seed, index, threads, tick, stored)
        return built, list(built.warnings)
    fingerprint = _core.world_fingerprint(company, parameters, seed, index)
    found = _found(kept, fingerprint, company, threads)
    if found is not None:
        log.debug("world %d: read from %s", index, kept.folder)
        return found, list(found.warnings)
    built = _core.build_world(company, parameters, seed, index, threads, tick, True)
    warnings: Warnings = list(built.warnings)
    try:
        kept.keep(built, fingerprint, threads)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        log.warning("world %d is not kept in %s: %s", index, kept.folder, reason)
        warnings.append((NOT_CACHED, 1, f"Not kept in the cache ({reason}); built anew next time, with equal numbers."))
    return built, warnings


def _found(kept: WorldCache, fingerprint: str, company: Any, threads: int) -> Any:
    try:
        return kept.find(fingerprint, company, threads)
    except OSError as error:  # a folder that cannot be listed; writing will say so in the result
        log.warning("the cache cannot be read: %s", error)
        return None


def checksum(path: Path, threads: int) -> str:
    """16 hexadecimal digits of the content of a file: CRC-32 of each block of 64 MiB, hashed together."""

    def of_block(begin: int) -> int:
        value, left, buffer = 0, BLOCK, memoryview(bytearray(BUFFER))
        with path.open("rb", buffering=0) as file:
            file.seek(begin)
            while left > 0 and (size := file.readinto(buffer[: min(left, BUFFER)])):
                value, left = zlib.crc32(buffer[:size], value), left - size
        return value

    size = path.stat().st_size
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        values = list(pool.map(of_block, range(0, max(size, 1), BLOCK)))
    return hashlib.sha256(repr((size, values)).encode()).hexdigest()[:16]


def _beginning(fingerprint: str) -> str:
    """How the name of a world's file begins: what it follows from, and the build that made it."""
    return f"world-{fingerprint}-{build_of(str(_core.__file__))}-"
