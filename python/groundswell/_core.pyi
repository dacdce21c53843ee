"""
Compiled core of groundswell: worlds, designs, runs. Use the groundswell package instead.
"""
from __future__ import annotations
import collections.abc
from groundswell.errors import Cancelled
from groundswell.errors import InternalError
from groundswell.errors import InvalidInput
import numpy
import numpy.typing
import typing
__all__: list[str] = ['Cancelled', 'Company', 'Design', 'InternalError', 'InvalidInput', 'SpreadNetwork', 'World', 'author_measures', 'available_memory_bytes', 'build_world', 'cascades', 'complete_ties', 'default_parameters', 'estimate_cascade_bytes', 'estimate_network_bytes', 'estimate_run_bytes', 'estimate_world_bytes', 'force_instruction_set', 'instruction_set', 'instruction_sets', 'layout', 'levers', 'load_world', 'measures', 'person_count', 'phases', 'platforms', 'run', 'save_world', 'segments', 'select', 'sources', 'trace', 'world_fingerprint']
class Company:
    """
    A company as the core takes it: codes, attributes with NaN where missing, ties.
    """
    def __init__(self, *, employees: typing.SupportsInt | typing.SupportsIndex, departments: typing.SupportsInt | typing.SupportsIndex, regions: typing.SupportsInt | typing.SupportsIndex, department: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], region: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], seniority: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], function: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], department_shares: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], region_shares: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], seniority_shares: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], sales_share: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], recruiter_share: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], attributes: dict[str, typing.Any], coworker_ties: typing.Any = None, page_followers: typing.Any = None, connections: typing.Any = None, audience: typing.Any = None, ties_coverage: typing.Any = None, draw_numbers: typing.Any = None, known_ties: typing.Any = None) -> None:
        ...
class World:
    """
    One generated company and audience; read-only.
    """
    def employee_rows(self, platform: str) -> tuple[typing.Any, ...]:
        """
        As rows, of the employees only: row_begin u64[employees + 1], ties u32. Makes no row of anybody else.
        """
    def mean_degree(self, platform: str) -> float:
        """
        Mean number of ties of those who have any on the platform, employees included.
        """
    def rows(self, platform: str) -> tuple[typing.Any, ...]:
        """
        Tuple (row_begin u64[persons + 2], ties u32): tie words of every person, employees first; the last row is the page's followers.
        """
    @property
    def advocate_order(self) -> numpy.typing.NDArray[numpy.uint32]:
        ...
    @property
    def attributes(self) -> dict[str, typing.Any]:
        """
        Attribute name to values by employee, nothing missing.
        """
    @property
    def department(self) -> numpy.typing.NDArray[numpy.int32]:
        ...
    @property
    def draw_numbers(self) -> numpy.typing.NDArray[numpy.uint64]:
        """
        By employee, u64: what keys their draws.
        """
    @property
    def employees(self) -> int:
        ...
    @property
    def function(self) -> numpy.typing.NDArray[numpy.int32]:
        ...
    @property
    def index(self) -> int:
        ...
    @property
    def nbytes(self) -> int:
        ...
    @property
    def person_count(self) -> int:
        ...
    @property
    def persons(self) -> numpy.typing.NDArray[numpy.uint8]:
        """
        u8[persons, 8]: visibility class by platform (4), levels of affinity, susceptibility, propensity, presence mask.
        """
    @property
    def platforms(self) -> list[str]:
        """
        Names of the platforms that are on, in the order of their numbers.
        """
    @property
    def region(self) -> numpy.typing.NDArray[numpy.int32]:
        ...
    @property
    def seed(self) -> int:
        ...
    @property
    def segment_begin(self) -> typing.Annotated[list[int], "FixedSize(8)"]:
        """
        First person of each segment, and the number of persons.
        """
    @property
    def seniority(self) -> numpy.typing.NDArray[numpy.int32]:
        ...
    @property
    def sharer(self) -> numpy.typing.NDArray[numpy.uint8]:
        ...
    @property
    def strength_value(self) -> typing.Annotated[list[float], "FixedSize(3)"]:
        """
        Factor of a weak tie, a strong tie, the page.
        """
    @property
    def warnings(self) -> list[typing.Any]:
        """
        Tuples (code, count, message).
        """
class Design:
    """
    Everything that decides a run except the world, the seed and the luck.
    """
    def __init__(self, *, parameters: dict[str, typing.Any], start: str, warm_up_weeks: typing.SupportsInt | typing.SupportsIndex, weeks: typing.SupportsInt | typing.SupportsIndex, follow_up_weeks: typing.SupportsInt | typing.SupportsIndex, program: typing.Any = None, tenure_years: typing.Any = None, running: typing.Any = None) -> None:
        ...
class SpreadNetwork:
    """
    A graph with the chances of its arcs, ready for cascades.
    """
    def __init__(self, *, nodes: typing.SupportsInt | typing.SupportsIndex, source: numpy.typing.NDArray[numpy.uint32], target: numpy.typing.NDArray[numpy.uint32], value: numpy.typing.NDArray[numpy.float64], both_ways: bool, model: str, p: typing.SupportsFloat | typing.SupportsIndex) -> None:
        """
        Arcs u32[arcs] from and to nodes below `nodes`; value f64[arcs] or of size 0; model ic, wc or lt.
        """
    @property
    def nodes(self) -> int:
        ...
