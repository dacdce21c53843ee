"""Which band fails under which fault: `docs/results/validation_faults.md` (docs/VALIDATION.md, Bands that can fail).

Each set of faults changes parts of the model that have little to do with each other, far beyond their priors or so that
a mechanism is off, and every target is measured again. A band that no set breaks is listed by name.
Run it as `PYTHONPATH=python .venv/bin/python tools/validation_faults.py --write`; about five minutes a set.
"""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from groundswell.scenario.schema.platform_table import PLATFORMS
from groundswell.validation import validate
from groundswell.validation.protocol import fingerprint_of_bands

PAGE = Path(__file__).parents[1] / "docs" / "results" / "validation_faults.md"
SEED = 20280110  # neither that of the constants nor that of the report


def everywhere(name: str, values: tuple[float, float, float, float]) -> dict[str, Any]:
    """A parameter of all four platforms."""
    return {f"platforms.{platform}.{name}": value for platform, value in zip(PLATFORMS, values, strict=True)}


FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "loud": (
        (
            "feeds show twice as much, reshares are six times as frequent, all lasts three times as long, many join, "
            "the page is answered like a friend"
        ),
        everywhere("half_life_hours", (54, 3, 58.5, 1.8)) | everywhere("later_half_life_hours", (30, 1.65, 32, 1))
        | {
            "platforms.linkedin.person_visibility": 0.25, "platforms.linkedin.page_visibility": 0.1,
            "platforms.facebook.page_visibility": 0.06, "platforms.instagram.page_visibility": 0.12,
            "platforms.linkedin.reshare": 0.012, "platforms.linkedin.reaction_decay": 0.8,
            "platforms.linkedin.page_reaction_ratio": 1.2, "platforms.linkedin.endorsement_strong": 1.0,
            "participation.enrollment_rate": 0.012, "audience.unprompted_share": 0.09,
            "participation.recognition_motivation": 0.0, "retention.coerced_exit": 0.8,
            "audience.random_ties": 1.0, "awareness.phi": 0.2,
        },
    ),
    "quiet": (
        "feeds show far less, hardly anything is reshared or surfaced, nothing lasts, nobody joins, circles are small",
        everywhere("half_life_hours", (6, 0.3, 6.5, 0.2)) | everywhere("later_half_life_hours", (3, 0.2, 3.5, 0.1))
        | {
            "platforms.linkedin.person_visibility": 0.03, "platforms.linkedin.page_visibility": 0.01,
            "platforms.facebook.page_visibility": 0.006, "platforms.instagram.page_visibility": 0.01,
            "platforms.linkedin.reshare": 0.0002, "platforms.linkedin.surfaced_views": 1.0,
            "platforms.linkedin.page_reaction_ratio": 0.1, "participation.enrollment_rate": 0.0004,
            "audience.unprompted_share": 0.003, "audience.random_ties": 0.0, "audience.circle_persons": 23,
            "audience.strong_tie_share": 0.7, "audience.person_degree_log_sd": 0.1, "awareness.phi": 0.95,
            "participation.motivation_after_removal": 0.0,
        },
    ),
    "one crowd": (
        (
            "everybody knows the same few people, pages have hardly a follower, reactions do not decline with the hop, "
            "nobody is coerced"
        ),
        {
            **{f"audience.pool.{name}": 800.0 for name in ("alumni", "buyer", "peer", "talent", "personal", "other")},
            "platforms.linkedin.connections_per_follower": 90.0, "platforms.linkedin.reaction_decay": 1.0,
            "platforms.linkedin.reshare_views": 8.0, "content.appeal_reshare_log_sd": 2.5,
            "participation.coerced_satisfaction": 0.0, "participation.coerced_willingness": 0.0,
        },
    ),
}  # fmt: skip


def measured(worlds: int, replicates: int) -> pd.DataFrame:
    """One row a line with a band: the verdict under each set of faults, and the value."""
    frames = []
    for name, (_, changes) in FAULTS.items():
        found = validate(worlds, replicates, SEED, quick=True, changes=changes)
        frame = found.frame().set_index(["number", "output"])
        frames.append(frame[["verdict", "value"]].add_prefix(f"{name}: "))
        print(f"{name}: {found.seconds:.0f} s", flush=True)
    bands = frame[["band", "tag"]]
    return pd.concat([bands, *frames], axis=1)[bands["band"] != ""]


def page(frame: pd.DataFrame, worlds: int, replicates: int) -> str:
    """The table, and the lines that no set broke."""
    verdicts = frame[[f"{name}: verdict" for name in FAULTS]]
    judged = frame[verdicts.isin(["pass", "fail", "undecided"]).any(axis=1)]
    broken = (verdicts.loc[judged.index] == "fail").any(axis=1)
    lines = [
        "# Bands that can fail", "",
        (
            f"Written by `tools/validation_faults.py` on {datetime.date.today()}: {worlds} worlds of {replicates} "
            f"replicates, seed {SEED}, bands {fingerprint_of_bands()}."
        ),
        "",
        f"{int(broken.sum())} of {len(judged)} lines with a band fail under at least one set of faults.", "",
        *(f"- *{name}*: {text}." for name, (text, _) in FAULTS.items()), "",
        "| line | output | band | tag | " + " | ".join(FAULTS) + " |", "|---" * (4 + len(FAULTS)) + "|",
    ]  # fmt: skip
    for row in judged.reset_index().to_dict("records"):
        cells = [f"{row[f'{name}: verdict']} ({row[f'{name}: value']:.3g})" for name in FAULTS]
        output = str(row["output"]).replace("|", "/")
        lines.append(f"| {row['number']} | {output} | {row['band']} | {row['tag']} | {' | '.join(cells)} |")
    never = [f"- {row['number']}: {row['output']}" for row in judged[~broken].reset_index().to_dict("records")]
    lines += ["", "## No set of faults breaks", "", *(never or ["None."]), ""]
    return "\n".join(lines)


def main() -> None:
    """Run all sets; print, or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--replicates", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write docs/results/validation_faults.md")
    options = parser.parse_args()
    text = page(measured(options.worlds, options.replicates), options.worlds, options.replicates)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
