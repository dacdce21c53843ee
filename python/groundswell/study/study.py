"""Saved studies: one .gsw file that opens without the analyst's table, and reruns to the same numbers.

A .gsw file is a zip: manifest.json (what it is, SHA-256 of every other member), the company, and for each design its
scenario as YAML, the values of every run and what each employee's posts did as Parquet. Employees are there under keyed
pseudonyms, or not at all (`people="aggregate"`). Opening one runs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Union

import numpy as np
import pandas as pd
import pyarrow as pa

from groundswell.common import arguments
from groundswell.common.files import writable, write_file
from groundswell.common.ids import Id
from groundswell.company.company import Company
from groundswell.company.identity import PSEUDONYMS, with_pseudonym_warning
from groundswell.company.pseudonyms import Key, as_key, own_key
from groundswell.company.saved import SavedCompany
from groundswell.company.small_groups import MIN_GROUP, check_min_group
from groundswell.decide.contest import Contest, make_contest
from groundswell.errors import DamagedFile, GroundswellError, InvalidInput, invalid
from groundswell.results.measures import Measure
from groundswell.results.people_counts import AGGREGATE, FULL, PEOPLE_OPTIONS
from groundswell.results.recording import Recording
from groundswell.results.results import Results
from groundswell.results.warnings import without_examples
from groundswell.scenario import Scenario
from groundswell.scenario.document import read, write_empty, write_nameless
from groundswell.scenario.names import Words, named
from groundswell.study.archive import MANIFEST, Members, from_json, pack, short, unpack
from groundswell.study.checks import check_layout, check_measures, check_people, check_values, demand, of_this_version
from groundswell.study.company_part import (
    DESCRIPTION,
    CompanyPart,
    company_part,
    frame_from_json,
    frame_to_json,
    read_company,
)
from groundswell.study.contest_part import from_settings, settings
from groundswell.study.inputs_part import drawn_members, drawn_settings, read_drawn
from groundswell.study.recording_part import layout_entries, people_table, read_people, read_values, values_table
from groundswell.study.schema import StudyText, check_text
from groundswell.worlds.persons import persons_by_segment

Study = Union["Contest", Results]
KeyOption = Key | str | Path | None


def save(
    study: Study, path: str | Path, key: KeyOption = None, min_group: int = MIN_GROUP, people: str | None = None
) -> Path:
    """Write a result or a comparison to `path` (ends in .gsw); an existing file is replaced. Returns the path.

    No id is in the file: employees are under pseudonyms that only their key turns back, and only mapped columns that
    the model uses are kept.

    Parameters
    ----------
    key:
        A key (`gs.read_key`, `gs.create_key`) or the path of its file; by default `gs.own_key()`, which stays on this
        machine. Not needed for a company that was made up.
    min_group:
        Departments and regions of fewer people lose their names (and further ones, while these are fewer in all).
    people:
        `"aggregate"`: nobody is in the file, in no form; it opens, and cannot be rerun or extended. By default this is
        so where a result was made so, and employees are in the file where they were recorded (`"full"`).

    Raises
    ------
    InvalidInput
        A path that cannot be written (what was there stays), a key that cannot be read, or is another one than that of
        a study that was opened without its key.
    """
    path = arguments.path("path", path)
    if people is not None and arguments.text("people", people) not in PEOPLE_OPTIONS:
        raise invalid("people", people, f"must be one of {', '.join(PEOPLE_OPTIONS)}")
    target, results = writable(path, ".gsw"), _results(study)
    nobody = people == AGGREGATE or any(result.manifest.get("people") == AGGREGATE for result in results)
    if nobody and people == FULL:
        raise invalid("people", people, "a result was made with people='aggregate'; simulate it with people='full'")
    company = results[0].scenario.company
    part = company_part(company, key, check_min_group(min_group), AGGREGATE if nobody else FULL)
    members = dict(part.members)
    for i, result in enumerate(results):
        members[f"design_{i}/scenario.yaml"] = write_empty(result.scenario, _words(part, company, nobody)).encode()
        members[f"design_{i}/values.parquet"] = values_table(result.recording)
        if result.recording.people is not None and not nobody:
            members[f"design_{i}/people.parquet"] = people_table(result.recording.people)
    if not isinstance(study, Results):
        members |= drawn_members(study)
    manifest = {
        "kind": "result" if isinstance(study, Results) else "contest",
        "people": AGGREGATE if nobody else FULL,
        "key": part.fingerprint,
        "min_group": part.min_group,
        "baseline_given": None if isinstance(study, Results) else study.baseline_given,
        "contest": None if isinstance(study, Results) else {**settings(study), "drawn": drawn_settings(study)},
        "designs": [_design(result, part, nobody) for result in results],
        "measures": [asdict(measure) for measure in results[0].recording.measures.values()],
        **layout_entries(results[0].recording.layout),
    }
    return write_file(target, pack(manifest, members), ".gsw")


def check_can_save(company: Company, folder: Path) -> None:
    """Before a long run: is there a key, and may the folder be written? InvalidInput where not."""
    if not os.access(folder, os.W_OK):
        raise InvalidInput(f"path: {str(folder)!r} cannot be written")
    if not company.is_synthetic and not isinstance(company, SavedCompany):
        own_key()


def _results(study: Study) -> list[Results]:
    return [study] if isinstance(study, Results) else list(study.results.values())


def _design(result: Results, part: CompanyPart, nobody: bool) -> dict[str, Any]:
    recorded = None if nobody else result.recording.people
    return {
        "label": result.label,
        "seconds": result.seconds,
        "finished": result.recording.finished.astype(int).tolist(),
        "advocates": _advocates(result, part, nobody and not result.scenario.company.is_synthetic),
        "persons": result.recording.persons and list(result.recording.persons),
        "people": recorded and {"measures": recorded.measures, "replicates": recorded.replicates.tolist()},
        "warnings": frame_to_json(_lasting(without_examples(result.warnings, result.scenario.company))),
        "manifest": _manifest(result, nobody, max(part.min_group, MIN_GROUP)),
    }


def _lasting(warnings: pd.DataFrame) -> pd.DataFrame:
    """Without the one that comes and goes with the key a file is opened with."""
    return warnings[warnings["code"] != PSEUDONYMS]


def _opened(warnings: pd.DataFrame, company: Company) -> pd.DataFrame:
    """Warnings of a file's result, and whether its ids are pseudonyms."""
    hidden = PSEUDONYMS in set(company.warnings["code"])
    return with_pseudonym_warning(warnings, company.employees) if hidden else warnings


