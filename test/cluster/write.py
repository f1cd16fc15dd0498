"""Activations at rest, in every form that a cluster reads, and damaged ones: FOLDER ROWS COLUMNS."""

import json
import pathlib
import shutil
import sys

import ml_dtypes
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import zarr
from safetensors.numpy import save_file

folder, rows, columns = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
random = np.random.default_rng(1)
CHUNK = 4096


def draw(name, count, width):
    scale = 0.99 ** np.arange(width) * (3 if name == "him" else 1) ** (np.arange(width) == 2)
    return 1 + random.standard_normal((count, width), dtype=np.float32) * scale.astype(np.float32)


# The large store, and the same as npy for the run on rows.
for name in ("him", "her"):
    shape = (rows, columns)
    chunks = (min(CHUNK, rows), columns)
    store = zarr.create_array(str(folder / f"{name}.zarr"), shape=shape, chunks=chunks, dtype="float16")
    whole = np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=np.float16, shape=shape)
    for start in range(0, rows, CHUNK):
        stop = min(rows, start + CHUNK)
        whole[start:stop] = draw(name, stop - start, columns)
        store[start:stop] = whole[start:stop]

# Few directions of many neurons, far from zero, and a neuron that never varies.
(folder / "low").mkdir()
LOW, RANK = 300, 20
directions = random.standard_normal((RANK, LOW))
directions[:, 7] = 0
for name, count in (("him", 2000), ("her", 2500)):
    np.save(folder / "low" / f"{name}.npy", 50 + draw(name, count, RANK).astype(np.float64) @ directions)

# Small ones in parts of unequal size.
WIDTH = 16
cuts = [0, 130, 131, 400]
(folder / "small").mkdir()
for name in ("him", "her"):
    values = draw(name, cuts[-1], WIDTH).astype(ml_dtypes.bfloat16).astype(np.float32)
    np.save(folder / "small" / f"{name}.npy", values)
    for kind in ("npy", "safetensors", "parquet"):
        (folder / f"{kind}_{name}").mkdir()
    for part, (start, stop) in enumerate(zip(cuts, cuts[1:])):
        block = values[start:stop]
        # From 9 on, so that the order by letters is another one.
        np.save(folder / f"npy_{name}" / f"part{part + 9}.npy", block.astype(np.float64))
        tensors = {"X": block.astype(ml_dtypes.bfloat16)}
        stem = f"part-{part + 1:05}-of-{len(cuts) - 1:05}"
        save_file(tensors, folder / f"safetensors_{name}" / f"{stem}.safetensors", {"model": "m", "layer": "3"})
        table = pa.table({"text": [f"row {i}" for i in range(start, stop)], "X": list(block)})
        pq.write_table(table, folder / f"parquet_{name}" / f"{stem}.parquet", row_group_size=100)
# Row i of both belongs to document i // 7, as somebody writes it beside the data.
(folder / "small" / "clusters.json").write_text(json.dumps([f"document {i // 7}" for i in range(cuts[-1])]))


def bad(name, blocks, kind="npy", metadata=None):
    (folder / name).mkdir()
    for part, block in enumerate(blocks):
        if kind == "npy":
            np.save(folder / name / f"part{part}.npy", block)
        else:
            said = metadata[part] if metadata else None
            save_file({"X": block}, folder / name / f"part{part}.safetensors", said)


fine = draw("her", 100, WIDTH)
odd = fine.copy()
odd[17, 3] = np.nan
bad("nan", [fine, odd])
bad("wide", [fine, draw("her", 100, WIDTH + 1)])
bad("empty", [fine[:0]])
bad("origins", [fine, fine], "safetensors", [{"model": "gemma"}, {"model": "llama"}])
bad("damaged", [fine, fine], "safetensors")
path = folder / "damaged" / "part1.safetensors"
path.write_bytes(path.read_bytes()[:-9])
bad("missing", [])
np.save(folder / "missing" / "part-00001-of-00002.npy", fine)
np.save(folder / "whole_numbers.npy", np.ones((100, WIDTH), np.int64))
# A name that a shell would obey, and one that looks like an option.
np.save(folder / "a $(touch hacked) 'b' \"c\" #d;.npy", draw("him", 100, WIDTH))
