"""Whether drawn inputs realize the visibility drawn: inputs from their priors, on worlds of a seed not solved with.

Visibilities (person and page), shape of viewers' activity and both log-sds of visibility appeal are drawn jointly, and
the engine runs at the λ that the tables give. Realized visibility is told free of the luck of appeals, as when solving
(decision record 20); its standard error is over worlds. Asked: within 2 %.

PYTHONPATH=python .venv/bin/python tools/check_rates.py [--platform linkedin] [--points 12] [--worlds 12]
"""

from __future__ import annotations

import argparse
import datetime
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from expected_views import Population, expected
from reference_runs import NEUTRAL, Reference, World, visibility

from groundswell.scenario.model.solved import solved
from groundswell.scenario.schema.platform_table import PLATFORMS

SEED = 20270318
PAGE = Path(__file__).parents[1] / "docs" / "results" / "visibility.md"
ASKED = 0.02
Inputs = dict[str, float]


def drawn(reference: Reference, points: int) -> Iterator[Inputs]:
    """Latin hypercube of the priors, visibilities inside of two log-sds."""
    rng = np.random.default_rng(SEED)
    u = (np.stack([rng.permutation(points) for _ in range(5)], axis=1) + rng.random((points, 5))) / points
    platform = reference.platform
    shapes = (0.3, 0.9) if platform.name == "linkedin" else (0.35, 1.2)
    for a, b, c, d, e in u.tolist():
        yield {
            "person": platform.person_visibility * math.exp(0.4 * _normal(a)),
            "page": platform.page_visibility * math.exp(0.4 * _normal(b)),
            "shape": shapes[0] + (shapes[1] - shapes[0]) * c,
            "person_log_sd": 0.8 + 0.8 * d,
            "page_log_sd": 0.7 + 0.8 * e,
        }


def _normal(u: float) -> float:
    from scipy.special import ndtri  # slow to import

    return float(np.clip(ndtri(u), -2, 2))


def realized(reference: Reference, point: Inputs, worlds: int) -> dict[str, tuple[float, float]]:
    """By author: log of realized over drawn visibility, and its standard error over worlds."""
    rates = solved(reference.platform.name).rates(
        point["person"], point["page"], point["shape"], point["person_log_sd"], point["page_log_sd"]
    )
    changes = {"content.appeal_visibility_log_sd": point["person_log_sd"],
               "content.appeal_visibility_page_log_sd": point["page_log_sd"]}  # fmt: skip
    design = reference.design(NEUTRAL | rates, changes)
    made: list[World] = [reference.world(point["shape"], index, 4) for index in range(worlds)]
    found = {}
    totals = [reference.runs(world, [design], 1)[0] for world in made]
    for author in ("person", "page"):
        rate, log_sd = rates[f"{author}_rate"], point[f"{author}_log_sd"]
        seen = []
        for one, world in zip(totals, made, strict=True):
            population = Population.of([(world.ties, posts[author]) for posts in world.posts], author == "page")
            shown = visibility(one, author) / expected(world.posts[0][author], world.ties, rate, log_sd)
            seen.append(shown * population.visibility(rate, log_sd))
        off = math.log(float(np.mean(seen)) / point[author])
        found[author] = (off, float(np.std(seen, ddof=1) / np.mean(seen) / math.sqrt(worlds)))
    return found


def main() -> None:
    """Print a row a point and author, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", choices=PLATFORMS, default="linkedin")
    parser.add_argument("--points", type=int, default=12)
    parser.add_argument("--worlds", type=int, default=12)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="the page in docs/results")
    options = parser.parse_args()
    reference = Reference(options.platform, SEED, options.threads)
    lines, largest = [], 0.0
    for point in drawn(reference, options.points):
        for author, (off, error) in realized(reference, point, options.worlds).items():
            largest = max(largest, abs(off))
            cells = [author, f"{point[author]:.4f}", f"{point['shape']:.3f}", f"{point[f'{author}_log_sd']:.2f}",
                     f"{100 * off:+.2f} %", f"{100 * error:.2f} %"]  # fmt: skip
            lines.append("| " + " | ".join(cells) + " |")
            print(lines[-1], flush=True)
    head = (
        f"# Drawn inputs realize the visibility drawn\n\nWritten on {datetime.date.today()} by\n`tools/check_rates.py "
        f"--platform {options.platform} --points {options.points} --worlds {options.worlds} --write`; seed {SEED}.\n"
        f"Asked: within {100 * ASKED:g} %. Largest: {100 * largest:.2f} %.\n\n"
        "| author | visibility drawn | shape | log-sd | off by | standard error |\n|---|---|---|---|---|---|\n"
    )
    print(f"largest {100 * largest:.2f} %")
    if options.write:
        PAGE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
