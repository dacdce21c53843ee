"""Worlds kept in files: the same numbers, a cap, nothing half-written, nothing that is not ours touched."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import groundswell as gs
from groundswell import _core
from groundswell.cli.app import app
from groundswell.scenario.to_core import world_parameters
from groundswell.worlds import cache as world_cache
from groundswell.worlds.cache import WorldCache, cache_in_use, checksum, world

COMPANY = gs.Company.synthetic(employees=40)
FEW: dict[str, Any] = {"worlds": 2, "replicates": 2, "seed": 5, "threads": 2}
WARNING = "world_not_cached"


def scenario(size: int = 5, changes: dict[str, Any] | None = None) -> gs.Scenario:
    program = gs.Program(advocates=gs.ActiveAdvocates(size=size), posts_per_week=3)
    return gs.Scenario(
        COMPANY, start="2027-01-04", weeks=4, warm_up_weeks=1, follow_up_weeks=1, program=program, label=f"{size}"
    ).replace({"audience.smallest_company": 200, **(changes or {})}, label=f"{size}")


@pytest.fixture(autouse=True)
def own_choice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test leaves the cache on."""
    monkeypatch.delenv("GROUNDSWELL_CACHE", raising=False)
    monkeypatch.delenv("GROUNDSWELL_CACHE_GIB", raising=False)
    before = list(world_cache._chosen)
    world_cache._chosen.clear()
    yield
    world_cache._chosen[:] = before


@pytest.fixture
def kept(tmp_path: Path) -> WorldCache:
    found = gs.cache(tmp_path / "worlds")
    assert found is not None
    return found


def one(index: int = 0, of: gs.Scenario | None = None, seed: int = 5) -> tuple[Any, list[tuple[str, int, str]]]:
    chosen = of or scenario()
    return world(chosen.company.core_input(), world_parameters(chosen), seed, index, 2, stored=False)


