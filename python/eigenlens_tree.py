"""How the rows of a job are cut into tasks for a Dask cluster, added up in a tree, and kept until its document is whole."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import os
import pickle
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import cloudpickle
import numpy
from eigenlens_sources import Segment

# Of each condition: so far is known how much a job that is started again has done.
SPANS = 8
LEAVES_PER_SPAN = 32
LEAST_LEAF_ROWS = 16384
FAN_IN = 4


@dataclasses.dataclass(frozen=True)
class Piece:
    """Rows start to stop of a segment; the first is row number `number` of the condition."""

    segment: Segment
    start: int
    stop: int
    number: int


Span = list[list[Piece]]


@dataclasses.dataclass(frozen=True)
class Job:
    """One document."""

    out: str
    conditions: dict[str, list[Segment]]
    given: dict[str, numpy.ndarray]
    folds: int
    # Of clusters, by which labels can be permuted; 0 for none.
    groups: int
    # Whether conditions have rows of the same clusters.
    paired: bool
    seed: int
    # How many rows of each condition are kept, what this part of several jobs is called, and sentences by their numbers.
    reservoir: int
    part: str
    texts: dict[str, dict[int, str]]
    metadata: dict[str, str]
    # How rows were assigned to folds, and what a reader must know of them.
    rule: str
    unit: str
    notes: list[str]
    # How many directions of a random range finder the moments are summed in; 0 for all neurons.
    range: int

    @property
    def columns(self) -> int:
        return next(iter(self.conditions.values()))[0].columns


@dataclasses.dataclass(frozen=True)
class Pass:
    """One reading of all rows: what tasks make of some rows, and of what other tasks made."""

    step: str
    # What a part depends on beside its rows, for JSON.
    state: Sequence[Any]
    # Of a condition's name, pieces, what is given for their rows, and the shared futures.
    leaf: Callable[..., Any]
    merge: Callable[..., Any]
    # As arrays by names, to be kept in a file, and back.
    pack: Callable[[str, Any], dict[str, Any]]
    unpack: Callable[[str, Mapping[str, numpy.ndarray]], Any]
    # How many columns the sums have.
    width: int
    shared: Sequence[Any] = ()


def submit(
    client: Any, function: Callable[..., Any], *arguments: Any, parts: Sequence[Any] = (), priority: int = 0
) -> Any:
    """A task that needs no file of ours on a worker or on the scheduler: our modules travel in it.

    parts: futures of what the function is called with after the arguments.
    """
    packed = cloudpickle.dumps(functools.partial(function, *arguments))
    # A lambda is not pickled by the name of its module, which no worker has.
    run = lambda task, *held: pickle.loads(task)(*held)
    return client.submit(run, packed, *parts, pure=False, priority=priority)


def given_parts(job: Job, name: str, pieces: Sequence[Piece]) -> Any:
    """The folds or groups of the rows of some pieces, which lie one after the other; None if they are not given."""
    given = job.given.get(name)
    return None if given is None else given[pieces[0].number : pieces[-1].number + pieces[-1].stop - pieces[-1].start]


def leaves_of(segments: Sequence[Segment], width: int) -> list[list[Piece]]:
    """Rows for each task: enough that reading outweighs merging sums of some width, and in whole stored units."""
    rows = sum(segment.rows for segment in segments)
    most = max(LEAST_LEAF_ROWS, 4 * width, -(-rows // (SPANS * LEAVES_PER_SPAN)))
    leaves: list[list[Piece]] = [[]]
    held = number = 0
    for segment in segments:
        start = 0
        while start < segment.rows:
            room = max(segment.unit, (most - held) // segment.unit * segment.unit)
            stop = min(segment.rows, start + room)
            if held > 0 and held + stop - start > most:
                leaves.append([])
                held = 0
                continue
            leaves[-1].append(Piece(segment, start, stop, number))
            held += stop - start
            number += stop - start
            start = stop
    return leaves


def spans_of(leaves: list[list[Piece]]) -> list[Span]:
    """What is kept together once it is summed."""
    step = -(-len(leaves) // SPANS)
    return [leaves[start : start + step] for start in range(0, len(leaves), step)]


class Parts:
    """What of a job is done, in a folder beside its document: a job that is started again needs not sum it anew.

    A part is found by what it is made of, so that what changed since is summed anew.
    """

    def __init__(self, job: Job) -> None:
        self.folder = f"{job.out}.parts"
        self._job = job

    def load(self, work: Pass, name: str, span: Span) -> Any:
        """None if it is to be summed."""
        try:
            with numpy.load(self._path(work, name, span), allow_pickle=False) as held:
                return work.unpack(name, held)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None  # Not there, or cut off by what stopped the job: summed anew.

    def save(self, work: Pass, sums: Any, name: str, span: Span) -> None:
        os.makedirs(self.folder, exist_ok=True)
        path = self._path(work, name, span)
        with open(f"{path}.partial", "wb") as file:
            numpy.savez(file, **work.pack(name, sums))
        os.replace(f"{path}.partial", path)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, work: Pass, name: str, span: Span) -> str:
        pieces = [piece for leaf in span for piece in leaf]
        stamps = {piece.segment.path: os.stat(piece.segment.path) for piece in pieces}
        state = [
            [work.step, *work.state, name],
            [dataclasses.astuple(piece) for piece in pieces],
            [(path, found.st_size, found.st_mtime_ns) for path, found in stamps.items()],
        ]
        digest = hashlib.sha256(json.dumps(state).encode())
        given = given_parts(self._job, name, pieces)
        if given is not None:
            digest.update(given.tobytes())
        return os.path.join(self.folder, f"{digest.hexdigest()[:24]}.npz")


def run_pass(
    job: Job, work: Pass, client: Any, report: Callable[[int, int, str], None], passes: tuple[int, int] = (0, 1)
) -> Iterator[tuple[str, Any]]:
    """What each span of rows comes to, with its condition's name, always in the same order.

    passes: how many went before, and how many there are. Raises ValueError if a source changes meanwhile; OSError.
    """
    from distributed import as_completed

    parts = Parts(job)
    order = [
        (name, span) for name, segments in job.conditions.items() for span in spans_of(leaves_of(segments, work.width))
    ]
    before, count = passes
    waiting = [item for item in order if parts.load(work, *item) is None]
    done = len(order) - len(waiting)

    def tell(what: str) -> None:
        report(before * len(order) + done, count * len(order), what)

    if done > 0:
        tell("parts are left by an earlier start")
    running: dict[Any, tuple[str, Span]] = {}
    completed = as_completed()

    def start(name: str, span: Span) -> None:
        futures = [
            submit(client, work.leaf, name, leaf, given_parts(job, name, leaf), parts=work.shared) for leaf in span
        ]
        while len(futures) > 1:
            groups = [futures[i : i + FAN_IN] for i in range(0, len(futures), FAN_IN)]
            # Before further leaves, whose sums would wait in memory.
            futures = [submit(client, work.merge, parts=group, priority=1) for group in groups]
        running[futures[0]] = (name, span)
        completed.add(futures[0])

    def fill() -> None:
        """As many tasks as keep the workers busy: what is summed should be kept before more is begun."""
        threads = sum(client.nthreads().values())
        while waiting and sum(len(span) for _, span in running.values()) < 2 * max(1, threads):
            start(*waiting.pop(0))

    fill()
    for future in completed:
        name, span = running.pop(future)
        parts.save(work, future.result(), name, span)
        done += 1
        tell(f"parts are {work.step} ({name})")
        fill()
    for name, span in order:
        part = parts.load(work, name, span)
        if part is None:
            raise ValueError(f"A source of {name} or {parts.folder} changed meanwhile: start the job again.")
        yield name, part