def _words(part: CompanyPart, company: Company, nobody: bool) -> Words | None:
    """What the file has for departments and regions; None where it has no groups."""
    if nobody and not company.is_synthetic:
        return None
    labels = from_json(part.members, DESCRIPTION)["labels"]
    return {kind: dict(zip(company.labels[kind], known, strict=True)) for kind, known in labels.items()}


def _manifest(result: Results, nobody: bool, min_group: int) -> dict[str, Any]:
    """As of the result, but what of it the file does not hold."""
    left = [*result.manifest.get("recorded_but_not_saved", ()), *result.manifest.get("record", ())]
    return {
        **result.manifest,
        "scenario": write_nameless(result.scenario, min_group),
        **({"people": AGGREGATE} if nobody else {}),
        "record": [],
        "recorded_but_not_saved": left,
    }


def _advocates(result: Results, part: CompanyPart, nobody: bool) -> list[Id] | int | None:
    """Named people as the file has them; how many they are where nobody is in it; None where none is named."""
    people = named(result.scenario.program)
    if people is None:
        return None
    address, ids = people
    return len(ids) if nobody else [part.ids[i] for i in result.scenario.company.numbers_of(ids, address)]


def load(path: str | Path, key: KeyOption = None) -> Study:
    """Open a .gsw file: a `Results` or a `Contest`, as it was saved. Runs nothing.

    Parameters
    ----------
    key:
        The key it was saved under, or the path of its file (`gs.own_key()` where none was named): employees have the
        analyst's own ids again, so that `hr.merge(result.people())` works. Without it they have pseudonyms, and the
        warning `ids_are_pseudonyms` of the company and of every result says so.

    Raises
    ------
    InvalidInput
        If there is no such file, or the key is not the one it was saved under.
    DamagedFile
        For a file that is truncated, was changed, is not one of ours or is of another schema.
    """
    members, manifest = unpack(arguments.path("path", path))
    chosen = None if key is None else as_key(key)
    _check_key(Path(path), chosen, manifest.get("key"))
    try:
        return _rebuild(members, manifest, chosen)
    except DamagedFile as error:
        raise DamagedFile(f"{path}: {error}") from None
    except (GroundswellError, KeyError, IndexError, TypeError, ValueError, AttributeError, pa.ArrowException) as error:
        raise DamagedFile(f"{path}: the content does not fit together: {short(error)}") from None
    except MemoryError:
        raise DamagedFile(f"{path}: announces more than fits in memory") from None