def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Indices of the worlds built from now on."""
    built: list[int] = []
    build = _core.build_world

    def counted(*arguments: Any) -> Any:
        built.append(arguments[3])
        return build(*arguments)

    monkeypatch.setattr(_core, "build_world", counted)
    return built


@pytest.mark.parametrize("contagion", ["independent", "fractional"])
def test_numbers_are_the_same_bit_for_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contagion: str) -> None:
    base = scenario(changes={"feed.contagion": contagion})
    without = gs.simulate(base, **FEW)
    gs.cache(tmp_path)
    writing = gs.simulate(base, **FEW)
    built = builds(monkeypatch)
    reading = gs.simulate(base, **FEW)
    assert built == []
    for other in (writing, reading):
        assert np.array_equal(without.recording.values, other.recording.values, equal_nan=True)
        assert without.warnings.equals(other.warnings)


def test_extending_and_other_programs_read_the_same_worlds(kept: WorldCache, monkeypatch: pytest.MonkeyPatch) -> None:
    built = builds(monkeypatch)
    first = gs.simulate(scenario(5), **FEW)
    gs.simulate(scenario(12), **FEW)
    assert built == [0, 1]
    gs.compare([scenario(5), scenario(12)], worlds=3, replicates=1, seed=5)
    assert built == [0, 1, 2]
    longer = first.extend(worlds=3)
    assert built == [0, 1, 2]
    assert longer.runs == 6
    assert len(kept.files()) == 3


def test_a_world_of_anything_else_is_another_file(kept: WorldCache, monkeypatch: pytest.MonkeyPatch) -> None:
    for other in ((), (1,), (0, None, 6), (0, scenario(changes={"audience.department_homophily": 0.1}))):
        one(*other)
    assert len(kept.files()) == 4
    monkeypatch.setattr(world_cache, "build_of", lambda _path: "0123456789ab")
    built = builds(monkeypatch)
    one()
    assert built == [0]
    assert len(kept.files()) == 5


def test_off_unless_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_in_use() is None
    monkeypatch.setenv("GROUNDSWELL_CACHE", str(tmp_path))
    monkeypatch.setenv("GROUNDSWELL_CACHE_GIB", "1.5")
    assert cache_in_use() == WorldCache(tmp_path, 1.5)
    gs.cache(None)
    assert cache_in_use() is None
    one()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("gib", [0, -1, float("nan"), float("inf"), True, "20"])
def test_a_cap_that_is_none(tmp_path: Path, gib: Any) -> None:
    with pytest.raises(gs.InvalidInput, match=r"^gib = .*: must be a number of GiB above 0"):
        gs.cache(tmp_path, gib=gib)


def test_settings_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(gs.InvalidInput, match=r"^folder = '.*file': is a file"):
        gs.cache(file)
    monkeypatch.setenv("GROUNDSWELL_CACHE", str(tmp_path))
    monkeypatch.setenv("GROUNDSWELL_CACHE_GIB", "a lot")
    with pytest.raises(gs.InvalidInput, match=r"^GROUNDSWELL_CACHE_GIB = 'a lot': must be a number of GiB"):
        gs.simulate(scenario(), **FEW)


def age(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds, time.time() - seconds))


def test_the_cap_removes_what_was_not_used_for_longest(kept: WorldCache, tmp_path: Path) -> None:
    for index in range(3):
        one(index)
    files = kept.files()
    stranger = kept.folder / "notes.gsworld"
    stranger.write_bytes(b"x" * 1000)
    for i, path in enumerate(files):
        age(path, 5000 - 1000 * i)
    one(0)  # used: now the youngest
    size = max(path.stat().st_size for path in files)
    gs.cache(kept.folder, gib=3.5 * size / world_cache.GIB)
    one(3)
    left = kept.files()
    assert files[1] not in left
    assert {files[0], files[2]} < set(left)
    assert len(left) == 3
    assert kept.nbytes <= 3.5 * size
    assert stranger.read_bytes() == b"x" * 1000


def test_a_world_above_the_cap(tmp_path: Path) -> None:
    gs.cache(tmp_path / "w", gib=1e-4)
    _, warnings = one()
    assert [text for code, _, text in warnings if code == WARNING] == [warnings[-1][2]]
    assert "the cache may have 0.0001 GiB" in warnings[-1][2]
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("damage", ["cut", "flipped", "longer", "empty"])
def test_a_damaged_file_is_built_again(kept: WorldCache, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    whole, _ = one()
    (path,) = kept.files()
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(
        {
            "cut": content[:middle],
            "flipped": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "longer": content + b"\0",
            "empty": b"",
        }[damage]
    )
    built = builds(monkeypatch)
    again, warnings = one()
    assert built == [0]
    assert WARNING not in [code for code, _, _ in warnings]
    assert kept.files() == [path]
    assert path.read_bytes() == content
    for name in again.platforms:
        assert np.array_equal(again.rows(name)[1], whole.rows(name)[1])


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are POSIX")
@pytest.mark.parametrize("room", [0, 100_000])
def test_a_full_disk_lets_the_run_go_on(kept: WorldCache, room: int) -> None:
    """A limit on the size of a file stands in for a full disk."""
    import resource

    gs.cache(None)
    without = gs.simulate(scenario(), **FEW)
    gs.cache(kept.folder)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        full = gs.simulate(scenario(), **FEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert np.array_equal(without.recording.values, full.recording.values, equal_nan=True)
    (row,) = full.warnings[full.warnings["code"] == WARNING].to_dict("records")
    assert row["count"] == 1
    assert row["examples"] == "in 2 of 2 worlds, most in world 0"
    assert "File too large" in row["consequence"]
    assert str(kept.folder) not in row["consequence"]
    assert list(kept.folder.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    gs.cache(tmp_path / "file" / "worlds")
    result = gs.simulate(scenario(), **FEW)
    (row,) = result.warnings[result.warnings["code"] == WARNING].to_dict("records")
    assert "Not a directory" in row["consequence"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read anywhere")
def test_a_folder_that_cannot_be_listed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    gs.cache(closed)
    _, warnings = one()
    assert "Permission denied" in {code: text for code, _, text in warnings}[WARNING]
    assert "cannot be listed: Permission denied" in repr(cache_in_use())
    with pytest.raises(gs.InvalidInput, match="cannot be removed: Permission denied"):
        WorldCache(closed).clear()
    closed.chmod(0o700)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_files_are_the_owners_alone(kept: WorldCache) -> None:
    one()
    assert [path.stat().st_mode & 0o077 for path in (kept.folder, *kept.files())] == [0, 0]


def test_parts_of_runs_that_were_killed(kept: WorldCache) -> None:
    one()
    beginning = kept.files()[0].name[: len("world-") + 32 + 1 + 12 + 1]
    dead, live = (kept.folder / f"{beginning}{pid}-1.new{end}" for pid, end in ((1, ""), (2, ".5-0.part")))
    for path in (dead, live):
        path.write_bytes(b"x")
    age(dead, world_cache.ABANDONED + 60)
    one(1)
    assert not dead.exists()
    assert live.exists()
    stranger = kept.folder / "world-notes.gsworld"
    stranger.touch()
    assert kept.clear() == 3
    assert list(kept.folder.iterdir()) == [stranger]
    assert kept.nbytes == 0


def test_several_at_once(kept: WorldCache) -> None:
    """Threads that find nothing, write the same file, read it and remove it."""
    wanted = one()[0].persons.copy()
    wrong: list[object] = []

    def work(clears: bool) -> None:
        try:
            for _ in range(3):
                found, warnings = one()
                if not np.array_equal(found.persons, wanted):
                    wrong.append("other persons")
                wrong.extend(text for code, _, text in warnings if code == WARNING and not clears_at_once(text))
                if clears:
                    kept.clear()
        except Exception as error:
            wrong.append(error)

    def clears_at_once(text: str) -> bool:
        return "No such file" in text  # cleared while it was written

    threads = [threading.Thread(target=work, args=(i == 0,)) for i in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert all(world_cache.OWN_FILE.fullmatch(path.name) for path in kept.folder.iterdir())


def test_the_checksum_does_not_depend_on_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world_cache, "BLOCK", 1000)
    monkeypatch.setattr(world_cache, "BUFFER", 300)
    path = tmp_path / "file"
    content = np.random.default_rng(1).bytes(4500)
    path.write_bytes(content)
    whole = checksum(path, 1)
    assert checksum(path, 4) == whole
    for place in (0, 999, 1000, 4499):
        path.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        assert checksum(path, 2) != whole


def test_the_command(kept: WorldCache, monkeypatch: pytest.MonkeyPatch) -> None:
    def call(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["cache", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    one()
    world_cache._chosen.clear()
    assert "is off" in call()
    assert call("--folder", str(kept.folder)) == f"{kept}\n"
    monkeypatch.setenv("GROUNDSWELL_CACHE", str(kept.folder))
    assert "1 world, " in call("show")
    assert call("clear") == f"1 files removed from {kept.folder}\n"
    assert list(kept.folder.iterdir()) == []
