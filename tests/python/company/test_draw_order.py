"""Draw numbers: the same person draws by the same number whatever the order of the rows, another under another key."""

from __future__ import annotations

import hashlib
import hmac
import pickle

import numpy as np
import pandas as pd
import pytest

import groundswell as gs
from groundswell.company.pseudonyms import Key

KEY, OTHER = Key(bytes(range(32))), Key(bytes(32))
PEOPLE = 60
RANDOM = np.random.default_rng(4)
HR = pd.DataFrame(
    {
        "Who": [f"w{i:03}" for i in range(PEOPLE)],
        "Team": RANDOM.choice(["Sales", "R&D", "Legal"], PEOPLE),
        "Place": RANDOM.choice(["North", "South"], PEOPLE),
        "Level": RANDOM.integers(1, 5, PEOPLE),
        "Job": RANDOM.choice(["sales", "other"], PEOPLE),
        "Hired": pd.Timestamp("2015-01-05") + pd.to_timedelta(RANDOM.integers(0, 3000, PEOPLE), "D"),
        "Contacts": np.where(RANDOM.random(PEOPLE) < 0.2, np.nan, RANDOM.integers(5, 900, PEOPLE)),
        "Friends": RANDOM.integers(0, 90, PEOPLE),
        "Mood": RANDOM.integers(1, 5, PEOPLE),
        "Gone": RANDOM.random(PEOPLE) < 0.1,
    }
)
TIES = pd.DataFrame(RANDOM.choice(HR["Who"], (200, 2)), columns=["source", "target"])
MAPPING = {
    "id": "Who",
    "department": "Team",
    "region": "Place",
    "seniority": gs.ranked("Level"),
    "job_function": "Job",
    "hire_date": "Hired",
    "connections": "Contacts",
    "connections_facebook": "Friends",
    "satisfaction": gs.scale("Mood", 1, 4),
    "left": "Gone",
}
COVERAGE = gs.TieCoverage(complete_for=HR["Who"][:20], share=0.5)


def read(hr: pd.DataFrame = HR, key: Key = KEY, ties: pd.DataFrame = TIES) -> gs.Company:
    return gs.Company.from_frames(hr, columns=MAPPING, as_of="2026-12-31", ties=ties, ties_coverage=COVERAGE, key=key)


def test_a_draw_number_is_hmac_sha256_of_the_typed_id_under_a_key_of_its_own() -> None:
    secret = hmac.new(bytes(range(32)), b"draw key", hashlib.sha256).digest()
    for name, typed in ((7, b"number:7"), ("7", b"text:7"), ("\u00e9", "text:\u00e9".encode())):
        expected = int.from_bytes(hmac.new(secret, typed, hashlib.sha256).digest()[:8], "big") | 2**63
        assert KEY.draw_numbers([name]).tolist() == [expected]
    assert KEY.draw_numbers([7.0, np.int64(7)]).tolist() == KEY.draw_numbers([7, 7]).tolist()
    assert KEY.draw_numbers([]).tolist() == []
    assert KEY.draw_fingerprint == hmac.new(secret, b"fingerprint", hashlib.sha256).hexdigest()[:8] != KEY.fingerprint


def test_two_ids_of_one_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groundswell.company.pseudonyms.TOP_BIT", 2**64 - 1)  # every number is the same
    with pytest.raises(gs.InvalidInput, match="key: two ids have the same draw number"):
        KEY.draw_numbers([1, 2])


def test_every_shuffle_of_a_table_gives_one_company() -> None:
    first = read()
    assert first.employees == PEOPLE - HR["Gone"].sum()
    for seed in range(5):
        again = read(HR.sample(frac=1, random_state=seed), ties=TIES.sample(frac=1, random_state=seed))
        assert again == first
        assert again.content_hash() == first.content_hash()
        assert again.core_ids.tolist() == first.core_ids.tolist()
        assert again.draw_numbers is not None
        assert again.draw_numbers.tolist() == KEY.draw_numbers(again.ids).tolist()
        assert again.core_arguments()["draw_numbers"].tolist() == sorted(again.draw_numbers)
        pd.testing.assert_frame_equal(again.columns, first.columns)
        pd.testing.assert_frame_equal(again.warnings.drop(columns="examples"), first.warnings.drop(columns="examples"))