def _check_key(path: Path, key: Key | None, fingerprint: Any) -> None:
    if key is None or key.fingerprint == fingerprint:
        return
    if fingerprint is None:
        raise InvalidInput(f"key: {path} has no pseudonyms, so no key opens it; leave key out")
    raise InvalidInput(
        f"key: {path} was saved under the key of fingerprint {fingerprint!r}, this one has {key.fingerprint!r}; "
        "without key it opens with pseudonyms"
    )


def _rebuild(members: Members, manifest: Mapping[str, Any], key: Key | None) -> Study:
    company, ids = read_company(members, key)
    own = dict(zip(ids, company.ids.tolist(), strict=True))
    known = from_json(members, DESCRIPTION)["labels"]
    words = {kind: dict(zip(labels, company.labels[kind], strict=True)) for kind, labels in known.items()}
    check_text(StudyText, MANIFEST, manifest)
    measures = of_this_version({str(row["name"]): Measure(**row) for row in manifest["measures"]})
    check_measures(measures)
    results = []
    for i, design in enumerate(manifest["designs"]):
        finished = np.array(design["finished"], dtype=bool)
        layout, values = read_values(members, f"design_{i}/values.parquet", manifest, finished.shape)
        people = read_people(members, f"design_{i}/people.parquet", design["people"], company.employees)
        text = members[f"design_{i}/scenario.yaml"].decode()
        scenario = _scenario(text, company, design["advocates"], own, words)
        demand(scenario.label == design["label"], MANIFEST, f"designs.{i}.label: not that of its scenario")
        if not getattr(company, "rows_hash", ""):
            scenario.core_design()  # groups that a program names are there
        check_layout(layout, scenario, f"design_{i}/values.parquet")
        check_values(values, finished, f"design_{i}/values.parquet")
        check_people(people, finished, f"design_{i}/people.parquet")
        results.append(
            Results(
                scenario=scenario,
                recording=Recording(layout, measures, values, finished, people, _persons(design, scenario)),
                warnings=_opened(frame_from_json(design["warnings"]), company),
                manifest=design["manifest"],
                seconds=float(design["seconds"]),
            )
        )
    if manifest["kind"] == "result":
        return results[0]
    contest = manifest["contest"]
    drawn = read_drawn(members, manifest, contest.get("drawn"), results)
    return make_contest(results, bool(manifest["baseline_given"]), drawn=drawn, **from_settings(contest))


def _persons(design: Mapping[str, Any], scenario: Scenario) -> tuple[int, ...] | None:
    """Persons by segment; of a file of an earlier version worked out, unless an audience was given and is not in it."""
    if design.get("persons") is not None:
        return tuple(design["persons"])
    is_whole = not getattr(scenario.company, "rows_hash", "")
    return persons_by_segment(scenario) if is_whole else None


def _scenario(text: str, company: Company, people: Any, own: Mapping[Id, Id], words: Words) -> Any:
    """The scenario with the people it names: their number alone is known where nobody was saved."""
    firm, values = read(text, company, any_company=False, words=words)
    scenario = Scenario(firm, **values)
    empty = named(scenario.program)
    if people is None or empty is None:
        return scenario
    if isinstance(people, int) and not 0 <= people <= company.employees:
        raise DamagedFile(f"{people:,} people are named, of {company.employees:,} employees")
    names: Sequence[Id] = range(people) if isinstance(people, int) else [own[name] for name in people]
    return scenario.replace({empty[0]: tuple(names)}, label=scenario.label)