def author_measures() -> list[str]:
    """
    Names of what stats["people"] of a run counts for each employee, in order.
    """
def available_memory_bytes() -> int:
    """
    Bytes of memory that can still be taken; 0 if unknown.
    """
def build_world(company: Company, parameters: dict[str, typing.Any], seed: typing.SupportsInt | typing.SupportsIndex, index: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex, progress: collections.abc.Callable[..., object] | None = None, stored: bool = True) -> World:
    """
    Build one world. Deterministic; `threads` does not matter, nor does `stored`: False makes the rows of persons outside the company when a run first needs them.
    """
def cascades(network: SpreadNetwork, *, seeds: numpy.typing.NDArray[numpy.uint32], seed: typing.SupportsInt | typing.SupportsIndex, first: typing.SupportsInt | typing.SupportsIndex, last: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex, sizes: bool, by_node: bool) -> dict[str, typing.Any]:
    """
    Cascades [first, last) from the nodes `seeds` u32[]: how many, mean size, sum of squared differences from
    it, sizes u32[cascades] and times_active u64[nodes], either of size 0 unless asked for.
    """
def complete_ties(*, ties: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], employees: typing.SupportsInt | typing.SupportsIndex, group: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], share: typing.SupportsFloat | typing.SupportsIndex, complete_for: typing.Any = None, seed: typing.SupportsInt | typing.SupportsIndex, world: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.uint32]:
    """
    Listed and missing ties, u32[ties, 2] sorted, as a world with this seed and number would complete them.
    
    ties u32[E, 2], mutual, no self-loops or repeats; group i32[employees], -1 for none; share of the ties
    among employees not in complete_for (u8[employees], flags) that is listed.
    """
def default_parameters() -> dict[str, typing.Any]:
    """
    Defaults of every C++ parameter, as nested dicts.
    """
def estimate_cascade_bytes(nodes: typing.SupportsInt | typing.SupportsIndex, cascades: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex, sizes: bool, by_node: bool) -> int:
    """
    Bytes that cascades take beside their network.
    """
def estimate_network_bytes(nodes: typing.SupportsInt | typing.SupportsIndex, arcs: typing.SupportsInt | typing.SupportsIndex, values: bool) -> int:
    """
    Bytes that a SpreadNetwork takes at most while it is made.
    """
def estimate_run_bytes(persons: typing.SupportsInt | typing.SupportsIndex, rows: typing.SupportsInt | typing.SupportsIndex, designs: typing.SupportsInt | typing.SupportsIndex, replicates: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex) -> int:
    """
    Bytes a run needs beside its world.
    """
def estimate_world_bytes(company: Company, parameters: dict[str, typing.Any]) -> int:
    """
    Upper estimate of a world's bytes, without building it.
    """
def force_instruction_set(name: str) -> None:
    """
    Use this instruction set from now on (for tests and benchmarks).
    """
def instruction_set() -> str:
    """
    The instruction set in use.
    """
def instruction_sets() -> list[str]:
    """
    Instruction sets this processor runs; results are the same under each.
    """
def layout(design: Design) -> dict[str, typing.Any]:
    """
    The rows of a result and the cells they belong to.
    """
def levers() -> list[typing.Any]:
    """
    The registry of levers: name, neutral, largest, what each acts on.
    """
def load_world(path: str, fingerprint: str, company: Company, threads: typing.SupportsInt | typing.SupportsIndex) -> World:
    """
    The world of a file; None if there is no whole and sound one of this fingerprint. Raises OSError.
    """
def measures() -> list[typing.Any]:
    """
    Every output of the engine: id, name, unit, kind, dimensions, better, population, rests_on, definition.
    """
def person_count(company: Company, parameters: dict[str, typing.Any]) -> int:
    """
    Persons of a world, employees included, without building it.
    """
def phases() -> list[str]:
    """
    Names of the phases of a day, in their order.
    """
def run(world: World, designs: collections.abc.Sequence[Design], first_replicate: typing.SupportsInt | typing.SupportsIndex, last_replicate: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex, progress: collections.abc.Callable[..., object] | None = None, people: bool = False, cascades: bool = False) -> list[typing.Any]:
    """
    Run replicates [first, last) of every design; one (values, finished, stats) per design.
    """
def save_world(world: World, path: str, fingerprint: str) -> None:
    """
    Write a world to a file, whole or not at all. Raises OSError.
    """
def select(world: World, selection: dict[str, typing.Any]) -> dict[str, typing.Any]:
    """
    Whom a selection picks in a world, in order: dict of arrays, one entry a person.
    """
def trace(world: World, design: Design, replicate: typing.SupportsInt | typing.SupportsIndex) -> dict[str, typing.Any]:
    """
    Every post, act and candidate view of one replicate (for tests: large).
    """
def world_fingerprint(company: Company, parameters: dict[str, typing.Any], seed: typing.SupportsInt | typing.SupportsIndex, index: typing.SupportsInt | typing.SupportsIndex) -> str:
    """
    32 hexadecimal digits of everything a world follows from, and of the file's schema.
    """
__version__: str
platforms: list[typing.Any] = ['linkedin', 'facebook', 'instagram', 'x']
segments: list[typing.Any] = ['employee', 'alumni', 'buyer', 'peer', 'talent', 'personal', 'other']
sources: list[typing.Any] = ['program', 'organic', 'page']
