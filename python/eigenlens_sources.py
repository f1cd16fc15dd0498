"""Activations at rest: where their rows lie, and how a worker reads some of them. Needs numpy; zarr and pyarrow for theirs.

A source is `PATH` or `PATH#TENSOR`: npy, safetensors, zarr or parquet, or a folder of parts of one kind, in the order
in which people count. A tensor is [rows, columns].
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import struct
from collections.abc import Iterator
from typing import Any

import numpy

ENDINGS = (".npy", ".safetensors", ".parquet")
STORED_TYPES = {"F16": "<f2", "BF16": "<u2", "F32": "<f4", "F64": "<f8"}
READ_TYPES = ("float16", "bfloat16", "float32", "float64")
# Of rows in float64 that are in memory at once.
BLOCK_BYTES = 2**25


class SourceError(ValueError):
    """What is wrong with a source, in one line."""


@dataclasses.dataclass(frozen=True)
class Segment:
    """Rows that lie together: an array of a file, or a row group of a parquet file."""

    path: str
    kind: str
    tensor: str
    rows: int
    columns: int
    # Rows that are stored together, so that two tasks should not read them both.
    unit: int = 1
    # Of a parquet file.
    group: int = 0
    # Where the activations come from, as far as the file says it.
    metadata: tuple[tuple[str, str], ...] = ()


def open_source(source: str) -> list[Segment]:
    """The segments of a source in the order of their rows. Raises SourceError; OSError."""
    path, tensor = _split(source)
    is_store = path.rstrip("/").endswith(".zarr") or any(
        os.path.exists(os.path.join(path, name)) for name in ("zarr.json", ".zarray", ".zgroup")
    )
    if is_store:
        return [_open_zarr(path, tensor)]
    files = _parts(path, tensor) if os.path.isdir(path) else [path]
    segments = [segment for file in files for segment in _open_file(file, tensor)]
    first = segments[0]
    for other in segments[1:]:
        if other.columns != first.columns:
            raise SourceError(
                f"{other.path} has {other.columns} columns, {first.path} has {first.columns}: "
                "all parts must be recorded at the same layer of the same model."
            )
    return segments


def read_blocks(segment: Segment, start: int, stop: int) -> Iterator[numpy.ndarray]:
    """Rows start to stop of a segment, block by block, as stored (bfloat16 as float32). Raises SourceError for NaN."""
    step = max(1, BLOCK_BYTES // (8 * segment.columns))
    step = max(1, step // segment.unit) * segment.unit
    row = start
    for block in _blocks(segment, start, stop, step):
        if block.shape[1] != segment.columns:
            raise SourceError(f"{segment.path} has {block.shape[1]} columns, not {segment.columns}: it changed.")
        odd = ~numpy.isfinite(block)
        if odd.any():
            at, column = (int(place[0]) for place in odd.nonzero())
            raise SourceError(
                f"{_place(segment)}: row {row + at}, column {column} is {block[at, column]} "
                f"({int(odd.sum())} values in these rows are not finite): leave such rows out."
            )
        row += len(block)
        yield block
    if row != stop:
        raise SourceError(f"{_place(segment)} ended at row {row}, not {stop}: it changed while it was read.")


def _blocks(segment: Segment, start: int, stop: int, step: int) -> Iterator[numpy.ndarray]:
    if segment.kind == "parquet":
        yield from _parquet_blocks(segment, start, stop, step)
        return
    array = _array(segment)
    for first in range(start, stop, step):
        block = numpy.asarray(array[first : min(first + step, stop)])
        if block.dtype.name == "bfloat16":
            block = block.astype(numpy.float32)
        elif segment.kind == "safetensors" and block.dtype == numpy.dtype("<u2"):
            # bfloat16 is the upper half of float32.
            block = (block.astype(numpy.uint32) << 16).view(numpy.float32)
        yield block


def _array(segment: Segment) -> Any:
    if segment.kind == "npy":
        return numpy.load(segment.path, mmap_mode="r", allow_pickle=False)
    if segment.kind == "zarr":
        return _zarr_array(segment.path, segment.tensor)
    header, start = _safetensors_header(segment.path)
    entry = header[segment.tensor]
    offset = start + entry["data_offsets"][0]
    return numpy.memmap(
        segment.path, dtype=STORED_TYPES[entry["dtype"]], mode="r", offset=offset, shape=tuple(entry["shape"])
    )


def _split(source: str) -> tuple[str, str]:
    """A path may hold a # of its own: the longest one that exists is meant. Absolute, as workers have folders of their own."""
    source = os.path.abspath(source)
    if os.path.exists(source):
        return source, ""
    for place in range(len(source) - 1, 0, -1):
        if source[place] == "#" and os.path.exists(source[:place]):
            return source[:place], source[place + 1 :]
    raise SourceError(f"{source} does not exist on this machine: choose a file, a folder or a zarr store.")


