"""The second block of a comparison: same worlds and luck, tables untouched, extended, resumed, saved, in words."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest

import groundswell as gs
from groundswell import _core
from groundswell.common.progress import open_progress
from groundswell.common.text import signed
from groundswell.decide.inputs import clause
from groundswell.decide.inputs.block import draws_of, run_block
from groundswell.decide.inputs.evaluate import evaluate
from groundswell.results.grain import make_query
from groundswell.run.drawn import run_drawn
from groundswell.scenario.inputs.draws import Draws

WORLDS = 10
PHI, LIFE = "awareness.phi", "awareness.half_life_weeks"


def designs():
    company = gs.Company.synthetic(20)
    base = gs.Scenario(company, "2027-01-04", 4, "No program", warm_up_weeks=1, follow_up_weeks=1)
    few = gs.Program(advocates=gs.ActiveAdvocates(size=2), posts_per_week=4)
    many = gs.Program(advocates=gs.ActiveAdvocates(size=8), posts_per_week=1)
    return base, base.replace(label="Few", program=few), base.replace(label="Many", program=many)


def run(worlds=WORLDS, **options):
    base, *others = designs()
    return gs.compare(others, base, worlds=worlds, replicates=1, progress=False, **options)


@pytest.fixture(scope="module")
def contest():
    return run()


@pytest.fixture(scope="module")
def plain():
    return run(inputs=False)


def same(one, other):
    return all(
        np.array_equal(one.drawn.runs.recordings[label].values, other.drawn.runs.recordings[label].values)
        for label in one.labels
    )


def test_tables_stay_at_stated_values(contest, plain):
    assert contest.drawn is not None
    assert plain.drawn is None
    assert contest.table().equals(plain.table())
    alone = gs.simulate(designs()[1], worlds=WORLDS, replicates=1, progress=False)
    assert np.array_equal(alone.recording.values, contest.results["Few"].recording.values, equal_nan=True)


def test_a_design_in_the_second_block_is_its_draw_simulated_alone(contest):
    draw = draws_of(list(contest.results.values())).of(3)
    alone = gs.simulate(draw.scenarios[1], worlds=4, replicates=1, progress=False)
    assert np.array_equal(alone.recording.values[3, 0], contest.drawn.runs.recordings["Few"].values[3, 0])


def test_without_inputs_that_vary_the_blocks_are_identical(plain):
    """Fixed at the stated value, through the same machinery: nothing flips, and nothing moves."""
    results = list(plain.results.values())
    draws = draws_of(results)
    stated = {one.address: plain.results["Few"].scenario.parameters().set_index("path").loc[one.address, "value"]
              for one in draws.inputs}  # fmt: skip
    pinned = tuple(
        replace(
            one, priors=tuple((a, gs.uniform(stated[a] * (1 - 1e-13), stated[a] * (1 + 1e-13))) for a, _ in one.priors)
        )
        for one in draws.inputs
        if stated[one.address] != 0  # a draw keeps twelve digits, and 0 has none
    )
    assert len(pinned) > 15
    with open_progress(False) as bar:
        found = run_drawn(replace(draws, inputs=pinned), WORLDS, 1, results[0].recording.measures, bar)
    for result in results:
        now = found.recordings[result.label].values[:, 0]
        assert np.array_equal(now, result.recording.values[:, 0])


def test_threads_extension_and_resumption_give_the_same_block(contest):
    assert same(contest, run(threads=1))
    longer = run(worlds=12)
    assert same(contest.extend(worlds=12), longer)
    half = {
        label: replace(one, finished=one.finished & (np.arange(WORLDS)[:, None] < 4))
        for label, one in contest.drawn.runs.recordings.items()
    }
    partial = replace(contest.drawn, runs=replace(contest.drawn.runs, recordings=half))
    with open_progress(False) as bar:
        resumed = run_block(list(contest.results.values()), 1, bar, partial)
    assert same(contest, replace(contest, drawn=resumed))


def test_an_interruption_keeps_the_draws_that_are_finished(plain, monkeypatch):
    built, calls = _core.build_world, []

    def stop(*args, **options):
        calls.append(1)
        if len(calls) > 3:
            raise KeyboardInterrupt
        return built(*args, **options)

    monkeypatch.setattr(_core, "build_world", stop)
    stopped = plain.with_inputs(threads=1, progress=False)
    assert [int(one.finished.sum()) for one in stopped.drawn.runs.recordings.values()] == [3, 3, 3]
    monkeypatch.undo()
    why = "3 worlds are finished with inputs drawn, and 10 are needed"
    assert clause.inputs_clause(stopped, "Many", "Few", "unique_reach").endswith(f"is not known: {why}.")
    assert set(stopped.inputs()["flag"]) == {why}
    assert set(stopped.drivers()["flag"]) == {why}
    assert same(stopped.with_inputs(threads=1, progress=False), run())


def test_a_draw_that_the_engine_refuses_leaves_its_world_out(plain, monkeypatch):
    built = _core.build_world

    def refuse(company, parameters, seed, index, *rest):
        if index == 2:
            raise gs.InvalidInput("no such world")
        return built(company, parameters, seed, index, *rest)

    monkeypatch.setattr(_core, "build_world", refuse)
    found = plain.with_inputs(threads=1, progress=False)
    assert [(world, label) for world, label, _ in found.drawn.runs.refused] == [(2, label) for label in found.labels]
    assert found.drawn.runs.recordings["Few"].finished[:, 0].tolist() == [world != 2 for world in range(WORLDS)]
    warning = found.warnings.set_index("code").loc["draws_not_run"]
    assert (warning["count"], warning["examples"]) == (1, "world 2: no such world")
    assert "draws_not_run" not in set(plain.warnings["code"])


def test_few_worlds_have_no_second_block():
    assert run(worlds=9).drawn is None
    with pytest.raises(gs.NotRecorded, match="inputs=True, and with 10 worlds"):
        run(worlds=2).inputs()


def test_priors_are_checked_before_anything_runs(monkeypatch):
    base, few, many = designs()
    monkeypatch.setattr(_core, "build_world", None)
    with pytest.raises(gs.InvalidInput, match=r"priors\.awareness\.phi: must be the same in all designs"):
        gs.compare([few, many.prior(PHI, gs.uniform(0.5, 0.7))], base, worlds=WORLDS, replicates=1, progress=False)
    odd = [one.prior("platforms.linkedin.attention", gs.uniform(0.01, 0.02)) for one in (base, few)]
    with pytest.raises(gs.InvalidInput, match=r"100 joint draws in world 0 break a rule; .*must be below attention"):
        gs.compare(odd[1:], odd[0], worlds=WORLDS, replicates=1, progress=False)
    with pytest.raises(gs.InvalidInput, match="inputs = 'no': must be True or False"):
        gs.compare([few, many], base, worlds=WORLDS, inputs="no", progress=False)


def test_draws_are_made_once_and_checked_before_worlds_are_added(contest, monkeypatch):
    made = []
    make = Draws._made
    monkeypatch.setattr(Draws, "_made", lambda self, world: made.append(world) or make(self, world))
    run()
    assert made == list(range(WORLDS))

    def refuse(self, world):
        raise gs.InvalidInput(f"no draw in world {world}")

    monkeypatch.setattr(Draws, "_made", refuse)
    monkeypatch.setattr(_core, "build_world", None)
    with pytest.raises(gs.InvalidInput, match="no draw in world 0"):
        contest.extend(worlds=11)


def test_the_frames_say_what_holds(contest):
    frame = contest.inputs("impressions")
    best = contest.table(measures="impressions").sort_values("mean")["label"].iloc[-1]
    assert set(frame["label"]) == {best}
    assert frame["versus"].tolist()[-1] == "any other"
    assert (frame["draws"] == WORLDS).all()
    told = frame[frame["flag"] == ""]
    assert (told["holds_ci_lower"] <= told["holds"]).all()
    assert (told["holds"] <= 1).all()
    assert frame[frame["flag"] != ""]["holds"].isna().all()
    pair = frame.iloc[0]
    rows = [contest.drawn.runs.recordings[label].cells("impressions", QUERY).values for label in (best, pair["versus"])]
    assert pair["difference"] == pytest.approx(float((rows[0] - rows[1]).mean()))
    assert pair["difference_ci_lower"] < pair["difference"] < pair["difference_ci_upper"]
    draws = contest.draws()
    assert draws["world"].tolist() == list(range(WORLDS))
    assert {address for one in contest.drawn.inputs for address in one.addresses} == set(draws.columns) - {"world"}
    assert set(contest.drivers("impressions").columns) >= {"drives", "input", "correlation"}


QUERY = make_query((), "horizon")


def test_less_is_better_turns_the_difference(contest):
    found = evaluate(contest, "No program", ["Few"], "mutes")
    assert found.sign == -1
    cells = [
        contest.drawn.runs.recordings[label].cells("mutes", QUERY).values[:, 0, 0] for label in ("No program", "Few")
    ]
    assert found.contrasts[0].d2 == pytest.approx(cells[1] - cells[0])
    assert found.interval[0] == pytest.approx(float((cells[0] - cells[1]).mean()))


def test_awareness_is_scaled_above_no_program(contest):
    found = evaluate(contest, "Many", ["Few"], "awareness")
    first = {label: one.recording.cells("awareness", QUERY).values[:, 0, 0] for label, one in contest.results.items()}
    mean = (first["Many"] + first["Few"]) / 2 - first["No program"]
    assert found.contrasts[0].level1 == pytest.approx(mean)


def test_the_sentence_has_the_clause_where_the_difference_is_clear(contest, monkeypatch):
    known = evaluate(contest, "Many", ["No program", "Few"], "unique_reach")
    sentence = contest.sentence("unique_reach")
    assert "inputs" in sentence
    share = clause.Share(0.03, 0.0, 0.1)
    monkeypatch.setattr(clause, "evaluate", lambda *_: replace(known, t=5.0, share=share))
    text = clause.inputs_clause(contest, "Many", "No program", "unique_reach")
    assert text.startswith(" It holds for 97 % (90-100 %) of what is plausible about the inputs")
    assert "its size hangs on" in text
    assert f"inputs drawn the mean difference is {signed(known.interval[1])} to" in text
    assert text.endswith("(95 % interval of the mean over 10 draws).")
    monkeypatch.setattr(clause, "evaluate", lambda *_: replace(known, t=1.0, share=None))
    text = clause.inputs_clause(contest, "Many", "No program", "unique_reach")
    assert text.startswith(" Which of them is better is open at the stated inputs;")


def test_a_design_that_does_nothing_is_no_rival_on_hours(contest):
    """Without a program nobody spends an hour: that is no choice, with inputs drawn as little as without."""
    frame = contest.inputs("hours_added")
    assert len(frame) == 1
    assert "No program" not in {*frame["label"], *frame["versus"]}
    assert set(contest.inputs("unique_people_added")["versus"]) >= {"No program"}


def test_a_small_t_gives_no_share(contest, monkeypatch):
    monkeypatch.setattr("groundswell.decide.inputs.evaluate._t", lambda *_: 1.99)
    assert evaluate(contest, "Many", ["No program"], "unique_reach").share is None
    monkeypatch.setattr("groundswell.decide.inputs.evaluate._t", lambda *_: 2.0)
    assert evaluate(contest, "Many", ["No program"], "unique_reach").share is not None


def test_a_saved_study_has_the_block_and_reruns_it(contest, tmp_path):
    path = contest.save(tmp_path / "study.gsw")
    opened = gs.load(path)
    assert same(opened, contest)
    assert opened.inputs().equals(contest.inputs())
    assert opened.draws().equals(contest.draws())
    assert opened.sentence() == contest.sentence()
    assert same(opened.extend(worlds=11), contest.extend(worlds=11))
    again = gs.rerun(path, progress=False)
    assert again
    rows = sum(one.recording.values.shape[2] for one in contest.results.values())
    people = sum(2 * one.recording.people.total.size for one in contest.results.values())
    assert again.numbers == 2 * WORLDS * rows + people
    without = gs.load(run(inputs=False).save(tmp_path / "plain.gsw"))
    assert without.drawn is None


def test_a_rerun_notices_a_number_of_the_block_that_was_changed(contest, tmp_path):
    few = contest.drawn.runs.recordings["Few"]
    values = few.values.copy()
    values[4, 0, 0] += 1
    changed = {**contest.drawn.runs.recordings, "Few": replace(few, values=values)}
    odd = replace(contest, drawn=replace(contest.drawn, runs=replace(contest.drawn.runs, recordings=changed)))
    again = gs.rerun(odd.save(tmp_path / "odd.gsw"), progress=False)
    assert not again
    assert again.differences[["label", "world"]].to_numpy().tolist() == [["Few", 4]]


@pytest.mark.parametrize(
    "damage",
    [
        lambda drawn: drawn["uniforms"].pop(),
        lambda drawn: drawn["uniforms"][0].__setitem__(0, 1.5),
        lambda drawn: drawn["inputs"][0].update(priors={"awareness.phi": "nonsense(1)"}),
        lambda drawn: drawn["finished"].pop("Few"),
        lambda drawn: drawn.update(seconds=-1),
        lambda drawn: drawn["refused"].append(["a", 1]),
        lambda drawn: drawn.pop("values"),
    ],
)
def test_a_damaged_block_is_refused(contest, tmp_path, damage):
    path = contest.save(tmp_path / "study.gsw")
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    manifest = json.loads(members["manifest.json"])
    damage(manifest["contest"]["drawn"])
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    with pytest.raises(gs.DamagedFile):
        gs.load(path)
