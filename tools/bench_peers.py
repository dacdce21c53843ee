"""Plain spread beside other programs: cascades a second, memory and agreement, into docs/results/spread.md.

`make bench-peers` makes the environment of the rivals (build/peers, pinned) and runs this. Programs take turns in one
run, each in a process of its own that has read the graph once; a turn is a fixed number of cascades from each of 20
single seeds. `--quick` is a short look that writes nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.common.cores import usable_cores

ROOT = Path(__file__).resolve().parent.parent
RIVALS = Path(__file__).with_name("bench_peers_rivals.py")
PEERS = ROOT / "build" / "peers" / "bin" / "python"
GRAPHS = ROOT / "build" / "bench_peers"
PAGE = ROOT / "docs" / "results" / "spread.md"
EMAIL = ROOT.parent / "shared" / "data" / "email_eu_core" / "edges.csv"
PACKAGES = {"cynetdiff": "CyNetDiff", "numba": "numba", "pynetim": "PyNetIM", "ndlib": "NDlib", "networkx": "NetworkX"}
SEEDS = 20
TURN = 2.0  # seconds of processor time that a turn takes, about
TIMED = ("groundswell", "CyNetDiff", "numba loop", "numba with skipping", "PyNetIM")
AGREE = ("groundswell", "CyNetDiff", "numba loop", "numba with skipping", "PyNetIM", "NDlib")
Answer = dict[str, float]


def barabasi_albert(nodes: int, links: int, seed: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Edges of a graph in which every new node links to `links` older ones, by their degree (1999)."""
    luck = np.random.default_rng(seed)
    edges = np.empty(((nodes - links) * links, 2), dtype=np.int32, order="F")
    ends: list[int] = []  # a node as often as its degree
    targets = list(range(links))
    uniform: list[float] = []
    for i, node in enumerate(range(links, nodes)):
        edges[i * links : (i + 1) * links, 0] = node
        edges[i * links : (i + 1) * links, 1] = targets
        ends += targets + [node] * links
        chosen: set[int] = set()
        while len(chosen) < links:
            uniform = uniform or luck.random(100_000).tolist()
            chosen.add(ends[int(uniform.pop() * len(ends))])
        targets = sorted(chosen)
    return edges


def graph_file(name: str, nodes: int, links: int) -> Path:
    """The file of a graph, made once."""
    path = GRAPHS / f"{name}.npy"
    if not path.exists():
        GRAPHS.mkdir(parents=True, exist_ok=True)
        np.save(path, barabasi_albert(nodes, links, 7))
        path.with_suffix(".json").write_text(json.dumps([nodes, False]))
    return path


def email_file() -> Path:
    """The e-mail network of the shared folder without its loops, as arcs."""
    edges = np.loadtxt(EMAIL, delimiter=",", skiprows=1, dtype=np.int32)
    edges = np.asfortranarray(np.unique(edges[edges[:, 0] != edges[:, 1]], axis=0))
    path = GRAPHS / "email.npy"
    GRAPHS.mkdir(parents=True, exist_ok=True)
    np.save(path, edges)
    path.with_suffix(".json").write_text(json.dumps([int(edges.max()) + 1, True]))
    return path


