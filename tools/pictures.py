"""The pictures of the README: `PYTHONPATH=python .venv/bin/python tools/pictures.py` writes docs/images/*.png."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

import groundswell as gs

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
EMPLOYEES, WEEKS = 500, 26


def program(size: int, posts_per_week: float) -> gs.Program:
    """Advocates who keep posting."""
    return gs.Program(advocates=gs.ActiveAdvocates(size=size), posts_per_week=posts_per_week)


def studies() -> tuple[gs.Contest, gs.Contest]:
    """Few loud or many quiet people; and a grid of numbers of people and posts."""
    company = gs.Company.synthetic(employees=EMPLOYEES)
    base = gs.Scenario(company, start="2027-01-04", weeks=WEEKS, label="No program")
    loud = base.replace(label="Few loud", program=program(25, 4))
    quiet = base.replace(label="Many quiet", program=program(100, 1))
    contest = gs.compare([loud, quiet], baseline=base)
    varied: dict[str, list[float]] = {"program.advocates.size": [25, 50, 100], "program.posts_per_week": [1, 2, 4]}
    return contest, gs.grid(quiet, varied, baseline=base, replicates=5)


def draw(name: str, picture: Callable[[Axes], object]) -> Path:
    """One picture, small enough for a repository."""
    figure = Figure(figsize=(6.4, 4), layout="constrained")
    picture(figure.add_subplot())
    figure.savefig(FOLDER / f"{name}.png", dpi=90, metadata={"Software": None})
    return FOLDER / f"{name}.png"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    contest, grid = studies()
    written = [
        draw("reach", lambda ax: contest.plot.reach(ax=ax)),
        draw("potential", lambda ax: contest.plot.potential(ax=ax)),
        draw("grid", lambda ax: grid.plot.grid(ax=ax)),
    ]
    figure = Figure(figsize=(6.4, 4), layout="constrained")
    contest.plot.differences(figure=figure)
    figure.savefig(FOLDER / "differences.png", dpi=90, metadata={"Software": None})
    for path in [*written, FOLDER / "differences.png"]:
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    print(contest.sentence())


if __name__ == "__main__":
    main()
