"""What a saved study keeps of the second block of a comparison: its inputs, their draws, the values of every run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from groundswell.decide.contest import Contest
from groundswell.decide.inputs.block import Drawn
from groundswell.results.recording import Recording
from groundswell.results.results import Results
from groundswell.run.drawn import DrawnRuns
from groundswell.scenario.inputs.inputs import Input
from groundswell.scenario.schema.priors import from_text
from groundswell.study.archive import MANIFEST, Members
from groundswell.study.checks import check_layout, check_values, demand
from groundswell.study.recording_part import read_values, values_table
from groundswell.study.schema import DrawnText, check_text


def _name(design: int) -> str:
    return f"design_{design}/drawn.parquet"


def drawn_members(contest: Contest) -> dict[str, bytes]:
    """The values of the second block, a table a design."""
    if contest.drawn is None:
        return {}
    recordings = contest.drawn.runs.recordings
    return {_name(i): values_table(recordings[label]) for i, label in enumerate(contest.labels) if label in recordings}


def drawn_settings(contest: Contest) -> dict[str, Any] | None:
    """The rest of it, as JSON values. Why a draw was refused is left out: the text may name groups of people."""
    drawn = contest.drawn
    if drawn is None:
        return None
    return {
        "inputs": [
            {"address": one.address, "name": one.name, "priors": {a: str(prior) for a, prior in one.priors}}
            for one in drawn.inputs
        ],
        "uniforms": drawn.uniforms.tolist(),
        "values": {address: list(numbers) for address, numbers in drawn.values.items()},
        "finished": {
            label: recording.finished[:, 0].astype(int).tolist() for label, recording in drawn.runs.recordings.items()
        },
        "refused": [[world, label] for world, label, _ in drawn.runs.refused],
        "persons": [list(of_world) for of_world in drawn.persons],
        "seconds": drawn.seconds,
    }


def read_drawn(members: Members, manifest: Mapping[str, Any], stored: Any, results: list[Results]) -> Drawn | None:
    """What `drawn_members` and `drawn_settings` wrote; None where there is no second block."""
    if stored is None:
        return None
    check_text(DrawnText, MANIFEST, stored)
    uniforms = np.array(stored["uniforms"], dtype=np.float64).reshape(-1, len(stored["inputs"]))
    recordings = {}
    for i, result in enumerate(results):
        finished = np.array(stored["finished"].get(result.label, ()), dtype=np.bool_)[:, None]
        demand(len(finished) == len(uniforms), MANIFEST, f"contest.drawn.finished: not {len(uniforms)} worlds")
        layout, values = read_values(members, _name(i), manifest, finished.shape)
        check_layout(layout, result.scenario, _name(i))
        check_values(values, finished, _name(i))
        recordings[result.label] = Recording(layout, result.recording.measures, values, finished)
    inputs = tuple(
        Input(one["address"], one["name"], tuple((a, from_text(text)) for a, text in one["priors"].items()))
        for one in stored["inputs"]
    )
    refused = tuple((world, label, "refused (why is not in the saved file)") for world, label in stored["refused"])
    values_of = {address: tuple(numbers) for address, numbers in stored["values"].items()}
    persons = tuple(tuple(map(int, of_world)) for of_world in stored["persons"])
    demand(len(persons) == len(uniforms), MANIFEST, f"contest.drawn.persons: not {len(uniforms)} worlds")
    return Drawn(inputs, uniforms, values_of, DrawnRuns(recordings, refused), persons, float(stored["seconds"]))
