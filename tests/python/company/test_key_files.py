"""Key files: made whole and once, for their owner alone; a damaged one is refused and never another key."""

import os
import stat
import string
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import groundswell as gs
from groundswell.company.pseudonyms import HEADER, OLD_HEADER, Key, as_key, create_key, read_key

POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


def test_a_key_file_keeps_its_key(tmp_path):
    made = gs.create_key(tmp_path / "firm.key")
    assert gs.read_key(str(tmp_path / "firm.key")) == made
    assert create_key(tmp_path / "other.key") != made
    assert read_key(tmp_path / "firm.key").pseudonym("a") == made.pseudonym("a")


@POSIX
def test_a_key_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "firm.key"
    before = os.umask(0)
    try:
        create_key(path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(gs.InvalidInput, match=r"firm.key': others can read it \(mode 0644\); .*chmod 600"):
        read_key(path)


def test_a_key_file_is_never_replaced(tmp_path):
    path = tmp_path / "firm.key"
    made = create_key(path)
    with pytest.raises(gs.InvalidInput, match="is there already"):
        create_key(path)
    assert read_key(path) == made
    with pytest.raises(gs.InvalidInput, match="cannot be written"):
        create_key(tmp_path / "no folder" / "firm.key")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not a key file, or damaged; it begins with ''"),
        (b"id,name\n1,2\n", "is not a key file, or damaged; it begins with 'id,name"),
        (b"\xff\xfe\x00", "cannot be read: it is not a key file"),
        (OLD_HEADER.encode() + b"00ff\n", "is damaged: 2 bytes, 32 are needed"),
        (OLD_HEADER.encode() + b"xyz\n", "is damaged: not hexadecimal"),
        (OLD_HEADER.encode() + b"0f" * 31 + b" 0f\n", "is damaged: 32 bytes"),
        (HEADER.encode() + b"0f" * 32 + b"\n", "is damaged: 64 hexadecimal digits and 8 check digits must follow"),
        (HEADER.encode() + b"0f" * 32 + b" 00000000", "is damaged: its check digits do not fit the others; restore"),
    ],
)
def test_damaged_key_files_are_refused(tmp_path, content, message):
    path = tmp_path / "firm.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(gs.InvalidInput, match=message):
        read_key(path)


def test_missing_and_unreadable_key_files_are_refused(tmp_path):
    with pytest.raises(gs.InvalidInput, match=r"firm.key': is not there; make one with gs.create_key"):
        read_key(tmp_path / "firm.key")
    with pytest.raises(gs.InvalidInput, match="cannot be read: Is a directory"):
        read_key(tmp_path)


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "firm.key"
    create_key(path)
    return path


def refused(path, text):
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(gs.InvalidInput, match=r"firm\.key'"):
        read_key(path)


def test_every_change_of_one_character_is_noticed(key_file):
    text = key_file.read_text()
    for place, was in enumerate(text):
        for other in {*string.hexdigits, " ", "\n", "\0", "g", "é"} - {was}:
            refused(key_file, text[:place] + other + text[place + 1 :])


def test_every_missing_doubled_and_swapped_character_and_every_end_too_early_is_noticed(key_file):
    text = key_file.read_text()
    for place in range(len(text)):
        refused(key_file, text[:place])
        for damaged in (
            text[:place] + text[place + 1 :],
            text[:place] + text[place] + text[place:],
            text[:place] + text[place : place + 2][::-1] + text[place + 2 :],
        ):
            if damaged != text:  # two equal neighbors
                refused(key_file, damaged)


def test_a_line_end_that_an_editor_adds_does_no_harm(key_file):
    key, text = read_key(key_file), key_file.read_text()
    for end in ("\n", "\r\n", " \n\n"):
        key_file.write_text(text + end, newline="")
        assert read_key(key_file) == key


def test_a_damaged_key_of_ones_own_is_not_replaced(key_file, monkeypatch):
    monkeypatch.setenv("GROUNDSWELL_KEY", str(key_file))
    damaged = key_file.read_text()[:-1]
    key_file.write_text(damaged)
    for _ in range(2):
        with pytest.raises(gs.InvalidInput, match=r"firm\.key': is damaged.*restore a copy"):
            gs.own_key()
    assert key_file.read_text() == damaged
    assert [path.name for path in key_file.parent.iterdir()] == ["firm.key"]


def test_key_files_without_check_digits_are_read(tmp_path):
    path = tmp_path / "old.key"
    path.write_text(f"{OLD_HEADER}{bytes(range(32)).hex()}\n")
    path.chmod(0o600)
    assert read_key(path) == Key(bytes(range(32)))