def _parts(folder: str, tensor: str) -> list[str]:
    names = sorted(os.listdir(folder), key=_counted)
    index = next((name for name in names if name.endswith(".safetensors.index.json")), None)
    if index is not None:
        with open(os.path.join(folder, index), encoding="utf-8") as file:
            held = json.load(file).get("weight_map", {})
        if tensor not in held:
            raise SourceError(f"{folder} has no tensor {tensor!r}: choose one of {', '.join(sorted(held)[:5])}.")
        return [os.path.join(folder, held[tensor])]
    kinds = sorted({os.path.splitext(name)[1] for name in names} & set(ENDINGS))
    if len(kinds) != 1:
        what = " and ".join(kinds) if kinds else f"no file of {', '.join(ENDINGS)}"
        raise SourceError(f"{folder} holds {what}: choose a folder with parts of one kind.")
    parts = [name for name in names if name.endswith(kinds[0])]
    counted = [match for name in parts if (match := re.fullmatch(r"(.*?)(\d+)-of-(\d+)(\.\w+)", name))]
    for match in counted:
        if len(counted) != int(match[3]):
            raise SourceError(
                f"{folder} holds {len(counted)} of {int(match[3])} parts of {match[1]}: copy the others, too."
            )
    return [os.path.join(folder, name) for name in parts]


def _counted(name: str) -> list[tuple[int, str]]:
    """Parts of a name in the order in which people count: part2 before part10."""
    return [(int(part), "") if part.isdigit() else (-1, part.lower()) for part in re.split(r"(\d+)", name)]


def _open_file(path: str, tensor: str) -> list[Segment]:
    if path.endswith(".npy"):
        try:
            array = numpy.load(path, mmap_mode="r", allow_pickle=False)
        except ValueError as error:
            raise SourceError(f"{path} is damaged or no array of numbers: {error}") from None
        return [_checked(path, "npy", "", array.shape, array.dtype.name)]
    if path.endswith(".safetensors"):
        return [_open_safetensors(path, tensor)]
    if path.endswith(".parquet"):
        return _open_parquet(path, tensor)
    raise SourceError(f"{path} is none of npy, safetensors, zarr and parquet: a cluster reads these.")


def _checked(path: str, kind: str, tensor: str, shape: Any, dtype: str, **more: Any) -> Segment:
    where = f"{path}#{tensor}" if tensor else path
    if len(shape) != 2 or shape[1] == 0:
        raise SourceError(f"{where} has shape {list(shape)}: a cluster reads [rows, columns].")
    if dtype not in READ_TYPES:
        raise SourceError(f"{where} holds {dtype}: a cluster reads {', '.join(READ_TYPES)}.")
    return Segment(path, kind, tensor, int(shape[0]), int(shape[1]), **more)