class Program:
    """A rival in its process."""

    def __init__(self, name: str, path: Path, p: str, threads: int = 1) -> None:
        self.name = name
        mine = name == "groundswell"
        python = sys.executable if mine else str(PEERS)
        folders = {"PYTHONPATH": str(ROOT / "python")} if mine else {}
        command = [python, "-W", "ignore", str(RIVALS), name, str(path), p, str(threads)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **folders}
        )
        self.answers: list[Answer] = []

    def ask(self, seeds: list[list[int]], cascades: int) -> Answer:
        """One turn."""
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise SystemExit(f"{self.name}: cannot be asked")
        process.stdin.write(json.dumps({"seeds": seeds, "cascades": cascades, "turn": len(self.answers)}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name}: ended with {process.wait()}")
        answer: Answer = json.loads(line)
        return answer

    def turn(self, seeds: list[list[int]], cascades: int) -> None:
        """One that counts."""
        self.answers.append(self.ask(seeds, cascades))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def rates(self, clock: str = "processor") -> list[float]:
        """Cascades a second of each turn."""
        return [answer["cascades"] / answer[clock] for answer in self.answers]

    def mean(self) -> tuple[float, float]:
        """Mean size over all turns, and its standard error (NaN where the program does not give it)."""
        cascades, total, squares = (sum(a[key] for a in self.answers) for key in ("cascades", "sum", "squares"))
        mean = total / cascades
        return mean, math.sqrt(max(squares / cascades - mean**2, 0) / cascades)


def fitting_turn(program: Program, seeds: list[list[int]], seconds: float) -> int:
    """How many cascades a seed make a turn of about so many seconds."""
    number = 2
    while True:
        took = program.ask(seeds, number)["processor"]
        if took > seconds / 4:
            return max(int(number * seconds / took), 2)
        number *= 4


def timed(path: Path, p: str, names: tuple[str, ...], rounds: int, seconds: float) -> list[Program]:
    """Programs that have taken turns."""
    nodes = json.loads(path.with_suffix(".json").read_text())[0]
    seeds = [[int(seed)] for seed in np.random.default_rng(3).choice(nodes, SEEDS, replace=False)]
    programs = [Program(name, path, p) for name in names if not (p == "wc" and "skipping" in name)]
    numbers = [fitting_turn(program, seeds, seconds) for program in programs]
    for _ in range(rounds):
        for program, number in zip(programs, numbers, strict=True):
            program.turn(seeds, number)
    for program in programs:
        program.close()
    print(p, {one.name: round(statistics.median(one.rates())) for one in programs}, flush=True)
    return programs


def two_threads(path: Path, p: str, rounds: int, seconds: float) -> str:
    """A row: one and two threads in turns, and whether their sums are the same."""
    nodes = json.loads(path.with_suffix(".json").read_text())[0]
    seeds = [[int(seed)] for seed in np.random.default_rng(3).choice(nodes, SEEDS, replace=False)]
    one, two = (Program("groundswell", path, p, threads) for threads in (1, 2))
    number = fitting_turn(one, seeds, seconds)
    for _ in range(rounds):
        for program in (one, two):
            program.turn(seeds, number)
    for program in (one, two):
        program.close()
    ratios = [b / a for a, b in zip(one.rates("wall"), two.rates("wall"), strict=True)]
    equal = all(
        a["sum"] == b["sum"] and a["squares"] == b["squares"] for a, b in zip(one.answers, two.answers, strict=True)
    )
    work = sum(a["processor"] for a in two.answers) / sum(a["processor"] for a in one.answers)
    low, high = min(ratios), max(ratios)
    print("two threads", p, ratios, equal, flush=True)
    return f"| {p} | {statistics.median(ratios):.2f} ({low:.2f}-{high:.2f}) | {work:.2f} | {'yes' if equal else 'NO'} |"


def speed_rows(programs: list[Program]) -> list[str]:
    """A line a program: rate with range, times of the first, mean size."""
    ours = programs[0]
    rows = []
    for one in programs:
        rates = one.rates()
        ratios = [a / b for a, b in zip(ours.rates(), rates, strict=True)]
        times = "" if one is ours else f"{statistics.median(ratios):.1f} ({min(ratios):.1f}-{max(ratios):.1f})"
        mean, error = one.mean()
        size = f"{mean:.2f}" + ("" if math.isnan(error) else f" ± {error:.2f}")
        median = f"{statistics.median(rates):,.0f} ({min(rates):,.0f}-{max(rates):,.0f})"
        rows.append(f"| {one.name} | {median} | {times} | {size} |")
    return rows


SPEED_HEAD = "| program | cascades a second | groundswell is faster | mean size |\n|---|---|---|---|"


def speed_section(path: Path, chances: list[str], names: tuple[str, ...], rounds: int, seconds: float) -> list[str]:
    """Tables of one graph."""
    lines = []
    for p in chances:
        title = "Weighted cascade" if p == "wc" else f"p = {p}"
        lines += [f"### {title}", "", SPEED_HEAD, *speed_rows(timed(path, p, names, rounds, seconds)), ""]
    return lines


def memory_section(path: Path, names: tuple[str, ...]) -> list[str]:
    """Peak memory of reading, building and a few cascades, over that of the process with its packages imported."""
    lines = [
        "| program | p | memory of graph and cascades | of the whole process | reading and building |",
        "|---|---|---|---|---|",
    ]
    for p in ("0.02", "wc"):
        for name in names:
            if p == "wc" and "skipping" in name:
                continue
            program = Program(name, path, p)
            program.turn([[0], [1000]], 20)
            program.close()
            got = program.answers[0]
            sizes = f"{got['bytes'] / 1e6:,.0f} MB | {got['peak'] / 1e6:,.0f} MB | {got['built']:.1f} s"
            lines.append(f"| {name} | {p} | {sizes} |")
            print("memory", lines[-1], flush=True)
    return [*lines, ""]


def agreement_section(path: Path, cascades: int) -> list[str]:
    """Mean sizes of every program, and how far groundswell is from each."""
    seeds = [[0, 17, 300]]
    lines = [
        "| p | program | cascades | mean size | groundswell minus it, in standard errors |",
        "|---|---|---|---|---|",
    ]
    for p in ("0.02", "0.05", "wc"):
        ours = Program("groundswell", path, p)
        ours.turn(seeds, 50 * cascades)
        ours.close()
        mean, error = ours.mean()
        deviation = error * math.sqrt(50 * cascades)
        lines.append(f"| {p} | groundswell | {50 * cascades:,} | {mean:.3f} ± {error:.3f} | |")
        for name in AGREE[1:]:
            if p == "wc" and "skipping" in name:
                continue
            number = max(cascades // 20, 20) if name == "NDlib" else cascades
            program = Program(name, path, p)
            program.turn(seeds, number)
            program.close()
            other, own = program.mean()
            # PyNetIM gives no error of its own: that of as many cascades of ours stands in.
            apart = (mean - other) / math.hypot(error, deviation / math.sqrt(number) if math.isnan(own) else own)
            lines.append(f"| {p} | {name} | {number:,} | {other:.3f} | {apart:+.2f} |")
            print("agreement", lines[-1], flush=True)
    return [*lines, ""]


def versions() -> str:
    """Programs and their versions, and the machine."""
    code = f"import importlib.metadata as m; print(*[m.version(name) for name in {list(PACKAGES)}])"
    found = subprocess.run([str(PEERS), "-c", code], capture_output=True, text=True, check=True).stdout.split()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    named = ", ".join(f"{name} {version}" for name, version in zip(PACKAGES.values(), found, strict=True))
    model = next(
        (line.partition(":")[2].strip() for line in _cpu_lines() if line.startswith("model name")), platform.processor()
    )
    return (
        f"commit {commit.stdout.strip()}; {model}, {usable_cores()} cores; Python {platform.python_version()}; {named}"
    )


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


HEAD = """# Plain spread beside other programs

`make bench-peers`. {date}, {versions}.
Load of the machine: {before:.1f} before, {after:.1f} at the end; the whole took {minutes:.0f} minutes.

Programs take turns in one run ({rounds} turns of about {seconds:g} s each), in a process each that has read the graph
once; a turn is the same number of cascades from each of {seeds} single seeds. Rates are of processor time on one
thread, medians with their range; ratios are those of turns that follow each other. Graphs are Barabási-Albert, used in
both directions. CyNetDiff's rate includes its three calls from Python a cascade, as its documentation shows them.
"""


def page(options: argparse.Namespace) -> str:
    """The whole."""
    begun, before = time.perf_counter(), os.getloadavg()[0]
    rounds, seconds = options.rounds, options.seconds
    small = graph_file("ba_100k", 100_000, 10)
    lines = ["## 100,000 nodes, 2 million arcs", ""]
    lines += speed_section(small, ["0.03", "0.02", "0.01", "wc"], TIMED, rounds, seconds)
    lines += [
        "## Two threads",
        "",
        "Wall time of one thread over two, the same cascades; processor time of two over one.",
        "",
    ]
    lines += ["| p | times faster | processor time | same numbers |", "|---|---|---|---|"]
    lines += [two_threads(small, p, rounds, seconds) for p in ("0.03", "0.02", "0.01", "wc")] + [""]
    if not options.small:
        large = graph_file("ba_1m", 1_000_000, 5)
        names = TIMED[:4]
        lines += ["## 1 million nodes, 10 million arcs", ""]
        lines += speed_section(large, ["0.03", "0.02", "wc"], names, rounds, seconds)
        lines += ["### Memory", "", *memory_section(large, names)]
    if EMAIL.is_file():
        lines += ["## Agreement", "", "E-mail network of a research institution, 1,005 people, from three of them.", ""]
        lines += agreement_section(email_file(), options.cascades)
    facts = {"date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "versions": versions(), "rounds": rounds}
    facts |= {"before": before, "after": os.getloadavg()[0], "minutes": (time.perf_counter() - begun) / 60}
    return "\n".join([HEAD.format(**facts, seconds=seconds, seeds=SEEDS), *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short look; prints the page and writes nothing")
    parser.add_argument("--small", action="store_true", help="the graph of 100,000 nodes only")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=TURN)
    parser.add_argument("--cascades", type=int, default=4000, help="of each rival on the real graph")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds, options.cascades = 2, 0.3, 400
    text = page(options)
    if options.quick:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
