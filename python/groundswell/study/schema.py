"""What the JSON of a saved study must look like: types, ranges, lists of equal length; further keys are let be.

The hashes of a file find accidents only: whoever changes a member can write its hash anew (decision record 17).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from groundswell.common.counts import MOST_COUNT, MOST_SEED
from groundswell.common.planned import repeats
from groundswell.errors import DamagedFile

MOST_EMPLOYEES = 5_000_000
MOST_DAY = 100_000  # of a run
MOST_DESIGNS = 10_000

Text: TypeAlias = Annotated[str, StringConstraints(max_length=1_000_000)]
Label: TypeAlias = Annotated[str, StringConstraints(max_length=10_000)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Whole: TypeAlias = Annotated[int, Field(ge=0, le=2**53)]
Day: TypeAlias = Annotated[int, Field(ge=-MOST_DAY, le=MOST_DAY)]
Window: TypeAlias = Annotated[int, Field(ge=0, le=2)]
Scalar: TypeAlias = bool | Annotated[int, Field(ge=-(2**63), lt=2**63)] | float | Text | None


Sealed: TypeAlias = Annotated[list[Text], Field(min_length=2, max_length=2)]  # pseudonym and bytes


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")


class _Columns(_Part):
    """A table as lists of equal length."""

    @model_validator(mode="after")
    def _equal_lengths(self) -> _Columns:
        lengths = {len(column) for column in dict(self).values() if isinstance(column, list)}
        if len(lengths) > 1:
            raise ValueError("columns differ in length")
        return self


class Fields(_Columns):
    """Columns of a company."""

    model_config = ConfigDict(strict=True, extra="forbid")
    field: list[Label]
    source_column: list[Label | None]
    given: list[Whole]
    missing: list[Whole]
    imputed_from: list[Label | None]
    not_used: list[bool]


class Warnings(_Columns):
    """Warnings of a company or a result."""

    model_config = ConfigDict(strict=True, extra="forbid")
    code: list[Label]
    count: list[Whole]
    examples: list[Text | None]
    consequence: list[Text | None]


class Labels(_Part):
    """Names of groups by code."""

    model_config = ConfigDict(strict=True, extra="forbid")
    department: list[Label]
    region: list[Label]


class CompanyText(_Part):
    """company.json."""

    name: Label
    employees: Annotated[int, Field(ge=0, le=MOST_EMPLOYEES)]
    labels: Labels
    shares: dict[Literal["department", "region", "seniority"], list[Share]]
    as_of: Label | None
    is_synthetic: bool
    audience: Annotated[list[Annotated[int, Field(ge=0, lt=2**24)]], Field(min_length=7, max_length=7)] | None = None
    ties_share: Share | None = None
    running: dict[Label, float] | None = None
    columns: Fields
    warnings: Warnings
    key: Label | None
    sealed_labels: dict[Literal["department", "region"], dict[str, Sealed]]
    rows_hash: Label
    min_group: Annotated[int, Field(ge=0, le=MOST_EMPLOYEES)] = 0


class Cells(_Columns):
    """Weeks, months, quarters or windows."""

    first_day: list[Day]
    end_day: list[Day]
    window: list[Window]


class Fragments(Cells):
    """Stretches of days that are in one week, month, quarter and window."""

    week: list[Day]
    month: list[Day]
    quarter: list[Day]


class MeasureText(_Part):
    """One measure as it was declared when it was recorded."""

    model_config = ConfigDict(strict=True, extra="forbid")
    name: Label
    unit: Label
    kind: Literal["sum", "unique", "level", "mean", "ratio"]
    by_segment: bool
    by_source: bool
    by_platform: bool
    by_hop: bool
    definition: Text
    vendor_word: Label = ""
    number: Annotated[int, Field(ge=0, le=100_000)] = 0
    better: Literal["more", "less", "neither"] = "more"
    population: Label = ""
    rests_on: Label = ""


class PeopleText(_Part):
    """What was counted by person."""

    measures: Annotated[list[Label], Field(max_length=1000)]
    replicates: list[Annotated[int, Field(ge=0, le=MOST_COUNT)]]


class RunText(_Part):
    """The manifest of one design."""

    groundswell: Label
    core: Label
    machine: Label
    label: Label
    scenario: Text
    scenario_hash: Label
    company_hash: Label
    seed: Annotated[int, Field(ge=0, le=MOST_SEED)]
    worlds: Annotated[int, Field(ge=1, le=MOST_COUNT)]
    replicates: Annotated[int, Field(ge=1, le=MOST_COUNT)]
    people: Literal["full", "aggregate"]
    record: list[Label]
    world_warnings: list[list[Any]] = Field(default_factory=list)  # of world, code, count, message


class DesignText(_Part):
    """One design."""

    label: Label
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    finished: Annotated[list[Annotated[list[Literal[0, 1]], Field(min_length=1)]], Field(min_length=1)]
    advocates: list[int | Label] | Annotated[int, Field(ge=0)] | None
    persons: Annotated[list[Annotated[int, Field(ge=0, lt=2**24)]], Field(min_length=7, max_length=7)] | None = None
    people: PeopleText | None
    warnings: Warnings
    manifest: RunText

    @model_validator(mode="after")
    def _fits(self) -> DesignText:
        shape = (self.manifest.worlds, self.manifest.replicates)
        room = {shape, (shape[0], 2 if repeats(*shape) else shape[1])}  # an earlier version repeated no world
        if any((len(self.finished), len(world)) not in room for world in self.finished):
            raise ValueError(f"finished must have {shape[0]} worlds of {shape[1]} replicates")
        if len({len(world) for world in self.finished}) > 1:
            raise ValueError("finished must have as many replicates in each world")
        if not any(map(any, self.finished)):
            raise ValueError("no run is finished")
        for row in self.manifest.world_warnings:
            if [type(value) for value in row] != [int, str, int, str] or not 0 <= row[0] < shape[0] or row[2] < 0:
                raise ValueError("a warning of a world is a world, a code, a count and a message")
        return self


class InputText(_Part):
    """One drawn input: what its draws are keyed by, its name, the priors of its numbers."""

    address: Label
    name: Label
    priors: dict[Label, Label]


class DrawnText(_Part):
    """The second block of a comparison."""

    inputs: Annotated[list[InputText], Field(min_length=1, max_length=10_000)]
    uniforms: Annotated[list[list[Annotated[float, Field(gt=0, lt=1)]]], Field(min_length=1, max_length=MOST_COUNT)]
    values: dict[Label, list[float | int | None]]
    finished: dict[Label, list[Literal[0, 1]]]
    refused: list[list[int | str]]
    persons: list[list[Annotated[int, Field(ge=0, le=MOST_COUNT)]]]
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]

    @model_validator(mode="after")
    def _fits(self) -> DrawnText:
        worlds = len(self.uniforms)
        if any(len(row) != len(self.inputs) for row in self.uniforms):
            raise ValueError("uniforms must have one number a world and input")
        lengths = {*map(len, self.values.values()), *map(len, self.finished.values())}
        if lengths != {worlds}:
            raise ValueError(f"drawn values and finished must have {worlds} worlds")
        for row in self.refused:
            if [type(value) for value in row] != [int, str]:
                raise ValueError("a refused draw is a world and a label")
        return self


class StudyText(_Part):
    """manifest.json."""

    kind: Literal["result", "contest"]
    key: Label | None
    baseline_given: bool | None
    contest: dict[str, Any] | None
    designs: Annotated[list[DesignText], Field(min_length=1, max_length=MOST_DESIGNS)]
    measures: Annotated[list[MeasureText], Field(min_length=1, max_length=10_000)]
    day_zero: Label
    fragments: Fragments
    cells: dict[Literal["week", "month", "quarter", "window"], Cells]

    @model_validator(mode="after")
    def _fits(self) -> StudyText:
        if len(self.cells) < 4:
            raise ValueError("cells must have week, month, quarter, window")
        if len({design.label for design in self.designs}) < len(self.designs):
            raise ValueError("two designs have one label")
        if self.kind == "contest" and (self.contest is None or self.baseline_given is None):
            raise ValueError("a contest has its settings")
        for table in (self.fragments, *self.cells.values()):
            if any(end < first for first, end in zip(table.first_day, table.end_day, strict=True)):
                raise ValueError("a cell ends before it begins")
        return self


def check_text(kind: type[_Part], name: str, value: Mapping[str, Any]) -> None:
    """DamagedFile, naming the place, where a JSON object is not of this kind."""
    try:
        kind.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise DamagedFile(f"{name}: {place or 'content'}: {first['msg']}") from None
