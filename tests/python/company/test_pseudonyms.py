"""Keyed pseudonyms, their key file, and groups too small to be shown."""

import hashlib
import hmac
import os
import pickle

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.company.pseudonyms import HEADER, Key, as_key, create_key, read_key
from groundswell.company.small_groups import MIN_GROUP, hidden_groups

KEY = Key(bytes(range(32)))
POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


def test_a_pseudonym_is_hmac_sha256_of_the_typed_id():
    expected = hmac.new(bytes(range(32)), b"number:7", hashlib.sha256).hexdigest()[:20]
    assert KEY.pseudonym(7) == f"p{expected}"
    assert KEY.pseudonym(np.int64(7)) == KEY.pseudonym(7.0) == KEY.pseudonym(7)
    assert KEY.pseudonym("7") != KEY.pseudonym(7)
    assert KEY.pseudonyms(["b", "a", "b"]) == [KEY.pseudonym(x) for x in "bab"]
    assert Key(bytes(32)).pseudonym(7) != KEY.pseudonym(7)
    with pytest.raises(ValueError, match="is not an id"):
        KEY.pseudonym(7.5)


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
        (b"", "is not a key file"),
        (b"id,name\n1,2\n", "is not a key file; it begins with 'id,name"),
        (b"\xff\xfe\x00", "cannot be read: it is not a key file"),
        (HEADER.encode() + b"00ff\n", "is damaged: 2 bytes, 32 are needed"),
        (HEADER.encode() + b"xyz\n", "is damaged: not hexadecimal"),
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


@pytest.mark.parametrize("secret", [b"short", "text", None])
def test_short_keys_are_refused(secret):
    with pytest.raises(gs.InvalidInput, match="key: must have 32 bytes at least"):
        Key(secret)


def test_a_key_is_neither_shown_nor_pickled():
    assert bytes(range(32)).hex()[:12] not in repr(KEY)
    assert KEY.fingerprint in repr(KEY)
    assert len(KEY.fingerprint) == 8
    with pytest.raises(TypeError, match="a key is not pickled"):
        pickle.dumps(KEY)


def test_a_company_under_keyed_pseudonyms_keeps_its_numbers():
    hr = pd.DataFrame({"id": ["ann", "bob", "cy"], "gone": [False, False, True]})
    company = gs.Company.from_frames(hr, columns={"id": "id", "left": "gone"})
    hidden = company.pseudonymized(KEY)
    assert hidden.ids.tolist() == KEY.pseudonyms(["ann", "bob"])
    assert hidden.content_hash() == company.content_hash()
    text = repr(hidden) + hidden._repr_html_() + hidden.warnings.to_csv()
    assert not any(name in text for name in ("ann", "bob", "'cy'"))
    reordered = gs.Company.from_frames(hr.iloc[::-1], columns={"id": "id", "left": "gone"}).pseudonymized(KEY)
    assert set(reordered.ids) == set(hidden.ids)


@pytest.mark.parametrize(
    ("sizes", "kept"),
    [
        ([5, 9], [0, 1]),
        ([4, 9, 7], [1]),  # the first alone would be the total minus the rest: the third goes too
        ([3, 2, 7], [2]),  # together five: enough
        ([2, 2, 7, 6], [2]),
        ([1], []),
        ([], []),
    ],
)
def test_small_groups_are_hidden_with_what_would_give_them_away(sizes, kept):
    hidden = hidden_groups(np.array(sizes, dtype=np.int64), MIN_GROUP)
    assert np.flatnonzero(~hidden).tolist() == kept


def test_only_groups_that_may_be_left_out_are_hidden():
    hidden = hidden_groups(np.array([2, 6, 7, 3]), MIN_GROUP, np.array([True, False, True, False]))
    assert hidden.tolist() == [True, False, True, False]


@pytest.mark.parametrize("name", [7, "7", -3, "", "ü" * 40, "\0a\0", 10**30, "p", "number:7"])
def test_the_key_alone_gives_a_sealed_id_back(name):
    (sealed,) = KEY.seal([name])
    assert len(sealed) % 16 == 0
    found = KEY.unseal(KEY.pseudonym(name), sealed)
    assert found == name
    assert type(found) is type(name)
    assert KEY.seal([name]) == [sealed]


def test_sealed_ids_are_of_one_length_and_say_nothing():
    sealed = KEY.seal(["ann", "bob", "a name of thirty-one characters"])
    assert {len(one) for one in sealed} == {48}
    assert not any(name in b"".join(sealed) for name in (b"ann", b"bob", b"thirty"))


def test_another_key_or_a_changed_file_opens_nothing():
    (sealed,) = KEY.seal(["ann"])
    for key, text in ((Key(bytes(32)), sealed), (KEY, bytes([sealed[0] ^ 1, *sealed[1:]])), (KEY, b"")):
        with pytest.raises(gs.InvalidInput, match=r"key: does not open 'p.*another key, or a changed file"):
            key.unseal(KEY.pseudonym("ann"), text)
    with pytest.raises(gs.InvalidInput, match="does not open"):
        KEY.unseal(KEY.pseudonym("bob"), sealed)


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
