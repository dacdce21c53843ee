"""The schema as frames and as text: every parameter with unit, bounds, prior, source and tag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from pydantic import BaseModel

from groundswell.company.columns import DEPARTMENT_SHARES, REGION_SHARES, SENIORITY_SHARES
from groundswell.company.facts import FACTS, FirmFacts
from groundswell.company.table.transformations import SENIORITIES
from groundswell.evidence import KINDS, links
from groundswell.scenario.addresses import Path, is_absent, leaves, read
from groundswell.scenario.schema.base import Spec
from groundswell.scenario.schema.drawn import is_drawn
from groundswell.scenario.schema.platform_table import PLATFORMS
from groundswell.scenario.schema.priors import Prior
from groundswell.scenario.words import discreet, shown

COLUMNS = ("path", "value", "default", "changed", "unit", "bounds", "prior", "drawn", "source", "tag", "description")


PREFACE = """\
Generated from the schema by `make docs`; a test checks this.

An address is the same in `replace`, `diff`, `grid`, YAML, errors and `--set`. Priors: LN(m, s) lognormal with
median m and log-sd s; U uniform; N normal; × LN(1, s) and ± are relative to the default; **drawn**: in the second
block of `compare` by default ([inputs](model/inputs.md)). Tag: *input* (stated by the
analyst or by definition), *evidence* (a published number), *chosen in prototypes* (tuned with targets in view),
*assumption* (no evidence found; belongs into every sensitivity run). Default none: the analyst gives it.

A source has parts, separated by semicolons; each begins with rows of `gs.evidence()` in brackets
([EVIDENCE.md](EVIDENCE.md)) or with one of the words below; a note may follow after a colon, as in
`[4.22]: sign; assumption: size`. Targets are those of `groundswell validate`.
"""


PLATFORMS_PREFACE = """\
`<name>` is `linkedin`, `facebook`, `instagram` or `x`; where the four differ, a cell has their values in this order,
separated by slashes, or LinkedIn's; elsewhere that of the other three. What no one has measured elsewhere has
LinkedIn's default there, tagged *assumption*.

`platforms.only`, a name or a list of names, switches these on and all others off; shares of posts that are not stated
(`program.platforms`, `posting.organic_platforms`) follow.
"""


COMPANY_PREFACE = """\
Facts that an HR export does not hold: arguments of `gs.Company.from_frames` and `gs.Company.synthetic`, listed by
`company.facts`, and addresses below `company.` in `replace`, `diff`, errors and `--set`; a grid or a comparison needs
one company. The shares stand in where the export has no such column.
"""


DRAWN_TOO = "; **drawn**"  # of the priors of inputs that `compare` draws by default
LAW = " share | sum 1 | Dirichlet | assumption | assumption |"  # of shares: unit to tag


def frame(cls: type[BaseModel], values: Any = None) -> pd.DataFrame:
    """One row a parameter. ``value`` is that of ``values``, else the default; None is off, or not set.

    Columns: path, value, default (object: int, float, date or None), changed (bool), unit, bounds, prior,
    drawn (bool: by default in the second block of `compare`), source, tag, description (text).
    """
    rows = []
    for path, spec, default in leaves(cls):
        value = default if values is None else read(values, path)
        absent = values is not None and is_absent(values, path)  # no program: its parameters are not set
        rows.append(
            {
                "path": ".".join(path),
                "value": value if values is None or value == default else discreet(path[-1], value, values.company),
                "default": default,
                "changed": not absent and value != default,
                "unit": spec.unit,
                "bounds": spec.bounds(),
                "prior": spec.prior,
                "drawn": is_drawn(".".join(path)),
                "source": spec.source,
                "tag": spec.tag,
                "description": spec.description,
            }
        )
    rows += _fact_rows((FirmFacts() if values is None else values.company.firm).values())
    if values is not None:
        _with_own_priors(rows, values.priors)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    # Numbers keep their own type: a column of ints and floats must not turn weeks into 52.0 or None into NaN.
    for name in ("value", "default"):
        table[name] = pd.Series([row[name] for row in rows], dtype=object)
    return table


def _with_own_priors(rows: list[dict[str, Any]], priors: Mapping[str, Prior]) -> None:
    """Put priors that were set in place of the schema's."""
    for row in rows:
        prior = priors.get(row["path"]) or priors.get(row["path"].rpartition(".")[0])
        if prior is not None:
            row.update(prior=str(prior), drawn=not prior.is_fixed)


