"""Keyed pseudonyms, their key file, and groups too small to be shown."""

import hashlib
import hmac
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.company.pseudonyms import Key
from groundswell.company.small_groups import MIN_GROUP, hidden_groups

KEY = Key(bytes(range(32)))


def test_a_pseudonym_is_hmac_sha256_of_the_typed_id():
    expected = hmac.new(bytes(range(32)), b"number:7", hashlib.sha256).hexdigest()[:20]
    assert KEY.pseudonym(7) == f"p{expected}"
    assert KEY.pseudonym(np.int64(7)) == KEY.pseudonym(7.0) == KEY.pseudonym(7)
    assert KEY.pseudonym("7") != KEY.pseudonym(7)
    assert KEY.pseudonyms(["b", "a", "b"]) == [KEY.pseudonym(x) for x in "bab"]
    assert Key(bytes(32)).pseudonym(7) != KEY.pseudonym(7)
    with pytest.raises(ValueError, match="is not an id"):
        KEY.pseudonym(7.5)


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
    assert hidden.ids.tolist() == KEY.pseudonyms(company.ids)
    assert hidden.content_hash() == company.content_hash()
    text = repr(hidden) + hidden._repr_html_() + hidden.warnings.to_csv()
    assert not any(name in text for name in ("ann", "bob", "'cy'"))
    reordered = gs.Company.from_frames(hr.iloc[::-1], columns={"id": "id", "left": "gone"}).pseudonymized(KEY)
    assert reordered.core_ids.tolist() == hidden.core_ids.tolist()


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


# A worker names another key file, as a script does that sets its environment when it is imported.
WORKERS = """
import multiprocessing, os, sys
from concurrent.futures import ProcessPoolExecutor
import pandas as pd
import groundswell as gs

def luck(path):
    if path:
        os.environ["GROUNDSWELL_KEY"] = path
    company = gs.Company.from_frames(pd.DataFrame({"id": ["a", "b", "c"]}), columns={"id": "id"})
    return company.draw_key, company.draw_numbers.tolist()

if __name__ == "__main__":
    mine = luck("")
    for method in ("fork", "spawn", "forkserver"):
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method)) as pool:
            assert pool.submit(luck, sys.argv[1]).result(100) == mine, method
    assert not os.path.exists(sys.argv[1])
    assert luck(sys.argv[1]) != mine  # no worker: the variable counts
"""


def test_workers_have_the_luck_of_the_process_that_started_them(tmp_path):
    (tmp_path / "script.py").write_text(WORKERS)
    environment = os.environ | {
        "GROUNDSWELL_KEY": str(tmp_path / "own.key"),
        "PYTHONPATH": str(Path(gs.__file__).parents[1]),
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }
    command = [sys.executable, str(tmp_path / "script.py"), str(tmp_path / "worker.key")]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
