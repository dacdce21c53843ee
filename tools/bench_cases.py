"""One benchmark case in a process of its own: prints its measurements as one line of JSON (`tools/bench.py` runs them).

python tools/bench_cases.py decision 1000        seconds and peak memory of the demo's comparison, worlds included
python tools/bench_cases.py build 10000 FOLDER   the large company's world, all rows, built and kept in a cache's folder
python tools/bench_cases.py reload 10000 3 FOLDER   reading it back, page cache cold and warm
python tools/bench_cases.py engine 10000 2 FOLDER   one replicate in that world, by instruction set
python tools/bench_cases.py default 100 5        100 replicates of the default scenario on 1 and 2 threads
python tools/bench_cases.py world 10000 550 5    building a world of employees with so many ties each
python tools/bench_cases.py size 1000 5          one replicate of a company of this size, a tenth of them advocates
python tools/bench_cases.py average 1000 10 5    the average program and as many posts by fixed advocates: processor
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np

import groundswell as gs
from groundswell import _core
from groundswell.worlds.cache import WorldCache

START = "2027-01-04"
SEED = 1
PERSONS_PER_EMPLOYEE = 500  # of the large company: 5 million persons for 10,000 employees
LARGE_TIES = 550.0
THREADS = (1, 2)
CACHE_GIB = 20.0
Measured = dict[str, Any]


def scenario(employees: int, advocates: int) -> gs.Scenario:
    program = gs.Program(advocates=gs.ActiveAdvocates(size=advocates), posts_per_week=4, company_content_fraction=0.5)
    return gs.Scenario(gs.Company.synthetic(employees=employees), start=START, program=program)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def large(employees: int) -> tuple[gs.Scenario, dict[str, Any]]:
    """Every employee an advocate, 550 ties on average, 500 persons an employee."""
    case = scenario(employees, employees)
    parameters = deepcopy(case.core_parameters())
    parameters["platform_audiences"]["linkedin"]["connections_mean"] = LARGE_TIES
    pool = parameters["audience"]["pool"]
    factor = (PERSONS_PER_EMPLOYEE - 1) * 1000 / sum(pool.values())
    parameters["audience"]["pool"] = {name: size * factor for name, size in pool.items()}
    return case, parameters


def build(case: gs.Scenario, parameters: dict[str, Any], threads: int, index: int = 0, stored: bool = True) -> Any:
    return _core.build_world(case.company.core_input(), parameters, SEED, index, threads, stored=stored)


def peak_mb() -> float:
    """Peak resident memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def drop_page_cache() -> bool:
    """Empty the page cache; False where that is not allowed."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3\n")
    except OSError:
        return False
    return True


def ties_of(world: Any) -> int:
    """Tie words of the rows of every platform that is on."""
    return sum(len(world.rows(name)[1]) for name in world.platforms)


def run_stats(world: Any, design: Any, first: int, last: int, threads: int) -> Measured:
    """Seconds of the call, and what the engine counted: ties, candidates, impressions, seconds by phase."""
    seconds, ((_, finished, stats),) = timed(lambda: _core.run(world, [design], first, last, threads))
    if not finished.all():
        raise RuntimeError("a replicate did not finish")
    return {"seconds": seconds, "threads": threads, **stats}


def few_loud_many_quiet(employees: int) -> tuple[gs.Scenario, gs.Scenario, gs.Scenario]:
    """No program; a twentieth of the people at 4 posts a week; a fifth at 1: in expectation as many posts."""
    base = gs.Scenario(gs.Company.synthetic(employees=employees), start=START, label="No program")
    few, many = max(employees // 20, 1), max(employees // 5, 4)
    loud = gs.Program(advocates=gs.ActiveAdvocates(size=few), posts_per_week=4)
    quiet = gs.Program(advocates=gs.ActiveAdvocates(size=many), posts_per_week=4 * few / many)
    return base, base.replace(label="Few loud", program=loud), base.replace(label="Many quiet", program=quiet)


def decision(employees: int) -> Measured:
    base, loud, quiet = few_loud_many_quiet(employees)
    seconds, contest = timed(
        lambda: gs.compare([loud, quiet], baseline=base, worlds=10, replicates=10, seed=SEED, threads=2)
    )
    return {"employees": employees, "seconds": seconds, "sentence": contest.sentence()}


def build_large(employees: int, folder: str) -> Measured:
    case, parameters = large(employees)
    fingerprint = _core.world_fingerprint(case.company.core_input(), parameters, SEED, 0)
    kept = WorldCache(Path(folder), CACHE_GIB)
    kept.clear()
    seconds, built = timed(lambda: build(case, parameters, threads=2))
    peak = peak_mb()
    write, _ = timed(lambda: kept.keep(built, fingerprint, 2))
    (path,) = kept.files()
    return {"seconds": seconds, "build_peak_mb": peak, "write": write, "path": str(path), "fingerprint": fingerprint,
            "file_mb": path.stat().st_size / 2**20, "estimate_mb": _core.estimate_world_bytes(
                case.company.core_input(), parameters) / 2**20}  # fmt: skip


def kept_world(case: gs.Scenario, parameters: dict[str, Any], folder: str) -> Any:
    """The large world from the cache, as a study reads it: checksum, then the file."""
    fingerprint = _core.world_fingerprint(case.company.core_input(), parameters, SEED, 0)
    world = WorldCache(Path(folder), CACHE_GIB).find(fingerprint, case.company.core_input(), 2)
    if world is None:
        raise RuntimeError("the world is not in the cache")
    return world


def reload_large(employees: int, runs: int, folder: str) -> Measured:
    case, parameters = large(employees)
    fingerprint = _core.world_fingerprint(case.company.core_input(), parameters, SEED, 0)
    (path,) = WorldCache(Path(folder), CACHE_GIB).files()
    ways: dict[str, Callable[[], Any]] = {
        "cached": lambda: kept_world(case, parameters, folder),
        "file": lambda: _core.load_world(str(path), fingerprint, case.company.core_input(), 2),
    }
    found: Measured = {}
    for name, way in ways.items():
        found[name + "_cold"] = timed(way)[0] if drop_page_cache() else None
        found[name + "_warm"] = [timed(way)[0] for _ in range(runs)]
    return found


def engine(employees: int, runs: int, folder: str) -> Measured:
    case, parameters = large(employees)
    world = kept_world(case, parameters, folder)
    loaded = peak_mb()
    design = _core.Design(**case.core_design() | {"parameters": parameters})
    best = _core.instruction_set()
    rows: list[Measured] = []
    for _ in range(runs):  # instruction sets take turns, so that a slow minute hits all of them
        for name in _core.instruction_sets():
            _core.force_instruction_set(name)
            rows.append({"set": name} | run_stats(world, design, 0, 1, 1))
    running = peak_mb()
    _core.force_instruction_set(best)
    rows += [{"set": best, "pair": True} | run_stats(world, design, 0, 2, threads) for threads in THREADS]
    return {"employees": employees, "persons": world.person_count, "ties": ties_of(world), "runs": rows,
            "loaded_mb": loaded, "running_mb": running, "best": best}  # fmt: skip


def default(replicates: int, runs: int) -> Measured:
    case = scenario(1000, 100)
    parameters = case.core_parameters()
    world = build(case, parameters, threads=2)
    design = _core.Design(**case.core_design())
    rows = [run_stats(world, design, 0, replicates, threads) for _ in range(runs) for threads in THREADS]
    return {"replicates": replicates, "runs": rows}


def world(employees: int, ties: float, runs: int) -> Measured:
    case = scenario(employees, 0)
    parameters = deepcopy(case.core_parameters())
    parameters["platform_audiences"]["linkedin"]["connections_mean"] = ties
    rows: list[Measured] = []
    for index in range(runs):
        for stored in (False, True):
            for threads in THREADS:
                begin = time.perf_counter()
                built = build(case, parameters, threads, index, stored)
                seconds = time.perf_counter() - begin
                rows.append({"threads": threads, "stored": stored, "seconds": seconds, "bytes": built.nbytes})
    return {"employees": employees, "persons": built.person_count, "ties": ties_of(built), "runs": rows}


def size(employees: int, runs: int) -> Measured:
    case = scenario(employees, max(employees // 10, 1))
    built = build(case, case.core_parameters(), threads=2)
    design = _core.Design(**case.core_design())
    rows = [run_stats(built, design, k, k + 1, 1) for k in range(runs)]
    return {"employees": employees, "persons": built.person_count, "runs": rows}


def program_posts(design: Any, values: Any) -> float:
    """Posts of the program a run, about the company or not."""
    rows = _core.layout(design)["rows"]
    ids = [m["id"] for m in _core.measures() if m["name"] in ("posts", "other_posts")]
    chosen = np.isin(rows["measure"], ids) & (rows["source"] == 0)
    return float(np.asarray(values)[:, chosen].sum(axis=1).mean())


def processor(world: Any, design: Any, replicates: int) -> Measured:
    """One call on one thread: processor seconds, program posts and impressions a run."""
    begin = time.process_time()
    ((values, finished, stats),) = _core.run(world, [design], 0, replicates, 1)
    seconds = time.process_time() - begin
    if not finished.all():
        raise RuntimeError("a replicate did not finish")
    return {"processor": seconds / replicates, "posts": program_posts(design, values),
            "impressions": stats["impressions"] / replicates, "phase_seconds": stats["phase_seconds"]}  # fmt: skip


def average(employees: int, replicates: int, runs: int) -> Measured:
    """Everybody invited, and as many posts by fixed advocates: as many of them as members are active on average."""
    base = scenario(employees, 1)
    invited = base.replace(program=gs.Program(select=gs.Selection(), guidelines=1))
    built = build(base, base.core_parameters(), threads=2)
    designs = {"no program": _core.Design(**base.replace(program=None).core_design()),
               "average": _core.Design(**invited.core_design())}  # fmt: skip
    days = gs.simulate(invited, worlds=1, replicates=2, seed=SEED, people="aggregate").frame("active_member_days")
    active = max(round(float(days["mean"].iloc[0]) / (7 * base.weeks)), 1)

    def fixed(rate: float) -> Any:
        plan = gs.Program(advocates=gs.ActiveAdvocates(size=active), posts_per_week=rate)
        return _core.Design(**base.replace(program=plan).core_design())

    wanted, rate = processor(built, designs["average"], replicates)["posts"], 4.0
    for _ in range(2):  # posts are in proportion to the rate, but for luck
        rate *= wanted / processor(built, fixed(rate), replicates)["posts"]
    designs["fixed"] = fixed(rate)
    rows = [{"design": name} | processor(built, design, replicates) for _ in range(runs) for name, design in
            designs.items()]  # fmt: skip
    return {"employees": employees, "replicates": replicates, "advocates": active, "rate": rate, "runs": rows,
            "load": os.getloadavg()[0]}  # fmt: skip


CASES: dict[str, Callable[..., Measured]] = {
    "decision": decision, "build": build_large, "reload": reload_large, "engine": engine, "default": default,
    "world": world, "size": size, "average": average,
}  # fmt: skip


def main() -> None:
    name, *words = sys.argv[1:]
    measured = CASES[name](*(int(word) if word.isdecimal() else word for word in words))
    print(json.dumps(measured | {"case": name, "peak_mb": peak_mb(), "processor_seconds": time.process_time()}))


if __name__ == "__main__":
    main()
