"""Keyed pseudonyms for ids in files; the key stays with the analyst, in a file of its own.

A pseudonym is HMAC-SHA256 of the id under the key, 80 bits, and cannot be turned back. So that the key alone gives
the ids back, a file also has them sealed: XORed with a stream that HMAC-SHA256 makes of the pseudonym under the key,
and checked against the pseudonym when opened (deterministic authenticated encryption with a synthetic initialization
vector; Rogaway and Shrimpton 2006). docs/decisions/0006-pseudonyms-in-files.md says why.
"""

from __future__ import annotations

import errno
import hmac
import logging
import multiprocessing
import os
import re
import secrets
import stat
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from groundswell.common import arguments
from groundswell.common.ids import Id, plain_id
from groundswell.errors import InvalidInput, invalid, shown

log = logging.getLogger("groundswell")

IN_USE = "GROUNDSWELL_KEY_IN_USE"  # variable of the environment: the own key that this process has used
KEY_VARIABLE = "GROUNDSWELL_KEY"  # of the environment: path of the analyst's own key file
ANOTHER_PLACE = f"name another place in {KEY_VARIABLE}, or pass key=gs.create_key(path)"
KEY_BYTES = 32
HEADER = "groundswell-key-2 "
OLD_HEADER = "groundswell-key-1 "  # files without check digits
CHECKED = re.compile(r"[0-9a-f]{64} [0-9a-f]{8}")  # the secret, CRC-32 of all before it
NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
LENGTH_BYTES, BLOCK = 4, 16  # of what is sealed: its length before it; sizes tell lengths in steps of 16 bytes
TOP_BIT = 2**63
DIGITS = 20  # 80 bits: for a million people the chance of one collision is 4e-13, and it is checked


