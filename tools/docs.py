"""Write the generated pages and lists of docs/: parameters, evidence, measures, phases of a day. Run by `make docs`."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import groundswell as gs
from groundswell import _core
from groundswell.evidence import markdown as evidence_page
from groundswell.scenario import Scenario
from groundswell.scenario.parameters import markdown

DOCS = Path(__file__).resolve().parent.parent / "docs"
KINDS = {
    "sum": "A sum adds up over what its column adds_over names.",
    "unique": "A person, or an author, counts once in every cell, so cells do not add up.",
    "level": "A level is the value at the end of the cell's last day.",
    "mean": "A mean is over the ends of the weeks of a window.",
    "ratio": "A ratio is worked out from the measures above, each summed inside the cell first.",
    "added": "What a program adds is a difference to the baseline of a comparison, or the ratio of two of them; no "
    "single result has it.",
}
MEASURES_PREFACE = """# Measures

Generated from `gs.measures()` by `make docs`; a test checks this.

A cell in `by_…` says whether the measure is recorded by that dimension.
The unit money is the company's currency.
A vendor word is what tools of the field call the measure.
What is counted when is in [the page on recording](model/record.md)."""


def phases() -> list[str]:
    """Names of the phases of a day, in the order in which the engine runs them."""
    return list(_core.phases())


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """Lines of a Markdown table; truth is written as yes."""
    header = [column.replace("|", "\\|") for column in columns]
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return lines + ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value).replace("|", "\\|")


def measures_page() -> str:
    """Every measure with all columns of `gs.measures()`, one table a kind."""
    frame = gs.measures()
    lines = [MEASURES_PREFACE]
    for kind in frame["kind"].unique():
        group = frame[frame["kind"] == kind].drop(columns="kind")
        group["name"] = "`" + group["name"] + "`"
        rows = group.astype(object).to_numpy().tolist()
        lines += ["", f"## {kind}", "", KINDS[kind], "", *table(group.columns, rows)]
    return "\n".join(lines) + "\n"


def phase_list(names: Iterable[str]) -> list[str]:
    """One line a phase, with the heading of its page in docs/model where it has a page of its own."""
    return [f"{number}. `{name}`{_page_of(name)}" for number, name in enumerate(names, start=1)]


def _page_of(phase: str) -> str:
    page = DOCS / "model" / f"{phase}.md"
    if not page.is_file():
        return ""
    heading = page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    return f": [{heading}](model/{phase}.md)"


def boundary_measures() -> list[str]:
    """The engine's own measures with their permanent ids."""

    def dimensions(measure: dict[str, Any]) -> str:
        return ", ".join(key.removeprefix("by_") for key, value in measure.items() if key.startswith("by_") and value)

    columns = ("id", "name", "kind", "dimensions")
    return table(columns, ([m["id"], f"`{m['name']}`", m["kind"], dimensions(m)] for m in _core.measures()))


def with_block(text: str, name: str, lines: list[str]) -> str:
    """Return a page with what stands between <!-- name --> and <!-- /name --> replaced."""
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    made, count = re.subn(pattern, lambda match: match[1] + "\n".join(lines) + "\n" + match[2], text, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{count} blocks <!-- {name} --> … <!-- /{name} -->: a page must have one")
    return made


def pages(phase_names: Iterable[str]) -> dict[Path, str]:
    """Return the text that every page with generated parts should have."""
    model, boundary = DOCS / "MODEL.md", DOCS / "BOUNDARY.md"
    return {
        DOCS / "PARAMETERS.md": markdown(Scenario),
        DOCS / "EVIDENCE.md": evidence_page(),
        DOCS / "MEASURES.md": measures_page(),
        model: with_block(model.read_text(encoding="utf-8"), "phases", phase_list(phase_names)),
        boundary: with_block(boundary.read_text(encoding="utf-8"), "measures", boundary_measures()),
    }


if __name__ == "__main__":
    for path, text in pages(phases()).items():
        path.write_text(text, encoding="utf-8")