@pytest.mark.parametrize("path", ["", None, 7, "a\0b", b"firm.key"])
def test_what_is_no_path_is_refused(path):
    for call in (read_key, create_key):
        with pytest.raises(gs.InvalidInput, match=r"path.*must be the path of a key file"):
            call(path)


def test_ones_own_key_is_made_once_outside_the_folder_of_results(tmp_path, monkeypatch):
    monkeypatch.delenv("GROUNDSWELL_KEY")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    made = gs.own_key()
    path = tmp_path / "config" / "groundswell" / "analyst.key"
    assert gs.own_key() == made == read_key(path) == as_key(None) == as_key(str(path)) == as_key(made)
    assert [file.name for file in path.parent.iterdir()] == ["analyst.key"]
    monkeypatch.setenv("GROUNDSWELL_KEY", str(tmp_path / "mine.key"))
    assert gs.own_key() == read_key(tmp_path / "mine.key") != made
    with pytest.raises(gs.InvalidInput, match="key = 7: must be a key"):
        as_key(7)


def test_a_place_where_no_key_can_be_kept_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("kept")
    monkeypatch.setenv("GROUNDSWELL_KEY", str(tmp_path / "file" / "mine.key"))
    with pytest.raises(gs.InvalidInput, match=r"mine.key': cannot be written .*GROUNDSWELL_KEY"):
        gs.own_key()
    assert (tmp_path / "file").read_text() == "kept"


def test_a_key_file_is_whole_or_not_there(tmp_path, monkeypatch):
    def full(path, text):
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("groundswell.company.pseudonyms._write_new", full)
    with pytest.raises(gs.InvalidInput, match="cannot be written: No space left on device"):
        create_key(tmp_path / "firm.key")
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_links_keeps_keys_too(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    made = create_key(tmp_path / "firm.key")
    assert read_key(tmp_path / "firm.key") == made
    with pytest.raises(gs.InvalidInput, match="is there already"):
        create_key(tmp_path / "firm.key")
    assert [path.name for path in tmp_path.iterdir()] == ["firm.key"]


def test_processes_that_make_a_key_at_once_get_one(tmp_path):
    code = "import groundswell.company.pseudonyms as p; print(p.own_key().fingerprint)"
    place = os.environ | {"GROUNDSWELL_KEY": str(tmp_path / "keys" / "mine.key")}

    def ask(_):
        return subprocess.run(
            [sys.executable, "-c", code], env=place, capture_output=True, text=True, check=True
        ).stdout

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(ask, range(4)))
    assert found == {read_key(tmp_path / "keys" / "mine.key").fingerprint + "\n"}
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["mine.key"]


@pytest.mark.parametrize("call", ["os.link", "os.fsync"])
def test_a_process_killed_while_it_makes_a_key_leaves_none_or_a_whole_one(tmp_path, call):
    """The worst moments: the file is written, and not yet, or just, in its place."""
    code = f"""
import os, signal
real = {call}
def kill(*arguments):
    if "{call}" == "os.link": real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
{call} = kill
import groundswell.company.pseudonyms as p
p.own_key()
"""
    path = tmp_path / "mine.key"
    place = os.environ | {"GROUNDSWELL_KEY": str(path)}
    assert subprocess.run([sys.executable, "-c", code], env=place, check=False).returncode == -9
    assert path.exists() == (call == "os.link")
    for left in tmp_path.iterdir():
        assert stat.S_IMODE(left.stat().st_mode) == 0o600
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDSWELL_KEY", str(path))
        assert gs.own_key() == gs.own_key() == read_key(path)


def test_no_home_folder_is_an_error_that_names_the_variable(monkeypatch):
    def unknown():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("GROUNDSWELL_KEY")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("APPDATA", raising=False)
    monkeypatch.setattr(Path, "home", unknown)
    with pytest.raises(gs.InvalidInput, match=r"no home folder is known.*GROUNDSWELL_KEY"):
        gs.own_key()


def test_a_home_that_may_not_be_entered_is_an_error_that_names_the_variable(tmp_path, monkeypatch):
    def locked(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setenv("GROUNDSWELL_KEY", str(tmp_path / "locked" / "mine.key"))
    monkeypatch.setattr(os, "stat", locked)
    monkeypatch.setattr(Path, "mkdir", locked)
    with pytest.raises(gs.InvalidInput, match=r"cannot be written.*Permission denied.*GROUNDSWELL_KEY"):
        gs.own_key()