class Key:
    """A secret of 32 bytes: the same id has the same pseudonym under the same key. Not shown, not pickled."""

    __slots__ = ("_secret",)

    def __init__(self, secret: object) -> None:
        if not isinstance(secret, bytes) or len(secret) < KEY_BYTES:
            size = f"{len(secret)} bytes" if isinstance(secret, bytes) else type(secret).__name__
            raise InvalidInput(f"key: must have {KEY_BYTES} bytes at least; this is {size}")
        self._secret = secret

    @property
    def fingerprint(self) -> str:
        """Eight characters that tell keys apart and do not give one away; for a manifest."""
        return self._digest("fingerprint")[:8]

    def pseudonym(self, name: Id) -> str:
        """Return the pseudonym of an id: p and 20 hexadecimal digits of HMAC-SHA256. The number 7 is not the text 7."""
        return "p" + self._digest(_typed(plain_id(name)))[:DIGITS]

    def pseudonyms(self, ids: Iterable[Id]) -> list[str]:
        """Return the pseudonyms of ids, in order; InvalidInput should two different ids ever get the same one."""
        names = [plain_id(name) for name in ids]
        hidden = [self.pseudonym(name) for name in names]
        if len(set(hidden)) < len(set(names)):
            raise InvalidInput("key: two ids have the same pseudonym under this key; make another with gs.create_key")
        return hidden

    @property
    def draw_fingerprint(self) -> str:
        """Eight characters that tell draw keys apart; for a manifest."""
        return self._draw_key().fingerprint

    def draw_numbers(self, ids: Iterable[Id]) -> np.ndarray[Any, np.dtype[np.uint64]]:
        """Return what the luck of each id is drawn by: 8 bytes of its HMAC-SHA256 under the draw key, the top bit set.

        The draw key is made of this one and cannot be turned back into it. The top bit keeps the numbers apart from
        0, 1, 2, …, by which companies without ids draw. InvalidInput should two different ids ever get the same one.
        """
        names, secret = [plain_id(name) for name in ids], self._draw_key()._secret
        texts = (_typed(name).encode("utf-8", "surrogatepass") for name in names)
        first = b"".join(hmac.digest(secret, text, "sha256")[:8] for text in texts)
        numbers = np.frombuffer(first, dtype=">u8").astype(np.uint64) | np.uint64(TOP_BIT)
        if len(np.unique(numbers)) < len(set(names)):
            raise InvalidInput("key: two ids have the same draw number under this key; make another with gs.create_key")
        return numbers

    def _draw_key(self) -> Key:
        return Key(hmac.digest(self._secret, b"draw key", "sha256"))

    def seal(self, ids: Sequence[Id]) -> list[bytes]:
        """Return the ids so that only this key opens them, all of one length (a multiple of 16 bytes), in order."""
        plain = [_typed(plain_id(name)).encode("utf-8", "surrogatepass") for name in ids]
        size = -(-(max(map(len, plain), default=0) + LENGTH_BYTES) // BLOCK) * BLOCK
        padded = [(len(text).to_bytes(LENGTH_BYTES, "big") + text).ljust(size, b"\0") for text in plain]
        return [self._crypt(hidden, text) for hidden, text in zip(self.pseudonyms(ids), padded, strict=True)]

    def unseal(self, pseudonym: str, sealed: bytes) -> Id:
        """Return the id behind a pseudonym; InvalidInput where it was sealed under another key, or was changed."""
        padded = self._crypt(pseudonym, sealed)
        length = int.from_bytes(padded[:LENGTH_BYTES], "big")
        text = padded[LENGTH_BYTES : LENGTH_BYTES + length].decode("utf-8", "replace")
        kind, _, name = text.partition(":")
        found: Id = int(name) if kind == "number" and name.removeprefix("-").isdecimal() else name
        if kind not in ("number", "text") or self.pseudonym(found) != pseudonym:
            raise InvalidInput(f"key: does not open {shown(pseudonym)}: another key, or a changed file")
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        return f"Key(fingerprint={self.fingerprint!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled: it stays in its own file; read it again with gs.read_key")

    def _digest(self, text: str) -> str:
        return hmac.digest(self._secret, text.encode("utf-8", "surrogatepass"), "sha256").hex()

    def _crypt(self, pseudonym: str, text: bytes) -> bytes:
        """XOR with a stream that nobody without the key can make; twice gives the text back."""
        stream = b"".join(
            hmac.digest(self._secret, f"stream:{pseudonym}:{i}".encode(), "sha256") for i in range(-(-len(text) // 32))
        )
        mixed = int.from_bytes(text, "big") ^ int.from_bytes(stream[: len(text)], "big")
        return mixed.to_bytes(len(text), "big")


KNOWN_TO_ALL = Key(bytes(KEY_BYTES))  # for public data, whose numbers should be the same on every machine


def _typed(name: Id) -> str:
    """The number 7 and the text 7 are two ids."""
    return f"{'number' if isinstance(name, int) else 'text'}:{name}"


def own_key_path() -> Path:
    """Where the analyst's own key is: the path in GROUNDSWELL_KEY, else in the user's configuration folder.

    A worker process (of multiprocessing) has the key of the process that started it, so that a table has the same luck
    in all of them, whatever it sets in its own environment. InvalidInput where no folder is known.
    """
    of_parent = os.environ.get(IN_USE)
    if of_parent and multiprocessing.parent_process() is not None:
        return Path(of_parent)
    named = os.environ.get(KEY_VARIABLE)
    if named:
        return Path(named)
    folder = os.environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME")
    try:
        return (Path(folder) if folder else Path.home() / ".config") / "groundswell" / "analyst.key"
    except RuntimeError:  # a user without a name, in a container
        raise InvalidInput(f"key: no home folder is known to keep a key in; {ANOTHER_PLACE}") from None


def own_key() -> Key:
    """Return the analyst's own key, which files are written under unless another is given; made at the first call.

    It is in the file that GROUNDSWELL_KEY (a variable of the environment) names, else in groundswell/analyst.key of
    the user's configuration folder: never beside what is sent on. Keep a copy of it: without it the pseudonyms of
    saved files stay pseudonyms.

    Raises
    ------
    InvalidInput
        The key file cannot be read, or cannot be written.
    """
    path = own_key_path()
    if not os.path.lexists(path):  # asks no more of a folder than that it is there
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            create_key(path)
            log.info("made the key file %s; it stays with you", path)
        except (OSError, InvalidInput) as error:
            if not os.path.lexists(path):  # else another process was first
                raise InvalidInput(f"key file {str(path)!r}: cannot be written ({error}); {ANOTHER_PLACE}") from None
    key = read_key(path)
    os.environ[IN_USE] = str(path.absolute())  # workers inherit it
    return key


def as_key(key: Key | str | Path | None) -> Key:
    """Return the key itself, that of a key file, or the analyst's own."""
    if key is None:
        return own_key()
    if isinstance(key, str | Path):
        return read_key(key)
    if not isinstance(key, Key):
        raise InvalidInput(f"key = {shown(key)}: must be a key (gs.read_key, gs.create_key) or the path of a key file")
    return key


def create_key(path: str | Path) -> Key:
    """Make a new key file that its owner alone can read (mode 0600), and return its key.

    Keep the file beside the export, not beside what is sent on: whoever has it can test a guessed id. It appears whole
    or not at all.

    Raises
    ------
    InvalidInput
        The file is there already (it is never replaced: its pseudonyms would change), or cannot be written.
    """
    target, where = _checked_path(path)
    secret = secrets.token_bytes(KEY_BYTES)
    text = key_text(secret)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        _write_new(part, text)
        try:
            os.link(part, target)  # whole or not at all, and never over another key
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            _write_new(target, text)  # cut short, it would lack its check digits
    except FileExistsError:
        raise InvalidInput(f"{where}: is there already; use gs.read_key, or another name") from None
    except OSError as error:
        raise InvalidInput(f"{where}: cannot be written: {error.strerror or error}") from None
    finally:
        if os.path.lexists(part):
            part.unlink()
    return Key(secret)


def key_text(secret: bytes) -> str:
    """What a key file holds: a header, the secret, check digits over both; no line end, so that no cut goes unseen."""
    text = f"{HEADER}{secret.hex()}"
    return f"{text} {zlib.crc32(text.encode()):08x}"


def _write_new(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_key(path: str | Path) -> Key:
    """Return the key of a key file. Files of earlier versions have no check digits and are read.

    Raises
    ------
    InvalidInput
        The file is missing, unreadable, readable by others (POSIX), cut short, changed, or not a key file.
    """
    target, where = _checked_path(path)
    try:
        mode = target.stat().st_mode
        text = target.read_text(encoding="ascii")
    except FileNotFoundError:
        raise InvalidInput(f"{where}: is not there; make one with gs.create_key") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a key file"
        raise InvalidInput(f"{where}: cannot be read: {reason}") from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        rule = f"others can read it (mode {stat.S_IMODE(mode):04o}); restrict it with chmod 600"
        raise InvalidInput(f"{where}: {rule}")
    return _parse(text.rstrip(), where)


def _checked_path(path: object) -> tuple[Path, str]:
    if not isinstance(path, str | os.PathLike) or not str(path).strip() or "\0" in str(path):
        raise invalid("path", path, "must be the path of a key file")
    return arguments.path("path", path), f"key file {str(path)!r}"


def _parse(text: str, where: str) -> Key:
    """The key of a file's text, which ends in its check digits: each change of a character is noticed."""
    restore = "restore a copy of it; a new key gives other pseudonyms and other luck"
    if text.startswith(OLD_HEADER):
        return _without_check_digits(text.removeprefix(OLD_HEADER), where)
    if not text.startswith(HEADER):
        raise InvalidInput(f"{where}: is not a key file, or damaged; it begins with {shown(text[:8])}")
    if not CHECKED.fullmatch(text.removeprefix(HEADER)):
        rule = f"{2 * KEY_BYTES} hexadecimal digits and 8 check digits must follow {HEADER.strip()!r}"
        raise InvalidInput(f"{where}: is damaged: {rule}; {restore}")
    secret = bytes.fromhex(text.removeprefix(HEADER)[: 2 * KEY_BYTES])
    if key_text(secret) != text:
        raise InvalidInput(f"{where}: is damaged: its check digits do not fit the others; {restore}")
    return Key(secret)


def _without_check_digits(digits: str, where: str) -> Key:
    try:
        secret = bytes.fromhex(digits)
    except ValueError:
        raise InvalidInput(f"{where}: is damaged: not hexadecimal digits") from None
    if len(secret) != KEY_BYTES or len(digits) != 2 * KEY_BYTES:
        raise InvalidInput(f"{where}: is damaged: {len(secret)} bytes, {KEY_BYTES} are needed")
    return Key(secret)