def _safetensors_header(path: str) -> tuple[dict[str, Any], int]:
    try:
        with open(path, "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > min(2**27, os.path.getsize(path) - 8):
                raise ValueError("its header is longer than the file")
            header = json.loads(file.read(length))
        end = max((entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"), default=0)
        if 8 + length + end != os.path.getsize(path):
            raise ValueError("its length is not what its header says")
    except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{path} is damaged ({error}): copy it again.") from None
    return header, 8 + length


def _open_safetensors(path: str, tensor: str) -> Segment:
    header, _ = _safetensors_header(path)
    metadata = header.pop("__metadata__", {})
    names = [tensor] if tensor else [name for name, entry in header.items() if len(entry["shape"]) == 2]
    if len(names) != 1 or names[0] not in header:
        raise SourceError(
            f"{path} has no one tensor {tensor or '[rows, columns]'}: choose of {', '.join(list(header)[:5])}."
        )
    entry = header[names[0]]
    read = {"F16": "float16", "BF16": "bfloat16", "F32": "float32", "F64": "float64"}
    dtype = read.get(entry["dtype"], entry["dtype"])
    said = tuple(sorted((key, text) for key, text in metadata.items() if isinstance(text, str)))
    return _checked(path, "safetensors", names[0], entry["shape"], dtype, metadata=said)


def _zarr_array(path: str, tensor: str) -> Any:
    import zarr

    try:
        found = zarr.open(path, mode="r")
        while not hasattr(found, "dtype"):
            names = [tensor] if tensor else sorted(found.array_keys())
            if len(names) != 1 or names[0] not in found:
                raise SourceError(
                    f"{path} has no one array {tensor}: choose of {', '.join(sorted(found.array_keys())[:5])}."
                )
            found = found[names[0]]
        return found
    except SourceError:
        raise
    except Exception as error:  # What zarr throws differs between its versions.
        raise SourceError(f"{path} cannot be read as zarr: {_line(error)}") from None


def _open_zarr(path: str, tensor: str) -> Segment:
    array = _zarr_array(path, tensor)
    unit = int((getattr(array, "shards", None) or array.chunks)[0])
    # The array's own name is found again by every worker.
    return _checked(path, "zarr", tensor, array.shape, array.dtype.name, unit=max(1, unit))


def _open_parquet(path: str, tensor: str) -> list[Segment]:
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            schema = file.schema_arrow
            lists = [field.name for field in schema if _is_list(field.type)]
            names = [tensor] if tensor in schema.names else lists
            if len(names) > 1:
                raise SourceError(f"{path} has lists in {', '.join(names[:5])}: choose one as {path}#{names[0]}.")
            if not names:
                names = [field.name for field in schema if pyarrow.types.is_floating(field.type)]
            if not names:
                raise SourceError(f"{path} has no column of fractions and none of lists.")
            chosen = names[0] if _is_list(schema.field(names[0]).type) else ""
            groups = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
            columns = len(names)
            if chosen:
                first = next(file.iter_batches(1, columns=[chosen]))
                columns = len(first.column(0)[0])
            return [
                Segment(path, "parquet", chosen or "\n".join(names), rows, columns, unit=rows, group=group)
                for group, rows in enumerate(groups)
                if rows > 0
            ]
    except (pyarrow.ArrowException, StopIteration) as error:
        raise SourceError(f"{path} is damaged or empty ({_line(error)}): copy it again.") from None


def _is_list(kind: Any) -> bool:
    import pyarrow

    return bool(
        pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind) or pyarrow.types.is_fixed_size_list(kind)
    )


def _parquet_blocks(segment: Segment, start: int, stop: int, step: int) -> Iterator[numpy.ndarray]:
    import pyarrow
    import pyarrow.parquet

    row = 0
    step = max(1, BLOCK_BYTES // (8 * segment.columns))
    with pyarrow.parquet.ParquetFile(segment.path) as file:
        names = segment.tensor.split("\n")
        for batch in file.iter_batches(step, row_groups=[segment.group], columns=names):
            first, last = max(start - row, 0), min(stop - row, len(batch))
            row += len(batch)
            if first >= last:
                continue
            if _is_list(batch.column(0).type):
                values = batch.column(0).slice(first, last - first)
                flat = values.flatten().to_numpy(zero_copy_only=False)
                if len(flat) != len(values) * segment.columns:
                    raise SourceError(f"{segment.path} has lists of another length than {segment.columns}.")
                yield flat.reshape(len(values), segment.columns)
            else:
                yield numpy.column_stack(
                    [column.slice(first, last - first).to_numpy(zero_copy_only=False) for column in batch.columns]
                )


def _place(segment: Segment) -> str:
    if segment.kind == "parquet":
        return f"{segment.path}, row group {segment.group}"
    return f"{segment.path}#{segment.tensor}" if segment.tensor else segment.path


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
