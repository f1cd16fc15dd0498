"""How the rows of a job are cut into tasks for a Dask cluster, summed in a tree, and kept until the document is whole."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import os
import pickle
import shutil
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import cloudpickle
import numpy
from eigenlens_moments import Moments
from eigenlens_sources import Segment, read_blocks

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
# (hash, part, number, fold or group, text, row), as Moments keeps them.
KeptRow = tuple[bytes, str, int, int | None, str | None, Any]


# ((condition, part), (count, mean, scatter)), as Moments gives and takes them; a part is a group, a fold, or None. And
# the rows that are kept of each condition. No class of ours, which a worker would have to know.
Sums = tuple[list[tuple[tuple[str, int | None], tuple[int, Any, Any]]], dict[str, list[KeptRow]]]


@dataclasses.dataclass(frozen=True)
class How:
    """How rows are summed: into how many parts, and how many are kept."""

    parts: int
    seed: int
    reservoir: int

    def start(self) -> Moments:
        return Moments(self.parts, self.seed, reservoir=self.reservoir)


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
    # How many rows of each condition are kept.
    reservoir: int
    metadata: dict[str, str]
    # How rows were assigned to folds, and what a reader must know of them.
    rule: str
    unit: str
    notes: list[str]

    @property
    def how(self) -> How:
        """Rows are summed into groups, of which folds are made in the end, else into folds."""
        return How(self.groups or self.folds, self.seed, self.reservoir)


def sum_leaf(how: How, name: str, pieces: Sequence[Piece], given: Any) -> Sums:
    """The moments of some rows; if their parts are not given, every row is a cluster of its own, called NAME#ROW."""
    moments = how.start()
    done = 0
    for piece in pieces:
        row = piece.number
        for block in read_blocks(piece.segment, piece.start, piece.stop):
            count = len(block)
            fold = cluster = None
            if how.parts > 0 and given is not None:
                fold = given[done : done + count]
            elif how.parts > 0:
                cluster = [f"{name}#{i}" for i in range(row, row + count)]
            moments.update(block, name, fold, cluster, first_row=row)
            row += count
            done += count
    return moments.sums(), moments.kept()


def merge_sums(how: How, *sums: Sums) -> Sums:
    """A node of the tree; the sums are left as they are, for another task may need them."""
    total = merged(how.start(), *sums)
    return total.sums(), total.kept()


def merged(total: Moments, *sums: Sums) -> Moments:
    for moments, kept in sums:
        for (name, part), held in moments:
            total.add_sums(name, part, held)
        for name, rows in kept.items():
            total.add_kept(name, rows)
    return total


def submit(
    client: Any, function: Callable[..., Sums], *arguments: Any, parts: Sequence[Any] = (), priority: int = 0
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


def leaves_of(segments: Sequence[Segment]) -> list[list[Piece]]:
    """Rows for each task: enough that reading outweighs merging, and in whole stored units."""
    rows = sum(segment.rows for segment in segments)
    most = max(LEAST_LEAF_ROWS, 4 * segments[0].columns, -(-rows // (SPANS * LEAVES_PER_SPAN)))
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

    def load(self, name: str, span: Span) -> Sums | None:
        parts = range(self._job.how.parts) if self._job.how.parts else (None,)
        try:
            with numpy.load(self._path(name, span), allow_pickle=False) as held:
                moments = [
                    ((name, part), (int(held[f"count{key}"]), held[f"mean{key}"], held[f"scatter{key}"]))
                    for key, part in enumerate(parts)
                    if f"count{key}" in held
                ]
                if "kept" not in held:
                    return moments, {}
                kept = zip(held["hash"].tolist(), held["number"].tolist(), held["part"].tolist(), held["kept"])
                rows: list[KeptRow] = [
                    (known.to_bytes(8, "big"), "", number, part if parts[0] is not None else None, None, row)
                    for known, number, part, row in kept
                ]
                return moments, {name: rows}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None  # Not there, or cut off by what stopped the job: summed anew.

    def save(self, sums: Sums, name: str, span: Span) -> None:
        moments, kept = sums
        os.makedirs(self.folder, exist_ok=True)
        arrays = {}
        for (_, part), (count, mean, scatter) in moments:
            key = part or 0
            arrays.update({f"count{key}": numpy.array(count), f"mean{key}": mean, f"scatter{key}": scatter})
        rows = kept.get(name, [])
        if rows:
            arrays["hash"] = numpy.array([int.from_bytes(row[0], "big") for row in rows], numpy.uint64)
            arrays["number"] = numpy.array([row[2] for row in rows], numpy.int64)
            arrays["part"] = numpy.array([row[3] or 0 for row in rows], numpy.int64)
            arrays["kept"] = numpy.stack([row[-1] for row in rows])
        path = self._path(name, span)
        with open(f"{path}.partial", "wb") as file:
            numpy.savez(file, **arrays)
        os.replace(f"{path}.partial", path)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, name: str, span: Span) -> str:
        pieces = [piece for leaf in span for piece in leaf]
        stamps = {piece.segment.path: os.stat(piece.segment.path) for piece in pieces}
        state = [
            [dataclasses.astuple(self._job.how), name],
            [dataclasses.astuple(piece) for piece in pieces],
            [(path, found.st_size, found.st_mtime_ns) for path, found in stamps.items()],
        ]
        digest = hashlib.sha256(json.dumps(state).encode())
        given = given_parts(self._job, name, pieces)
        if given is not None:
            digest.update(given.tobytes())
        return os.path.join(self.folder, f"{digest.hexdigest()[:24]}.npz")


def run_job(job: Job, client: Any, report: Callable[[int, int, str], None]) -> dict[str, int]:
    """Sums a document on a cluster and saves it. Returns the rows of each condition. Raises ValueError; OSError."""
    from distributed import as_completed

    parts = Parts(job)
    order = [(name, span) for name, segments in job.conditions.items() for span in spans_of(leaves_of(segments))]
    waiting = [item for item in order if parts.load(*item) is None]
    done = len(order) - len(waiting)
    if done > 0:
        report(done, len(order), "parts are left by an earlier start")
    running: dict[Any, tuple[str, Span]] = {}
    completed = as_completed()

    def start(name: str, span: Span) -> None:
        futures = [submit(client, sum_leaf, job.how, name, leaf, given_parts(job, name, leaf)) for leaf in span]
        while len(futures) > 1:
            groups = [futures[i : i + FAN_IN] for i in range(0, len(futures), FAN_IN)]
            # Before further leaves, whose sums would wait in memory.
            futures = [submit(client, merge_sums, job.how, parts=group, priority=1) for group in groups]
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
        parts.save(future.result(), name, span)
        done += 1
        report(done, len(order), f"parts are summed ({name})")
        fill()
    total = Moments(job.folds, job.seed, job.metadata, job.groups, reservoir=job.reservoir)
    for name, span in order:
        part = parts.load(name, span)
        if part is None:
            raise ValueError(f"A source of {name} or {parts.folder} changed meanwhile: start the job again.")
        merged(total, part)
    rows = {name: sum(segment.rows for segment in segments) for name, segments in job.conditions.items()}
    for name, wanted in rows.items():
        if total.rows(name) != wanted:
            raise ValueError(
                f"The parts of {name} have {total.rows(name)} rows together, not {wanted}: remove {parts.folder}."
            )
    total.describe(job.rule, job.unit, job.notes, job.paired)
    total.save(job.out)
    parts.remove()
    return rows
