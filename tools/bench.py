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
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

from groundswell.common.cores import usable_cores

ROOT = Path(__file__).parents[1]
BINARY = ROOT / "build" / "bench" / "cpp" / "bench" / "groundswell_bench"
COMMANDS = ROOT / "build" / "bench" / "compile_commands.json"
Measured = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """What is run: (employees, runs) by case; ties of the worlds."""

    decision: tuple[tuple[int, int], ...] = ((1000, 2), (5000, 1), (20_000, 1))
    engine: tuple[int, int] = (10_000, 2)
    builds: int = 2
    default: tuple[int, int] = (100, 2)
    world: tuple[tuple[int, int, int], ...] = ((1000, 290, 3), (5000, 290, 1))
    size: tuple[int, ...] = (200, 500, 1000, 2000, 5000, 10_000, 20_000)
    size_runs: int = 2
    repetitions: int = 3
    average: tuple[int, int, int] = (1000, 10, 5)


QUICK = Sizes(((200, 1),), (300, 1), 1, (2, 1), ((1000, 290, 1),), (200, 1000), 1, 1, (200, 2, 1))
# Seconds to the first decision on the engine without later hops, rows of persons outside not yet made as needed.
BEFORE = {1000: "9.0", 5000: "43.0", 20_000: "217.0"}
BEFORE_TITLE = "before later hops (2026-11-22, 7ea81b1)"


def case(name: str, *words: int | str) -> Measured:
    """One case in a fresh process."""
    command = [sys.executable, str(ROOT / "tools" / "bench_cases.py"), name, *map(str, words)]
    print(" ".join(command[1:]), flush=True)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    line = done.stdout.splitlines()[-1]
    print(line, flush=True)
    measured: Measured = json.loads(line)
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


def per_impression(run: Measured, phase: str | None = None, of: str = "impressions") -> float:
    """ns in the phases, or in one, by impression of every hop (or by what else was counted)."""
    phases = run["phase_seconds"]
    seconds = sum(phases.values()) if phase is None else phases[phase]
    return float(seconds / run[of] * 1e9)


def speed_up(runs: list[Measured]) -> float:
    one, two = (median(r["seconds"] for r in runs if r["threads"] == n) for n in (1, 2))
    return float(one / two)


