"""Errors of the compiled core are the classes of groundswell.errors."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
import typer

import groundswell as gs
from groundswell import _core, errors
from groundswell.cli.options import errors as shown_errors


def make_design(group: str, name: str, value: float) -> _core.Design:
    parts: Any = _core.default_parameters()
    parts[group][name] = value
    return _core.Design(parameters=parts, start="2027-01-04", warm_up_weeks=1, weeks=1, follow_up_weeks=0)


@pytest.mark.parametrize("name", ["InvalidInput", "Cancelled", "InternalError"])
def test_the_classes_are_the_same(name: str) -> None:
    assert getattr(_core, name) is getattr(errors, name)
    assert issubclass(getattr(errors, name), gs.GroundswellError)


def test_what_the_core_refuses_is_an_input_of_ours() -> None:
    with pytest.raises(gs.InvalidInput, match=r"^retention\.turnover_per_year = -1: must be") as refused:
        make_design("retention", "turnover_per_year", -1.0)
    assert type(refused.value) is gs.InvalidInput
    assert refused.value.problems == ()  # the core says it in words, as `InvalidInput(message)` does
    again = pickle.loads(pickle.dumps(refused.value))
    assert type(again) is gs.InvalidInput
    assert (str(again), again.problems) == (str(refused.value), ())


def test_a_message_that_is_no_ascii_arrives_whole() -> None:
    with pytest.raises(gs.InvalidInput, match=r"^posting\.größte: no such parameter$"):
        make_design("posting", "größte", 1.0)


@pytest.mark.parametrize("name", ["Cancelled", "InternalError"])
def test_the_others_are_pickled_with_their_message(name: str) -> None:
    error = getattr(errors, name)("what happened")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == "what happened"


def test_the_command_line_keeps_the_traceback_of_a_bug_only() -> None:
    with pytest.raises(gs.GroundswellError, match="a promise"), shown_errors():
        raise errors.InternalError("a promise is broken")
    with pytest.raises(typer.Exit), shown_errors():
        raise gs.Cancelled("cancelled")


def test_a_wrong_setting_of_the_cache_is_no_refusal_of_a_design(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDSWELL_CACHE", "somewhere")
    monkeypatch.setenv("GROUNDSWELL_CACHE_GIB", "many")
    design = gs.Scenario(gs.Company.synthetic(20), "2027-01-04", weeks=4)
    with pytest.raises(gs.InvalidInput, match=r"^GROUNDSWELL_CACHE_GIB = 'many'"):
        gs.simulate(design, worlds=1, replicates=1, progress=False)
