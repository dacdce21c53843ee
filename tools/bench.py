"""Run every benchmark and write docs/results/benchmark.md and cost_against_size.png (`make bench`).

Each case runs in a process of its own, one after the other. `--quick` takes small cases and one run, to see that
everything works; its numbers are not results.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

ROOT = Path(__file__).parents[1]
BINARY = ROOT / "build" / "bench" / "cpp" / "bench" / "groundswell_bench"
COMMANDS = ROOT / "build" / "bench" / "compile_commands.json"
Measured = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """What is run: (employees, runs) by case; ties of the worlds."""

    decision: tuple[tuple[int, int], ...] = ((1000, 5), (5000, 3), (20_000, 1))
    engine: tuple[int, int] = (10_000, 5)
    default: tuple[int, int] = (100, 5)
    world: tuple[tuple[int, int, int], ...] = ((1000, 290, 5), (10_000, 550, 5), (20_000, 290, 5))
    size: tuple[int, ...] = (200, 500, 1000, 2000, 5000, 10_000, 20_000)
    size_runs: int = 5
    repetitions: int = 5


QUICK = Sizes(((200, 1),), (300, 1), (2, 1), ((1000, 290, 1),), (200, 1000), 1, 1)


def case(name: str, *numbers: int) -> Measured:
    """One case in a fresh process."""
    command = [sys.executable, str(ROOT / "tools" / "bench_cases.py"), name, *map(str, numbers)]
    print(" ".join(command[1:]), flush=True)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def pieces(filter_: str, repetitions: int) -> dict[str, float]:
    """Medians of the C++ benchmarks whose name matches: ns per item."""
    command = [
        str(BINARY),
        f"--benchmark_filter={filter_}",
        f"--benchmark_repetitions={repetitions}",
        "--benchmark_format=json",
    ]
    print(" ".join(command[1:-1]), flush=True)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    values: dict[str, list[float]] = {}
    for row in json.loads(done.stdout)["benchmarks"]:
        counter = next((row[key] for key in ("ns_per_item", "ns_per_impression", "ns_per_tie") if key in row), None)
        if row["run_type"] == "iteration" and counter is not None:
            label = f"{row['name']} {row.get('label', '')}".strip()
            values.setdefault(label, []).append(counter)
    return {name: float(median(found)) for name, found in values.items()}


def table(head: list[str], rows: list[list[Any]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def per_impression(run: Measured, phase: str | None = None) -> float:
    phases = run["phase_seconds"]
    seconds = sum(phases.values()) if phase is None else phases[phase]
    return float(seconds / run["impressions"] * 1e9)


def speed_up(runs: list[Measured]) -> float:
    one, two = (median(r["seconds"] for r in runs if r["threads"] == n) for n in (1, 2))
    return float(one / two)


def command_output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def environment() -> str:
    """Machine, compiler, flags, commit, load."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor()
    )
    commands = json.loads(COMMANDS.read_text())
    words = next(entry["command"] for entry in commands if entry["file"].endswith("engine/replicate.cpp")).split()
    flags = " ".join(word for word in words if word.startswith(("-O", "-f", "-m", "-std", "-DNDEBUG")))
    compiler = next(word for word in words if Path(word).name.startswith(("c++", "g++", "clang++", "gcc")))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {command_output('git', 'rev-parse', '--short', 'HEAD')}; "
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}; "
        f"{command_output(compiler, '--version').splitlines()[0]}, `{flags}`."
    )


def decision_section(sizes: Sizes) -> str:
    rows = []
    for employees, runs in sizes.decision:
        measured = [case("decision", employees) for _ in range(runs)]
        seconds = [m["seconds"] for m in measured]
        peak = median(m["peak_mb"] for m in measured)
        rows.append(
            [
                f"{employees:,}",
                runs,
                f"{median(seconds):.1f}",
                f"{min(seconds):.1f}-{max(seconds):.1f}",
                f"{peak:,.0f}",
            ]
        )
    return (
        "## (a) Seconds to the first decision\n\nThe demo's comparison (no program, *Few loud*, *Many quiet*), 10 "
        "worlds of 10 replicates, worlds included, 2 threads, each run a fresh process.\n\n"
        + table(["employees", "runs", "median s", "range", "peak MB"], rows)
    )


def engine_section(sizes: Sizes) -> str:
    before = pieces("floor", sizes.repetitions)
    measured = case("engine", *sizes.engine)
    after = pieces("floor", sizes.repetitions)
    floors = {name: median((before[name], after[name])) for name in before}
    single = [run for run in measured["runs"] if not run.get("pair")]
    rows = []
    fetched = floors["floor_prefetched<64>"]
    for name in dict.fromkeys(run["set"] for run in single):
        runs = [run for run in single if run["set"] == name]
        ns = median(per_impression(run) for run in runs)
        phases = [f"{median(per_impression(run, phase) for run in runs):.1f}" for phase in runs[0]["phase_seconds"]]
        rows.append([name, f"{ns:.1f}", *phases, f"{ns / fetched:.1f}", f"{ns / floors['floor_dependent<64>']:.2f}"])
    one = single[0]
    names = {"floor_dependent<64>": "64 bytes, dependent", "floor_prefetched<64>": "64 bytes, prefetched",
             "floor_dependent<16>": "16 bytes, dependent", "floor_prefetched<16>": "16 bytes, prefetched"}  # fmt: skip
    floor_rows = [[names[name], f"{before[name]:.1f}", f"{after[name]:.1f}"] for name in names]
    pair = [run for run in measured["runs"] if run.get("pair")]
    return (
        f"## (b) Engine: ns per first-hop impression\n\n{measured['employees']:,} active employees, "
        f"{measured['ties']:,} ties (the page's followers included), {measured['persons']:,} persons, every mechanism "
        f"on, 26 + 52 + 4 weeks, one thread, {one['impressions']:,} impressions, "
        f"{one['candidates'] / one['impressions']:.2f} candidates an impression, "
        f"{one['ties_filtered'] / one['candidates']:.1f} ties a candidate; {len(single) // len(rows)} runs of each. "
        f"Peak {measured['peak_mb']:,.0f} MB.\n\n"
        + table(["instruction set", "ns an impression", *one["phase_seconds"], "x prefetched", "x dependent"], rows)
        + "\n\nFloors: random read-modify-write in an array of 5 million records on huge pages, ns a record, right "
        "before and right after.\n\n" + table(["record", "before", "after"], floor_rows)
        + f"\n\n(d) Two threads over one, here: {speed_up(pair):.2f}x."
    )  # fmt: skip


