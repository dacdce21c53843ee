"""What groups of parameters share: frozen values, stated coercions, errors with the address."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, ClassVar, get_args, get_origin

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from groundswell.errors import InvalidInput, Problem, did_you_mean, shown
from groundswell.scenario.schema.moved import moved_to

TAGS = ("input", "evidence", "assumption", "chosen in prototypes")


@dataclass(frozen=True)
class Spec:
    """What is known about one number: metadata of a field, and the rule its values obey.

    Attributes
    ----------
    description
        one line.
    unit
        of the value.
    prior
        text: LN(m, s) lognormal with median m and log-sd s, U uniform, N normal.
    source
        rows of ``gs.evidence()`` in brackets, or what stands in their place: module ``evidence``.
    tag
        one of ``TAGS``.
    at_least, above, at_most, below
        bounds; None where open.
    count
        a whole number.
    off
        None is allowed and switches the mechanism off (the core sees infinity).
    optional
        None is allowed and says that something else is given.
    choices
        the only values, where it is not a number: two names, or False and True.
    """

    description: str
    unit: str
    prior: str
    source: str = "assumption"
    tag: str = "assumption"
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None
    count: bool = False
    off: bool = False
    optional: bool = False
    choices: tuple[str | bool, ...] = ()

    def bounds(self) -> str:
        """Return the bounds as text, as in ``[0, 1]``, ``> 0`` or ``False or True``."""
        if self.choices:
            return " or ".join(str(choice) for choice in self.choices)
        low, high = self.at_least, self.at_most
        if low is not None and high is not None:
            text = f"[{low:g}, {high:g}]"
        elif self.above is not None and high is not None:
            text = f"({self.above:g}, {high:g}]"
        elif low is not None and self.below is not None:
            text = f"[{low:g}, {self.below:g})"
        elif self.above is not None and self.below is not None:
            text = f"({self.above:g}, {self.below:g})"
        elif low is not None:
            text = f">= {low:g}"
        elif self.above is not None:
            text = f"> {self.above:g}"
        else:
            text = "any"
        return text + (" or None (off)" if self.off else "")

    def rule(self) -> str:
        """Return what a value must be, in words."""
        if self.choices:
            return f"must be {' or '.join(repr(choice) for choice in self.choices)}"
        kind = "a whole number" if self.count else "a finite number"
        bounds = self.bounds()
        return f"must be {kind}" + ("" if bounds == "any" else f", {bounds}") + f" ({self.unit})"

    def check(self, value: Any) -> Any:
        """Return the value as int, float or choice after the stated coercions; raises ValueError with the rule."""
        if value is None and (self.off or self.optional):
            return None
        if self.choices:
            return self._choice(value)
        number = to_count(value) if self.count else to_real(value)
        if number is None or not self._inside(number):
            raise ValueError(self.rule())
        return number

    def _choice(self, value: Any) -> str | bool:
        asked = value.item() if isinstance(value, np.generic) else value
        for choice in self.choices:
            if type(asked) is type(choice) and asked == choice:
                return choice
        near = did_you_mean(asked, self.choices) if isinstance(asked, str) and isinstance(self.choices[0], str) else ""
        raise ValueError(f"{self.rule()}; {near}" if near else self.rule())

    def _inside(self, x: float) -> bool:
        return (
            (self.at_least is None or x >= self.at_least)
            and (self.above is None or x > self.above)
            and (self.at_most is None or x <= self.at_most)
            and (self.below is None or x < self.below)
        )


def tuned(description: str, unit: str, prior: str, target: int | None = None, **bounds: Any) -> Spec:
    """Return the ``Spec`` of a number that was chosen in prototypes, for one target of ``validate`` or for several."""
    source = "prototypes" if target is None else f"prototypes: target {target}"
    return Spec(description, unit, prior, source, "chosen in prototypes", **bounds)


def to_count(value: Any) -> int | None:
    """Return a Python or NumPy integer as int; None for anything else (1.5, "1", True)."""
    if isinstance(value, int | np.integer) and not isinstance(value, bool | np.bool_):
        return int(value)
    return None


def to_real(value: Any) -> float | None:
    """Return a finite Python or NumPy number as float; None for anything else ("1", True, NaN, infinity)."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)


class OwnNames(ModelMetaclass):
    """Of a group, ``help`` and ``dir`` show what this package says of it, not pydantic's methods."""

    def __dir__(self) -> list[str]:
        own = (name for base in self.__mro__ if issubclass(base, Group) for name in vars(base))
        return sorted({name for name in own if not name.startswith(("_", "model_"))} - set(Group.__annotations__))


@dataclass(frozen=True)
class Default:
    """A default as a signature shows it."""

    value: Any

    def __repr__(self) -> str:
        return f"{type(self.value).__name__}()" if isinstance(self.value, Group) else repr(self.value)