def test_everything_known_of_a_person_goes_with_the_person() -> None:
    firm = read()
    row = HR.set_index("Who").loc[firm.ids]
    labels = firm.labels
    assert [labels["department"][code] for code in firm.categories["department"]] == row["Team"].tolist()
    assert [labels["region"][code] for code in firm.categories["region"]] == row["Place"].tolist()
    assert (firm.categories["seniority"] + 1).tolist() == row["Level"].tolist()
    assert firm.categories["job_function"].tolist() == (row["Job"] == "sales").astype(int).tolist()
    assert firm.hire_date is not None
    assert firm.hire_date.tolist() == row["Hired"].dt.date.tolist()
    np.testing.assert_array_equal(firm.attributes["connections"], row["Contacts"])
    assert firm.platform_connections["facebook"].tolist() == row["Friends"].tolist()
    np.testing.assert_allclose(firm.attributes["satisfaction"], (row["Mood"] - 0.5) / 4)
    gone = set(HR["Who"][HR["Gone"]])
    given = {frozenset(pair) for pair in TIES.itertuples(index=False, name=None) if pair[0] != pair[1]}
    assert firm.ties is not None
    assert {frozenset(firm.ids[pair]) for pair in firm.ties} == {pair for pair in given if not pair & gone}
    assert firm.tie_gaps is not None
    assert firm.tie_gaps.complete is not None
    assert set(firm.ids[firm.tie_gaps.complete == 1]) == set(HR["Who"][:20]) - gone


def test_another_key_gives_other_numbers_and_another_hash() -> None:
    one, other = read(), read(key=OTHER)
    assert set(one.ids) == set(other.ids)
    assert one.draw_numbers is not None
    assert other.draw_numbers is not None
    assert not set(one.draw_numbers.tolist()) & set(other.draw_numbers.tolist())
    assert one.content_hash() != other.content_hash()
    assert (one.draw_key, other.draw_key) == (KEY.draw_fingerprint, OTHER.draw_fingerprint)
    assert one != other


def test_who_stays_keeps_the_number() -> None:
    later = pd.concat([HR.iloc[12:], HR.iloc[:20].assign(Who=[f"n{i}" for i in range(20)])])
    before, after = (gs.Company.from_frames(hr, columns={"id": "Who"}, key=KEY) for hr in (HR, later))
    both = sorted(set(before.ids) & set(after.ids))
    assert before.draw_numbers is not None
    assert after.draw_numbers is not None
    assert before.draw_numbers[before.numbers_of(both)].tolist() == after.draw_numbers[after.numbers_of(both)].tolist()
    assert len(both) == PEOPLE - 12


def test_an_id_of_another_type_is_another_person() -> None:
    number, text = (
        gs.Company.from_frames(pd.DataFrame({"id": ids}), columns={"id": "id"}, key=KEY)
        for ids in ([123, 124], ["000123", "000124"])
    )
    assert number.content_hash() != text.content_hash()


def test_the_key_is_ones_own_unless_another_is_given(tmp_path: pytest.TempPathFactory) -> None:
    hr = HR[["Who"]]
    assert gs.Company.from_frames(hr, columns={"id": "Who"}).draw_key == gs.own_key().draw_fingerprint
    team = gs.create_key(f"{tmp_path}/team.key")
    given = [gs.Company.from_frames(hr, columns={"id": "Who"}, key=key) for key in (team, f"{tmp_path}/team.key")]
    assert {firm.draw_key for firm in given} == {team.draw_fingerprint}
    with pytest.raises(gs.InvalidInput, match="key = 7: must be a key"):
        gs.Company.from_frames(hr, columns={"id": "Who"}, key=7)  # type: ignore[arg-type]


def test_a_company_that_was_made_up_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDSWELL_KEY", "/dev/null/no.key")
    made_up = gs.Company.synthetic(9)
    assert (made_up.draw_numbers, made_up.draw_key) == (None, "")
    assert "draw_numbers" not in made_up.core_arguments()
    with pytest.raises(gs.InvalidInput, match="GROUNDSWELL_KEY"):
        gs.Company.from_frames(HR, columns={"id": "Who"})


def test_numbers_are_read_only_and_pickled() -> None:
    firm = read()
    copied = pickle.loads(pickle.dumps(firm))
    assert copied == firm
    for one in (firm, copied):
        assert one.draw_numbers is not None
        with pytest.raises(ValueError, match="read-only"):
            one.draw_numbers[0] = 1


def test_a_scenario_saved_under_another_key_says_so() -> None:
    text = gs.Scenario(read(), start="2027-01-04", weeks=4).to_yaml()
    assert gs.Scenario.from_yaml(text, read()).company == read()
    message = (
        f"another company than .* maybe only under another key: it had the draw key '{KEY.draw_fingerprint}', this one "
        f"has the draw key '{OTHER.draw_fingerprint}' .*any_company=True"
    )
    with pytest.raises(gs.InvalidInput, match=message):
        gs.Scenario.from_yaml(text, read(key=OTHER))
    old = "\n".join(line for line in text.splitlines() if "draw_key" not in line)
    with pytest.raises(gs.InvalidInput, match=f"it had no draw key, this one has .*{OTHER.draw_fingerprint}"):
        gs.Scenario.from_yaml(old, read(key=OTHER))
    with pytest.raises(gs.InvalidInput, match=r"another company than .*\(\w+…\); pass any_company"):
        gs.Scenario.from_yaml(text, read(HR.assign(Mood=1)))