def command_output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def environment() -> str:
    """Machine, compiler, flags, commit, load."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    commands = json.loads(COMMANDS.read_text())
    words = next(entry["command"] for entry in commands if entry["file"].endswith("engine/replicate.cpp")).split()
    flags = " ".join(word for word in words if word.startswith(("-O", "-f", "-m", "-std", "-DNDEBUG")))
    compiler = next(word for word in words if Path(word).name.startswith(("c++", "g++", "clang++", "gcc")))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {command_output('git', 'rev-parse', '--short', 'HEAD')}; "
        f"{model}, {usable_cores()} cores, {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}; "
        f"{command_output(compiler, '--version').splitlines()[0]}, `{flags}`."
    )


def decision_section(sizes: Sizes) -> str:
    rows = []
    for employees, runs in sizes.decision:
        measured = [case("decision", employees) for _ in range(runs)]
        seconds = [m["seconds"] for m in measured]
        peak = median(m["peak_mb"] for m in measured)
        processor = median(m["processor_seconds"] for m in measured)
        rows.append(
            [
                f"{employees:,}",
                runs,
                BEFORE.get(employees, "-"),
                f"{median(seconds):.1f}",
                f"{min(seconds):.1f}-{max(seconds):.1f}",
                f"{processor:.1f}",
                f"{peak:,.0f}",
            ]
        )
    return (
        "## (a) Seconds to the first decision\n\nThe demo's comparison (no program, *Few loud*, *Many quiet*), 10 "
        "worlds of 10 replicates, worlds included, 2 threads, each run a fresh process. Processor seconds: the whole "
        "process; on an idle machine about twice the seconds.\n\n"
        + table(["employees", "runs", BEFORE_TITLE, "median s", "range", "processor s", "peak MB"], rows)
    )


def aim(what: str, value: float, unit: str, aims: tuple[float, ...]) -> list[str]:
    """A row of the table of aims: the measured value and by how much it misses each."""
    verdicts = [
        f"{bound:g}: " + ("met" if value <= bound else f"missed by {value - bound:.3g} ({value / bound:.2f}x)")
        for bound in aims
    ]
    return [what, f"{value:.3g} {unit}", "; ".join(verdicts)]


def large_section(sizes: Sizes) -> str:
    """The large company: its world built, kept and read back, then one replicate by instruction set."""
    employees, runs = sizes.engine
    with tempfile.TemporaryDirectory(dir=ROOT / "build" / "bench") as folder:
        builds = [case("build", employees, folder) for _ in range(sizes.builds)]
        reload = case("reload", employees, 3, folder)
        before = pieces("floor", sizes.repetitions)
        measured = case("engine", employees, runs, folder)
        after = pieces("floor", sizes.repetitions)
    best = [run for run in measured["runs"] if run["set"] == measured["best"] and not run.get("pair")]
    seconds = median(build["seconds"] for build in builds)
    warm = median(reload["cached_warm"])
    aims = [
        aim("ns an impression, all hops", median(map(per_impression, best)), "ns", (120, 70)),
        aim("seconds of one replicate", median(run["seconds"] for run in best), "s", (20, 10)),
        aim("peak memory building", max(build["build_peak_mb"] for build in builds) / 1024, "GiB", (8,)),
        aim("peak memory running, 1 thread", measured["running_mb"] / 1024, "GiB", (4,)),
        aim("world build, 2 threads", seconds, "s", (30,)),
        aim("cached reload, warm page cache", warm, "s", (2,)),
    ]
    return "\n\n".join([
        "## The large company: aims",
        (f"{employees:,} employees, all of them active advocates; {measured['persons']:,} persons, "
         f"{measured['ties']:,} ties stored (the page's followers included); every mechanism on; 26 + 52 + 4 weeks."),
        table(["what", f"measured ({measured['best']})", "aims"], aims),
        world_text(builds, reload, measured), engine_text(measured, before, after),
    ])  # fmt: skip


def world_text(builds: list[Measured], reload: Measured, measured: Measured) -> str:
    def spread(values: list[float]) -> str:
        return f"{median(values):.2f} ({min(values):.2f}-{max(values):.2f})" if len(values) > 1 else f"{values[0]:.2f}"

    def cold(name: str) -> str:
        return "not allowed" if reload[name] is None else f"{reload[name]:.2f}"

    one = builds[0]
    rows = [
        ["build, 2 threads", len(builds), spread([build["seconds"] for build in builds])],
        ["write to the cache, checksum included", len(builds), spread([build["write"] for build in builds])],
        ["read from the cache, checksum included, warm", len(reload["cached_warm"]), spread(reload["cached_warm"])],
        ["the same, page cache dropped", 1, cold("cached_cold")],
        ["`load_world` alone, warm", len(reload["file_warm"]), spread(reload["file_warm"])],
        ["the same, page cache dropped", 1, cold("file_cold")],
    ]
    peaks = [
        ["building (a fresh process)", f"{max(build['build_peak_mb'] for build in builds):,.0f}"],
        ["having read it from the cache (a fresh process)", f"{measured['loaded_mb']:,.0f}"],
        ["running, 1 thread (the same process)", f"{measured['running_mb']:,.0f}"],
        ["running, 2 threads (the same process)", f"{measured['peak_mb']:,.0f}"],
    ]
    return (
        f"### Its world\n\nThe file has {one['file_mb']:,.0f} MiB. The page cache of this machine is dropped, not "
        "that of a host below it.\n\n"
        + table(["what", "runs", "median s (range)"], rows)
        + f"\n\nPeak resident memory, MiB (`estimate_world_bytes` says {one['estimate_mb']:,.0f} for the world):\n\n"
        + table(["when", "MiB"], peaks)
    )


def engine_text(measured: Measured, before: dict[str, float], after: dict[str, float]) -> str:
    floors = {name: median((before[name], after[name])) for name in before}
    single = [run for run in measured["runs"] if not run.get("pair")]
    rows = []
    fetched = floors["floor_prefetched<64>"]
    for name in dict.fromkeys(run["set"] for run in single):
        runs = [run for run in single if run["set"] == name]
        ns = median(per_impression(run) for run in runs)
        first = median(per_impression(run, of="first_hop_impressions") for run in runs)
        phases = [f"{median(per_impression(run, phase) for run in runs):.1f}" for phase in runs[0]["phase_seconds"]]
        seconds = median(run["seconds"] for run in runs)
        rows.append([name, f"{seconds:.1f}", f"{ns:.1f}", *phases, f"{first:.1f}", f"{ns / fetched:.1f}",
                     f"{ns / floors['floor_dependent<64>']:.2f}"])  # fmt: skip
    one = single[0]
    names = {"floor_dependent<64>": "64 bytes, dependent", "floor_prefetched<64>": "64 bytes, prefetched",
             "floor_dependent<16>": "16 bytes, dependent", "floor_prefetched<16>": "16 bytes, prefetched"}  # fmt: skip
    floor_rows = [[names[name], f"{before[name]:.1f}", f"{after[name]:.1f}"] for name in names]
    pair = [run for run in measured["runs"] if run.get("pair")]
    return (
        f"### (b) Engine: ns per impression of every hop\n\nOne replicate, one thread: {one['impressions']:,} "
        f"impressions, {one['first_hop_impressions']:,} of them first-hop, {one['acts']:,} acts with views of their "
        f"own, {one['candidates'] / one['impressions']:.2f} candidates an impression, "
        f"{one['ties_filtered'] / one['candidates']:.1f} ties a candidate; {len(single) // len(rows)} runs of each "
        "instruction set, medians. Phases in ns an impression of every hop; the column *a first-hop impression* has "
        "the same time (later hops included) over the first-hop impressions alone.\n\n"
        + table(["instruction set", "s", "ns an impression", *one["phase_seconds"], "a first-hop impression",
                 "x prefetched", "x dependent"], rows)
        + "\n\nFloors: random read-modify-write in an array of 5 million records on huge pages, ns a record, right "
        "before and right after.\n\n" + table(["record", "before", "after"], floor_rows)
        + f"\n\n(d) Two threads over one, two replicates, here: {speed_up(pair):.2f}x (1 run of each)."
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
        for stored, threads in ((False, 1), (False, 2), (True, 1), (True, 2)):
            mine = [run for run in measured["runs"] if run["threads"] == threads and run["stored"] == stored]
            seconds = median(run["seconds"] for run in mine)
            how = f"{measured['ties']:,}" if stored else "as needed"
            ns = f"{seconds / measured['ties'] * 1e9:.0f}" if stored else "-"
            row = [f"{employees:,}", f"{measured['persons']:,}", how, threads, runs, f"{seconds:.2f}", ns]
            rows.append([*row, f"{mine[0]['bytes'] / 2**20:,.0f}"])
    head = ["employees", "persons", "ties stored", "threads", "runs", "median s", "ns a tie", "MiB of the world"]
    return "## (e) Building a world\n\n*as needed*: rows of persons outside are made when a run needs them.\n\n" + (
        table(head, rows)
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
        f"4 weeks, one thread, all rows stored beforehand; {sizes.size_runs} runs. Impressions and ns: every hop.\n\n"
        f"![Seconds and ns against employees]({picture.name})\n\n"
        + table(["employees", "persons", "impressions", "median s a replicate", "ns an impression"], rows)
    )


def draw(points: list[tuple[int, int, int, float, float]], picture: Path) -> None:
    employees = [point[0] for point in points]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    left.loglog(employees, [point[3] for point in points], "o-")
    left.set(xlabel="employees", ylabel="seconds a replicate", title="One replicate, one thread")
    right.loglog(employees, [point[4] for point in points], "o-")
    right.set(xlabel="employees", ylabel="ns an impression", title="Per impression, every hop", ylim=(10, 1000))
    for axes in (left, right):
        axes.set_xticks(employees, [f"{n:,}" for n in employees], rotation=30)
        axes.minorticks_off()
        axes.grid(visible=True, which="major", alpha=0.4)
    figure.savefig(picture, dpi=120)
    plt.close(figure)


def pieces_section(sizes: Sizes) -> str:
    values = pieces("filter|thresholds|each_of|view_queue|(first_hop|all_hops|world)/(200|1000)$", sizes.repetitions)
    rows = [[f"`{name}`", f"{ns:,.2f}"] for name, ns in values.items()]
    return (
        "## Pieces (C++)\n\nns a tie (`filter`, `world`), a post, a call, a view (`view_queue`: push and take), an "
        "impression (`first_hop`: later hops off; `all_hops`); processor time.\n\n" + table(["benchmark", "ns"], rows)
    )


def average_section(sizes: Sizes) -> str:
    """What participation costs: a year of the average program against as many posts by fixed advocates."""
    measured = case("average", *sizes.average)
    runs: dict[str, list[Measured]] = {}
    for run in measured["runs"]:
        runs.setdefault(run["design"], []).append(run)
    seconds = {name: median(run["processor"] for run in found) for name, found in runs.items()}
    rows = []
    for name, found in runs.items():
        one, spread = found[0], [run["processor"] for run in found]
        ns = seconds[name] / one["impressions"] * 1e9
        rows.append([name, f"{one['posts']:,.0f}", f"{one['impressions']:,.0f}", f"{seconds[name]:.3f}",
                     f"{min(spread):.3f}-{max(spread):.3f}", f"{ns:.0f}"])  # fmt: skip
    posts = {name: found[0]["posts"] for name, found in runs.items()}
    views = {name: found[0]["impressions"] for name, found in runs.items()}
    year = seconds["average"] / seconds["fixed"] * posts["fixed"] / posts["average"]
    view = seconds["average"] / seconds["fixed"] * views["fixed"] / views["average"]
    added = (seconds["average"] - seconds["no program"]) / (seconds["fixed"] - seconds["no program"])
    return (
        "## (g) What participation costs\n\n*average*: everybody of "
        f"{measured['employees']:,} is invited, guidelines. *fixed*: {measured['advocates']} active advocates, as many "
        f"as members are active on a day of it, at {measured['rate']:.2f} posts a week, so that the number of program "
        f"posts is the same. Processor seconds of the engine for one replicate of 26 + 52 + 4 weeks, one thread "
        f"({measured['replicates']} in a call, {len(runs['fixed'])} calls of each in turn, median; load "
        f"{measured['load']:.1f}). The aim is for equal posts.\n\n"
        + table(["design", "program posts", "impressions", "processor s", "range", "ns an impression"], rows) + "\n\n"
        + table(["what", "average over fixed", "aims"],
                [aim("processor seconds, equal posts", year, "", (1.3,)),
                 aim("processor seconds an impression", view, "", (1.3,)),
                 aim("processor seconds less those of no program", added, "", ())])
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small cases, one run: does it work?")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "results")
    arguments = parser.parse_args()
    sizes = QUICK if arguments.quick else Sizes()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    begin = time.monotonic()
    where = environment()  # before the runs: others may commit during them
    parts: list[Callable[[], str]] = [
        lambda: large_section(sizes), lambda: default_section(sizes),
        lambda: size_section(sizes, out / "cost_against_size.png"), lambda: world_section(sizes),
        lambda: average_section(sizes), lambda: pieces_section(sizes), lambda: decision_section(sizes),
    ]  # fmt: skip
    sections: list[str] = []
    for part in parts:  # written after each, so that an interrupted run leaves what it measured
        sections.append(part())
        missing = len(parts) - len(sections)
        head = [
            "# Benchmark",
            f"`make bench`{' --quick: not a result' if arguments.quick else ''}. {where}",
            f"Load of the machine: {load:.1f} before, {os.getloadavg()[0]:.1f} at the end (the runs make up to 2). "
            f"The whole took {(time.monotonic() - begin) / 60:.0f} minutes."
            + (f" Interrupted: {missing} sections are missing." if missing else ""),
        ]
        (out / "benchmark.md").write_text("\n\n".join(head + sections) + "\n")
    print(f"wrote {out / 'benchmark.md'}")


if __name__ == "__main__":
    main()
