"""YAML as data: a reader that can run nothing, and a writer of plain values."""

from __future__ import annotations

import re
from typing import Any

import yaml

from groundswell.errors import InvalidInput

MOST_CHARACTERS = 1_000_000
DEEPEST = 20


class _Reader(yaml.SafeLoader):
    """Safe loading with less: no aliases, no tags, no repeated keys, only text keys, YAML 1.2 numbers."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own way
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        parser: Any = self  # PyYAML's stubs leave its methods untyped
        event = parser.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise _refused("aliases (*name) are not allowed", event)
        if getattr(event, "tag", None) is not None:
            raise _refused(f"tags are not allowed: {event.tag}", event)
        self.depth += 1
        if self.depth > DEEPEST:
            raise _refused(f"nested deeper than {DEEPEST} levels", event)
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:str":
                raise _refused(f"keys must be text, not {key.value!r}", key)
            if key.value in seen:
                raise _refused(f"the key {key.value!r} is there twice", key)
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep))

    def flatten_mapping(self, node: Any) -> None:
        """No merge keys: ``<<`` is a key like any other."""


class _Writer(yaml.SafeDumper):
    """Quotes whatever any YAML reader, ours or a usual one, could take for something other than text."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]{1,18}$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    ("float", r"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$", list("-+.")),
    ("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", list("0123456789")),
):
    for _class in (_Reader, _Writer):
        _class.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _construct_int(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node))  # decimal: SafeLoader would read 010 as octal


def _construct_float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    text = loader.construct_scalar(node).lower()
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


_Reader.add_constructor("tag:yaml.org,2002:int", _construct_int)
_Reader.add_constructor("tag:yaml.org,2002:float", _construct_float)


def _refused(what: str, at: Any) -> InvalidInput:
    mark = at.start_mark
    return InvalidInput(f"line {mark.line + 1}, column {mark.column + 1}: {what}")


def load_yaml(text: str, name: str = "YAML") -> dict[str, Any]:
    """Return a mapping from YAML text.

    Loading is data only: tags, aliases, repeated keys, keys that are not text, more than ``MOST_CHARACTERS``
    characters or ``DEEPEST`` levels are refused.

    Raises
    ------
    InvalidInput
        With ``name``, line and column.
    """
    if not isinstance(text, str):
        raise InvalidInput(f"{name}: text is needed, not {type(text).__name__}")
    if len(text) > MOST_CHARACTERS:
        raise InvalidInput(f"{name}: {len(text):,} characters; at most {MOST_CHARACTERS:,} are read")
    try:
        data = yaml.load(text, Loader=_Reader)  # noqa: S506 - _Reader is a restricted SafeLoader
    except InvalidInput as error:
        raise InvalidInput(f"{name}, {error}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InvalidInput(f"{name}: {_one_line(error)}") from None
    if not isinstance(data, dict):
        raise InvalidInput(f"{name}: a mapping of names to values is needed, not {type(data).__name__}")
    return data


def dump_yaml(data: dict[str, Any]) -> str:
    """Plain values (dicts, lists, text, numbers, dates, None) as YAML, keys in the given order."""
    return str(yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100))


def _one_line(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error)).strip()
