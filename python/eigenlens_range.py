"""Directions that hold nearly all of the variance of more neurons than a scatter can be summed of, found in one pass.

The randomized range finder of Halko, Martinsson and Tropp (2011), algorithm 4.1, of the average covariance C: the leading
left singular vectors of C times a random matrix of twice as many columns span nearly what those of C do. Nothing but `C X` is needed, which adds up over
rows and tasks as a scatter does (Chan, Golub and LeVeque 1983); a further pass sums the moments in these directions. What
they miss is known, for the sums of squares of all neurons are taken along.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy
from eigenlens_sources import SourceError, read_blocks
from eigenlens_tree import Job, Pass, Piece, run_pass, submit

# Columns of the random matrix for each direction that is kept.
OVERSAMPLING = 2

# Count; mean and sum of squares about it per neuron, [D]; scatter times the random matrix, [D, s]; mean times it, [s].
Sketch = tuple[int, Any, Any, Any, Any]
NAMES = ("count", "mean", "squares", "image", "shadow")


@dataclasses.dataclass(frozen=True)
class Projection:
    """Directions, and what is known of the neurons themselves."""

    # [k, D], orthonormal rows.
    basis: Any
    # The same on the cluster.
    future: Any
    # Mean and sum of squares about it of each neuron, by condition.
    neurons: dict[str, tuple[Any, Any]]
    digest: str

    @property
    def origins(self) -> dict[str, Any]:
        """What to subtract before projecting, so that nothing cancels."""
        return {name: mean for name, (mean, _) in self.neurons.items()}


def find_range(job: Job, client: Any, report: Callable[[int, int, str], None]) -> Projection:
    """The first of two passes. Raises ValueError; OSError."""
    size = min(OVERSAMPLING * job.range, job.columns)
    work = Pass(
        step="sketched",
        state=[size, job.seed],
        leaf=functools.partial(sketch_leaf, size, job.seed),
        merge=merge_sketches,
        pack=lambda _, sketch: dict(zip(NAMES, map(numpy.asarray, sketch))),
        unpack=lambda _, held: unpack_sketch(held),
        width=size,
    )
    sketches: dict[str, Sketch] = {}
    for name, sketch in run_pass(job, work, client, report, (0, 2)):
        sketches[name] = merge_sketches(sketches[name], sketch) if name in sketches else sketch
    basis = basis_of(list(sketches.values()), job.range)
    return Projection(
        basis=basis,
        # A task rather than data that is sent: if its worker is lost, another one has it again.
        future=submit(client, numpy.asarray, basis),
        neurons={name: (mean, squares) for name, (_, mean, squares, _, _) in sketches.items()},
        digest=hashlib.sha256(basis.tobytes()).hexdigest(),
    )


def sketch_leaf(size: int, seed: int, name: str, pieces: Sequence[Piece], given: Any) -> Sketch:
    """The same random matrix in every task."""
    columns = pieces[0].segment.columns
    random = numpy.random.default_rng(seed).standard_normal((columns, size))
    count = 0
    origin: Any = None
    total, squares, image = numpy.zeros(columns), numpy.zeros(columns), numpy.zeros((columns, size))
    for piece in pieces:
        for block in read_blocks(piece.segment, piece.start, piece.stop):
            rows = block.astype(numpy.float64)
            if origin is None:
                # About the first row: a neuron that never varies stays without variance.
                origin = rows[0] + (rows - rows[0]).mean(0)
            rows -= origin
            count += len(rows)
            total += rows.sum(0)
            squares += numpy.einsum("ij,ij->j", rows, rows)
            image += rows.T @ (rows @ random)
    # From about the origin to about the mean, which is near it.
    mean = total / count
    squares -= count * mean**2
    image -= count * numpy.outer(mean, mean @ random)
    if not numpy.isfinite(squares).all():
        raise SourceError(f"{name} holds values too large to be squared: scale the activations first.")
    mean = mean + origin
    return count, mean, numpy.maximum(squares, 0), image, mean @ random


def merge_sketches(first: Sketch, *others: Sketch) -> Sketch:
    """A node of the tree; the sketches are left as they are."""
    count, mean, squares, image, shadow = first
    for other_count, other_mean, other_squares, other_image, other_shadow in others:
        rows = count + other_count
        share = other_count / rows
        difference = other_mean - mean
        squares = squares + other_squares + count * share * difference**2
        image = image + other_image + count * share * numpy.outer(difference, other_shadow - shadow)
        mean = mean + share * difference
        shadow = shadow + share * (other_shadow - shadow)
        count = rows
    return count, mean, squares, image, shadow


def unpack_sketch(held: Mapping[str, numpy.ndarray]) -> Sketch:
    count, mean, squares, image, shadow = (held[name] for name in NAMES)
    return int(count), mean, squares, image, shadow


def basis_of(sketches: Sequence[Sketch], size: int) -> Any:
    """Orthonormal rows, [k, D], which span the columns of `C X` best; fewer than size if their rank is less."""
    image = sum(sketch[3] / (sketch[0] - 1) for sketch in sketches)
    left, values, _ = numpy.linalg.svd(image, full_matrices=False)
    rank = int((values > values[0] * max(image.shape) * numpy.finfo(numpy.float64).eps).sum())
    if rank == 0:
        raise ValueError("No neuron varies in any condition: there is nothing to separate.")
    return numpy.ascontiguousarray(left[:, : min(rank, size)].T)
