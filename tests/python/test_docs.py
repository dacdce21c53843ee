"""Generated pages of docs are up to date; written ones have links that resolve and lines that can be reviewed."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

import groundswell as gs
from groundswell import _core

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
LONGEST_LINE = 160
LEAD = re.compile(r"^(#+ \d+\.|\d+\.|\*[^*]+\.\*) ")  # a number, or words in italics that open a paragraph
LINK = re.compile(r"\]\(([^()\s]+)\)")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_blocks(text: str) -> list[tuple[int, str]]:
    """Numbered lines outside fenced blocks."""
    lines: list[tuple[int, str]] = []
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            lines.append((number, line))
    return lines


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    headings = [line.lstrip("#") for _, line in without_blocks(page.read_text(encoding="utf-8")) if line[:1] == "#"]
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.fixture
def timed_phases(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the phases that the engine times in a run."""
    run, seen = _core.run, []

    def watched(*args: Any, **options: Any) -> list[Any]:
        found: list[Any] = run(*args, **options)
        seen.extend(found)
        return found

    monkeypatch.setattr(_core, "run", watched)
    gs.simulate(gs.Scenario(gs.Company.synthetic(20), "2027-01-04", weeks=4), worlds=1, replicates=1, threads=1)
    return list(seen[0][2]["phase_seconds"])


def test_generated_pages_are_up_to_date(timed_phases: list[str]) -> None:
    spec = importlib.util.spec_from_file_location("docs", ROOT / "tools" / "docs.py")
    assert spec
    assert spec.loader
    docs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(docs)
    stale = [name(path) for path, text in docs.pages(timed_phases).items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs` and commit the result"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_resolve(page: Path) -> None:
    broken = []
    for number, line in without_blocks(page.read_text(encoding="utf-8")):
        for link in LINK.findall(line):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if re.match(r"[a-z]+:", link):
                continue
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(f"{name(page)}:{number}: {link}")
    assert broken == []


def test_the_model_has_one_sentence_a_line() -> None:
    long, double = [], []
    for page in [DOCS / "MODEL.md", *sorted((DOCS / "model").glob("*.md"))]:
        for number, line in without_blocks(page.read_text(encoding="utf-8")):
            if line.startswith("|"):
                continue
            if len(line) > LONGEST_LINE:
                long.append(f"{name(page)}:{number}")
            if re.search(r"[.!?] [A-Z]", LEAD.sub("", line)):
                double.append(f"{name(page)}:{number}")
    assert long == [], f"at most {LONGEST_LINE} characters outside tables and blocks"
    assert double == [], "one sentence a line"


def test_every_page_of_the_model_is_in_its_index() -> None:
    index = (DOCS / "MODEL.md").read_text(encoding="utf-8")
    linked = {link.partition("#")[0] for link in LINK.findall(index)}
    assert {f"model/{page.name}" for page in (DOCS / "model").glob("*.md")} <= linked
