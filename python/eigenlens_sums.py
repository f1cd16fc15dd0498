"""What tasks of a Dask cluster make of rows: their moments, of all neurons or in a few directions; and the document."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy
from eigenlens_moments import Moments
from eigenlens_range import Projection, find_range
from eigenlens_sources import read_blocks
from eigenlens_tree import Job, Parts, Pass, Piece, run_pass

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
    # What the job's rows are called among those of other jobs.
    part: str

    def start(self) -> Moments:
        return Moments(self.parts, self.seed, reservoir=self.reservoir, part=self.part)


def how_of(job: Job) -> How:
    """Rows are summed into groups, of which folds are made in the end, else into folds."""
    return How(job.groups or job.folds, job.seed, job.reservoir, job.part)


def sum_leaf(how: How, origins: Any, name: str, pieces: Sequence[Piece], given: Any, basis: Any = None) -> Sums:
    """The moments of some rows; if their parts are not given, every row is a cluster of its own, called NAME#ROW.

    basis: [k, D], if moments are summed of projections, taken about the condition's origin.
    """
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
            if basis is None:
                moments.update(block, name, fold, cluster, first_row=row)
            else:
                projected = (block - origins[name]) @ basis.T
                moments.update(projected, name, fold, cluster, first_row=row, originals=block)
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


def pack_sums(name: str, sums: Sums) -> dict[str, Any]:
    moments, kept = sums
    arrays: dict[str, Any] = {}
    for (_, part), (count, mean, scatter) in moments:
        key = part or 0
        arrays.update({f"count{key}": numpy.array(count), f"mean{key}": mean, f"scatter{key}": scatter})
    rows = kept.get(name, [])
    if rows:
        arrays["hash"] = numpy.array([int.from_bytes(row[0], "big") for row in rows], numpy.uint64)
        arrays["number"] = numpy.array([row[2] for row in rows], numpy.int64)
        arrays["part"] = numpy.array([row[3] or 0 for row in rows], numpy.int64)
        arrays["kept"] = numpy.stack([row[-1] for row in rows])
    return arrays


def unpack_sums(how: How, name: str, held: Mapping[str, numpy.ndarray]) -> Sums:
    parts = range(how.parts) if how.parts else (None,)
    moments = [
        ((name, part), (int(held[f"count{key}"]), held[f"mean{key}"], held[f"scatter{key}"]))
        for key, part in enumerate(parts)
        if f"count{key}" in held
    ]
    if "kept" not in held:
        return moments, {}
    kept = zip(held["hash"].tolist(), held["number"].tolist(), held["part"].tolist(), held["kept"])
    rows: list[KeptRow] = [
        (known.to_bytes(8, "big"), how.part, number, part if how.parts else None, None, row)
        for known, number, part, row in kept
    ]
    return moments, {name: rows}


def run_job(job: Job, client: Any, report: Callable[[int, int, str], None]) -> dict[str, int]:
    """Sums a document on a cluster and saves it. Returns the rows of each condition. Raises ValueError; OSError."""
    how = how_of(job)
    found = find_range(job, client, report) if job.range else None
    work = Pass(
        step="summed",
        state=[*dataclasses.astuple(how), *([found.digest] if found else [])],
        leaf=functools.partial(sum_leaf, how, found and found.origins),
        merge=functools.partial(merge_sums, how),
        pack=pack_sums,
        unpack=functools.partial(unpack_sums, how),
        width=len(found.basis) if found else job.columns,
        shared=[found.future] if found else [],
    )
    summed = how.start()
    for _, part in run_pass(job, work, client, report, (1, 2) if found else (0, 1)):
        merged(summed, part)
    total = whole_document(job, summed, found)
    rows = {name: sum(segment.rows for segment in segments) for name, segments in job.conditions.items()}
    parts = Parts(job)
    for name, wanted in rows.items():
        if total.rows(name) != wanted:
            raise ValueError(
                f"The parts of {name} have {total.rows(name)} rows together, not {wanted}: remove {parts.folder}."
            )
    total.save(job.out)
    parts.remove()
    return rows


def whole_document(job: Job, summed: Moments, found: Projection | None) -> Moments:
    """With what is said of the rows: their origin, folds and sentences, and the directions that the moments are in."""
    total = Moments(job.folds, job.seed, job.metadata, job.groups, reservoir=job.reservoir)
    for (name, part), (count, mean, scatter) in summed.sums():
        # Projections were taken about the condition's origin.
        moved = mean if found is None else mean + found.basis @ found.origins[name]
        total.add_sums(name, part, (count, moved, scatter))
    for name, rows in summed.kept().items():
        texts = job.texts.get(name)
        told = [(*row[:4], None if texts is None else texts.get(row[2], ""), row[5]) for row in rows]
        total.add_kept(name, told)
    if found is not None:
        total.describe_basis(found.basis, found.neurons)
    total.describe(job.rule, job.unit, job.notes, job.paired)
    return total
