"""The peers of reading.mjs: writes the data, and reads it with the libraries that Python users have.

    readingPeers.py write FOLDER          every file of readingWorkloads.mjs, big and small
    readingPeers.py read FILE SMALL       reads FILE into a numpy array, prints what it took
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy

ROWS, COLUMNS = 20_000, 3072
LONG_ROWS, LONG_COLUMNS = 195_312, 4096  # 1.6 GB of float16
SMALL_ROWS = 50
SHARDS, SHARD_ROWS, SHARD_COLUMNS = 10, 10_000, 1024


def activations(rows: int, columns: int) -> numpy.ndarray:
    """After GELU and in half precision, as language models leave them; float16 [rows, columns]."""
    generator = numpy.random.default_rng(7)
    values = numpy.empty((rows, columns), dtype="float16")
    for start in range(0, rows, 4096):
        x = generator.standard_normal((min(4096, rows - start), columns), dtype="float32")
        values[start : start + 4096] = x / (1 + numpy.exp(-1.702 * x))
    return values


def write_all(folder: Path) -> None:
    for rows, suffix in [(LONG_ROWS, ""), (SMALL_ROWS, "-small")]:
        write_long(folder, suffix, activations(rows, LONG_COLUMNS))
    for rows, suffix in [(SHARDS * SHARD_ROWS, ""), (SHARDS * 10, "-small")]:
        write_shards(folder, suffix, activations(rows, SHARD_COLUMNS).astype("float32"))
    for rows, suffix in [(ROWS, ""), (SMALL_ROWS, "-small")]:
        x = activations(rows, COLUMNS).astype("float32")
        write_parquet(folder, suffix, x)
        write_hdf5(folder, suffix, x)
        write_zarr(folder, suffix, x)


def write_long(folder: Path, suffix: str, x: numpy.ndarray) -> None:
    import safetensors.numpy

    numpy.save(folder / f"float16{suffix}.npy", x)
    safetensors.numpy.save_file({"x": x}, folder / f"float16{suffix}.safetensors")


def write_shards(folder: Path, suffix: str, x: numpy.ndarray) -> None:
    """The same rows as one file and as a folder of shards, of each kind."""
    import pyarrow
    import pyarrow.parquet
    import safetensors.numpy

    def table(rows: numpy.ndarray) -> pyarrow.Table:
        values = pyarrow.array(rows.reshape(-1))
        return pyarrow.table({"x": pyarrow.FixedSizeListArray.from_arrays(values, rows.shape[1])})

    length = len(x) // SHARDS
    writers = {
        "npy": lambda path, rows: numpy.save(path, rows),
        "safetensors": lambda path, rows: safetensors.numpy.save_file({"x": rows}, path),
        "parquet": lambda path, rows: pyarrow.parquet.write_table(
            table(rows), path, row_group_size=length
        ),
    }
    for extension, write in writers.items():
        write(folder / f"whole{suffix}.{extension}", x)
        shards = folder / f"shards{suffix}.{extension}.d"
        shards.mkdir(exist_ok=True)
        for at in range(SHARDS):
            rows = numpy.ascontiguousarray(x[at * length : (at + 1) * length])
            write(shards / f"x-{at + 1:05}-of-{SHARDS:05}.{extension}", rows)


def write_parquet(folder: Path, suffix: str, x: numpy.ndarray) -> None:
    import pyarrow
    import pyarrow.parquet

    wide = pyarrow.table({f"neuron_{i}": x[:, i] for i in range(x.shape[1])})
    values = pyarrow.array(x.reshape(-1))
    offsets = pyarrow.array(numpy.arange(0, x.size + 1, x.shape[1], dtype="int32"))
    lists = pyarrow.table({"x": pyarrow.ListArray.from_arrays(offsets, values)})
    for compression in ["snappy", "zstd"]:
        for name, table in [("wide", wide), ("list", lists)]:
            path = folder / f"{name}-{compression}{suffix}.parquet"
            pyarrow.parquet.write_table(table, path, compression=compression)


def write_hdf5(folder: Path, suffix: str, x: numpy.ndarray) -> None:
    import h5py

    for name, compression in [("none", None), ("gzip", "gzip")]:
        with h5py.File(folder / f"chunked-{name}{suffix}.h5", "w") as file:
            file.create_dataset("x", data=x, chunks=True, compression=compression)


def write_zarr(folder: Path, suffix: str, x: numpy.ndarray) -> None:
    import numcodecs
    import zarr

    codecs = {
        2: {"none": None, "zstd": numcodecs.Zstd(), "blosc": numcodecs.Blosc()},
        3: {"none": None, "zstd": zarr.codecs.ZstdCodec(), "blosc": zarr.codecs.BloscCodec()},
    }
    for version, compressors in codecs.items():
        for name, codec in compressors.items():
            path = folder / f"version{version}-{name}{suffix}.zarr"
            zarr.create_array(path, data=x, zarr_format=version, compressors=codec, overwrite=True)


def read(path: Path) -> numpy.ndarray:
    if path.suffix == ".parquet":
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(path)
        if table.num_columns == 1:
            column = table.column(0).combine_chunks()
            return column.values.to_numpy().reshape(len(column), -1)
        (batch,) = table.combine_chunks().to_batches()
        return numpy.asarray(batch.to_tensor(row_major=True))
    if path.suffix == ".h5":
        import h5py

        with h5py.File(path, "r") as file:
            return file["x"][:]
    if path.suffix == ".zarr":
        import zarr

        return zarr.open_array(path, mode="r")[:]
    raise ValueError(path)


def main() -> None:
    action, *paths = sys.argv[1:]
    if action == "write":
        write_all(Path(paths[0]))
        return
    big, small = map(Path, paths)
    read(small)
    cpu = time.process_time()
    start = time.perf_counter()
    x = read(big)
    seconds = time.perf_counter() - start
    found = {
        "seconds": seconds,
        "cpuSeconds": time.process_time() - cpu,
        "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rows": x.shape[0],
        "columns": x.shape[1],
        "first": float(x[0].astype("float64").sum()),
        "last": float(x[-1].astype("float64").sum()),
    }
    print(json.dumps(found))


main()