def _fact_rows(values: dict[str, Any]) -> list[dict[str, Any]]:
    """Facts of the company, in the columns of ``frame``."""
    return [
        {
            "path": f"company.{name}",
            "value": values[name],
            "default": fact.number(),
            "changed": values[name] != fact.number(),
            "unit": fact.unit,
            "bounds": fact.bounds,
            "prior": fact.prior,
            "drawn": is_drawn(f"company.{name}"),
            "source": fact.source,
            "tag": fact.tag,
            "description": fact.description,
        }
        for name, fact in FACTS.items()
    ]


def markdown(cls: type[BaseModel]) -> str:
    """``docs/PARAMETERS.md``: one table a group, from the schema alone; the four platforms in one."""
    kinds = [f"| {kind} | {meaning} |" for kind, meaning in KINDS.items()]
    out = ["# Parameters", "", PREFACE.rstrip(), "", "| source | means |", "|---|---|", *kinds]
    group = None
    own = {path: (spec, default) for path, spec, default in leaves(cls)}
    for path in own:
        if path[0] == "platforms" and path[1] != PLATFORMS[0]:
            continue
        name = ".".join(path[:-1]).replace(f"platforms.{PLATFORMS[0]}", "platforms.<name>") or "scenario"
        if name != group:
            group = name
            out += ["", f"## {name}", *(["", PLATFORMS_PREFACE.rstrip()] if name == "platforms.<name>" else [])]
            out += [
                "",
                "| parameter | default | unit | bounds | prior | source | tag | what |",
                "|---|---|---|---|---|---|---|---|",
            ]
        same = [("platforms", p, *path[2:]) for p in PLATFORMS] if path[0] == "platforms" else [path]
        cells = (f"`{path[-1]}`", *_cells([(p, *own[p]) for p in same]))
        out.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    text = "\n".join([*out, *_facts()])
    return f"{text}\n\n{links(text)}\n"


def _cells(rows: list[tuple[Path, Spec, Any]]) -> list[str]:
    """Cells of one parameter, or of the same parameter of each platform."""
    cells = [
        (_default(s, value), s.unit, s.bounds(), _prior(path, s), s.source, s.tag, s.description)
        for path, s, value in rows
    ]
    return [_joined(texts) for texts in zip(*cells, strict=True)]


def _prior(path: Path, spec: Spec) -> str:
    return spec.prior + (DRAWN_TOO if is_drawn(".".join(path)) else "")


def _joined(texts: tuple[str, ...]) -> str:
    if len(set(texts)) == 1:
        return texts[0]
    return f"{texts[0]}; elsewhere {texts[1]}" if len(set(texts[1:])) == 1 else " / ".join(texts)


def _facts() -> list[str]:
    """Facts of the company, and the laws of what its export does not give."""
    out = ["", "## company", "", COMPANY_PREFACE.rstrip(), ""]
    out += ["| fact | default | unit | bounds | prior | source | tag | used by | what |"]
    out.append("|---|---|---|---|---|---|---|---|---|")
    for name, fact in FACTS.items():
        rest = (fact.unit, fact.bounds, fact.prior, fact.source, fact.tag, fact.used_by, fact.description)
        out.append("| " + " | ".join((f"`{name}`", shown(fact.default), *rest)) + " |")
    for what, law in (("department", DEPARTMENT_SHARES), ("region", REGION_SHARES)):
        shares = ", ".join(f"{name} {shown(share)}" for name, share in law.items())
        out.append(f"| {what} shares | {shares} |{LAW} {what}, where no one has one | |")
    levels = ", ".join(f"{n} {shown(share)}" for n, share in zip(SENIORITIES, SENIORITY_SHARES, strict=True))
    out.append(f"| seniority shares | {levels} |{LAW} seniority, where no one has one | |")
    return out


def _default(spec: Spec, default: Any) -> str:
    return "none" if default is None and not spec.off else shown(default)
