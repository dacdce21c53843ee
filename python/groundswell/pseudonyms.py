"""Keyed pseudonyms for ids in files; the key stays with the analyst, in a file of its own."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from groundswell.errors import InvalidInput, shown
from groundswell.ids import Id, plain_id

KEY_BYTES = 32
HEADER = "groundswell-key-1 "
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
        plain = plain_id(name)
        return "p" + self._digest(f"{'number' if isinstance(plain, int) else 'text'}:{plain}")[:DIGITS]

    def pseudonyms(self, ids: Iterable[Id]) -> list[str]:
        """Return the pseudonyms of ids, in order; InvalidInput should two different ids ever get the same one."""
        names = [plain_id(name) for name in ids]
        hidden = [self.pseudonym(name) for name in names]
        if len(set(hidden)) < len(set(names)):
            raise InvalidInput("key: two ids have the same pseudonym under this key; make another with gs.create_key")
        return hidden

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        return f"Key(fingerprint={self.fingerprint!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled: it stays in its own file; read it again with gs.read_key")

    def _digest(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()


def create_key(path: str | Path) -> Key:
    """Make a new key file that its owner alone can read (mode 0600), and return its key.

    Keep the file beside the export, not beside what is sent on: whoever has it can test a guessed id.

    Raises
    ------
    InvalidInput
        The file is there already (it is never replaced: its pseudonyms would change), or cannot be written.
    """
    secret = secrets.token_bytes(KEY_BYTES)
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InvalidInput(f"key file {str(path)!r}: is there already; use gs.read_key, or another name") from None
    except OSError as error:
        raise InvalidInput(f"key file {str(path)!r}: cannot be written: {error.strerror or error}") from None
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(f"{HEADER}{secret.hex()}\n")
    return Key(secret)


def read_key(path: str | Path) -> Key:
    """Return the key of a key file.

    Raises
    ------
    InvalidInput
        The file is missing, unreadable, readable by others (POSIX), cut short, or not a key file.
    """
    where = f"key file {str(path)!r}"
    try:
        mode = Path(path).stat().st_mode
        text = Path(path).read_text(encoding="ascii")
    except FileNotFoundError:
        raise InvalidInput(f"{where}: is not there; make one with gs.create_key") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a key file"
        raise InvalidInput(f"{where}: cannot be read: {reason}") from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        rule = f"others can read it (mode {stat.S_IMODE(mode):04o}); restrict it with chmod 600"
        raise InvalidInput(f"{where}: {rule}")
    if not text.startswith(HEADER):
        raise InvalidInput(f"{where}: is not a key file; it begins with {shown(text[:8])}")
    return _parse(text.removeprefix(HEADER).strip(), where)


def _parse(digits: str, where: str) -> Key:
    try:
        secret = bytes.fromhex(digits)
    except ValueError:
        raise InvalidInput(f"{where}: is damaged: not hexadecimal digits") from None
    if len(secret) != KEY_BYTES:
        raise InvalidInput(f"{where}: is damaged: {len(secret)} bytes, {KEY_BYTES} are needed")
    return Key(secret)