class Group(BaseModel, metaclass=OwnNames):
    """A frozen value that checks itself: unknown names, types, bounds, rules over several fields.

    Raises
    ------
    InvalidInput
        one line a problem, with dotted address, value and rule.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)
    address: ClassVar[tuple[str, ...]] = ()
    one_of: ClassVar[tuple[str, ...]] = ()  # fields of which one at least must be there
    shorthands: ClassVar[tuple[str, ...]] = ()  # names that are set as a field is, and that set several fields

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise InvalidInput(problems=_problems(type(self), error), prefix=type(self).address) from None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Give the class a signature that a person can read: names and defaults."""
        super().__pydantic_init_subclass__(**kwargs)
        cls.__signature__ = Signature([_parameter(name, field) for name, field in cls.model_fields.items()])

    @field_validator("*", mode="before")
    @classmethod
    def _check_field(cls, value: Any, info: ValidationInfo) -> Any:
        name = info.field_name or ""
        spec = spec_of(cls, name)
        if spec is not None:
            return spec.check(value)
        group = group_of(cls, name)
        if group is None or type(value) is group:
            return value
        if isinstance(value, Mapping):
            return group(**{str(key): item for key, item in value.items()})
        if value is None and not _is_only(cls, name, group):
            return None
        raise ValueError(f"must be a {group.__name__} or a mapping of its parameters")

    def __dir__(self) -> list[str]:
        return sorted({*type(self).model_fields, *dir(type(self))})

    def __repr__(self) -> str:
        fields = type(self).model_fields
        changed = [f"{k}={getattr(self, k)!r}" for k, f in fields.items() if getattr(self, k) != default_of(f)]
        rest = len(fields) - len(changed)
        return f"{type(self).__name__}({', '.join(changed)})" + (f"  # {rest} at default" if rest else "")

    __str__ = __repr__

    def model_post_init(self, context: Any, /) -> None:
        """Refuse the value where a rule over several fields is broken."""
        del context
        problems = list(self._broken_rules())
        if problems:
            raise InvalidInput(problems=problems, prefix=type(self).address)

    def _broken_rules(self) -> Iterable[Problem]:
        return ()


class Mix(Group):
    """Shares that sum to 1."""

    def _broken_rules(self) -> Iterable[Problem]:
        values = {name: getattr(self, name) for name in type(self).model_fields}
        total = sum(values.values())
        if abs(total - 1) > 1e-9:
            yield Problem((), shown(values, 160), f"the shares must sum to 1; they sum to {total:.12g}")


def plain(value: Any) -> Any:
    """Return groups and mappings as dicts and tuples as lists, all the way down."""
    if isinstance(value, Group):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return dict(value)
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def default_of(field: Any) -> Any:
    """Return the default of a pydantic field, made anew where it comes from a factory."""
    return field.get_default(call_default_factory=True)


def _parameter(name: str, field: Any) -> Parameter:
    default = Parameter.empty if field.is_required() else Default(default_of(field))
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default)


def spec_of(cls: type[BaseModel], name: str) -> Spec | None:
    """Return the ``Spec`` of a field, or None for a group or a field without one."""
    field = cls.model_fields.get(name)
    return next((m for m in field.metadata if isinstance(m, Spec)), None) if field else None


def group_of(cls: type[BaseModel], name: str) -> type[Group] | None:
    """Return the class of a field that holds a group, or group | None; None for any other field.

    Where the default is of a subclass (a platform with its own defaults), it is that one.
    """
    field = cls.model_fields[name]
    options = get_args(field.annotation) or (field.annotation,)
    if get_origin(field.annotation) is tuple:  # a list of groups
        return None
    group = next((o for o in options if isinstance(o, type) and issubclass(o, Group)), None)
    return type(field.default) if group is not None and isinstance(field.default, group) else group


def _is_only(cls: type[BaseModel], name: str, group: type[Group]) -> bool:
    """Whether a field takes this group and nothing else (None is refused)."""
    annotation = cls.model_fields[name].annotation
    return isinstance(annotation, type) and issubclass(group, annotation)


def _problems(cls: type[Group], error: ValidationError) -> Iterator[Problem]:
    for item in error.errors(include_url=False):
        path = tuple(str(part) for part in item["loc"])
        inner = item.get("ctx", {}).get("error")
        if isinstance(inner, InvalidInput) and inner.problems:
            yield from (Problem(path + p.path, p.value, p.rule) for p in inner.problems)
        elif item["type"] == "extra_forbidden":
            new = moved_to(".".join((*cls.address, *path)))
            near = f"nearest valid name: {new}" if new else did_you_mean(path[-1], cls.model_fields)
            yield Problem(path, "", f"no parameter of that name; {near}")
        elif item["type"] == "missing":
            yield Problem(path, "", "is required")
        else:
            rule = str(inner) if inner is not None else item["msg"]
            yield Problem(path, shown(item["input"]), rule)