def default_section(sizes: Sizes) -> str:
    measured = case("default", *sizes.default)
    runs = measured["runs"]
    rows = []
    for threads in (1, 2):
        seconds = [run["seconds"] for run in runs if run["threads"] == threads]
        rows.append([threads, len(seconds), f"{median(seconds):.2f}", f"{min(seconds):.2f}-{max(seconds):.2f}"])
    return (
        f"## (c, d) *default*: {measured['replicates']} replicates\n\n1,000 employees, 100 random advocates, 4 posts a "
        "week, half about the company; its world built beforehand; 26 weeks of warm-up and 4 of follow-up included.\n\n"
        + table(["threads", "runs", "median s", "range"], rows) + f"\n\nTwo threads over one: {speed_up(runs):.2f}x."
    )  # fmt: skip


def world_section(sizes: Sizes) -> str:
    rows = []
    for employees, ties, runs in sizes.world:
        measured = case("world", employees, ties, runs)
        for threads in (1, 2):
            mine = [run for run in measured["runs"] if run["threads"] == threads]
            seconds = median(run["seconds"] for run in mine)
            ns = seconds / mine[0]["ties"] * 1e9
            rows.append(
                [
                    f"{employees:,}",
                    f"{mine[0]['ties']:,}",
                    f"{measured['persons']:,}",
                    threads,
                    f"{seconds:.2f}",
                    f"{ns:.0f}",
                ]
            )
    return "## (e) Building a world\n\n" + table(
        ["employees", "ties", "persons", "threads", "median s", "ns a tie"], rows
    )


def size_section(sizes: Sizes, picture: Path) -> str:
    points = []
    for employees in sizes.size:
        measured = case("size", employees, sizes.size_runs)
        seconds = median(run["seconds"] for run in measured["runs"])
        ns = median(per_impression(run) for run in measured["runs"])
        points.append((employees, measured["persons"], measured["runs"][0]["impressions"], seconds, ns))
    draw(points, picture)
    rows = [[f"{n:,}", f"{persons:,}", f"{imp:,}", f"{s:.3f}", f"{ns:.0f}"] for n, persons, imp, s, ns in points]
    return (
        "## (f) Cost against size\n\nA tenth of the employees advocates at 4 posts a week; one replicate of 26 + 52 + "
        f"4 weeks, one thread.\n\n![Seconds and ns against employees]({picture.name})\n\n"
        + table(["employees", "persons", "impressions", "median s a replicate", "ns an impression"], rows)
    )


def draw(points: list[tuple[int, int, int, float, float]], picture: Path) -> None:
    employees = [point[0] for point in points]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    left.loglog(employees, [point[3] for point in points], "o-")
    left.set(xlabel="employees", ylabel="seconds a replicate", title="One replicate, one thread")
    right.loglog(employees, [point[4] for point in points], "o-")
    right.set(xlabel="employees", ylabel="ns an impression", title="Per impression", ylim=(10, 1000))
    for axes in (left, right):
        axes.set_xticks(employees, [f"{n:,}" for n in employees], rotation=30)
        axes.minorticks_off()
        axes.grid(visible=True, which="major", alpha=0.4)
    figure.savefig(picture, dpi=120)
    plt.close(figure)


def pieces_section(sizes: Sizes) -> str:
    values = pieces("filter|thresholds|each_of|view_queue|replicate|world", sizes.repetitions)
    rows = [[f"`{name}`", f"{ns:,.2f}"] for name, ns in values.items()]
    return (
        "## Pieces (C++)\n\nns a tie (`filter`, `world`), a post, a call, a view (`view_queue`: push and take), an "
        "impression (`replicate`); processor time.\n\n" + table(["benchmark", "ns"], rows)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small cases, one run: does it work?")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "results")
    arguments = parser.parse_args()
    sizes = QUICK if arguments.quick else Sizes()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    sections = [
        "# Benchmark",
        f"`make bench`{' --quick: not a result' if arguments.quick else ''}. {environment()}",
        engine_section(sizes), default_section(sizes), size_section(sizes, out / "cost_against_size.png"),
        world_section(sizes), decision_section(sizes), pieces_section(sizes),
    ]  # fmt: skip
    sections.insert(
        2,
        f"Load of the machine: {load:.1f} before, {os.getloadavg()[0]:.1f} at the end (the runs make up to 2).",
    )
    (out / "benchmark.md").write_text("\n\n".join(sections) + "\n")
    print(f"wrote {out / 'benchmark.md'}")


if __name__ == "__main__":
    main()
