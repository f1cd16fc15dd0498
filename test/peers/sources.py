"""Writes activations of two conditions in several formats: FOLDER. Their runs are then made again by scripts."""

import json
import pathlib
import sys

import h5py
import ml_dtypes
import numpy as np
import pyarrow as pa
import pyarrow.parquet
import safetensors.numpy
import zarr

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
generator = np.random.default_rng(1)


def draw(rows, columns, kind="f8"):
    scale = 0.9 ** np.arange(columns) * (1 + generator.uniform(size=columns))
    return (generator.normal(size=(rows, columns)) * scale + scale).astype(kind)


for name in ("him", "her"):
    np.save(folder / f"few_{name}.npy", draw(30, 100))
    np.save(folder / f"many_{name}.npy", draw(300, 40, "f4"))
    np.save(folder / f"big_{name}.npy", draw(700, 600, "f4"))

values, labels = draw(60, 50), np.array(["him", "her"] * 30)
np.savez(folder / "labelled.npz", X=values, labels=labels)

tokens = generator.normal(size=(40, 6, 30)) + np.arange(30)
for row, used in enumerate(generator.integers(2, 7, 40)):
    tokens[row, used:] = 0
with h5py.File(folder / "tokens.h5", "w") as file:
    file["layer5/tokens"] = tokens

safetensors.numpy.save_file(
    {"him": draw(25, 60).astype(ml_dtypes.bfloat16), "her": draw(20, 1, "f4") * draw(20, 60, "f4")},
    folder / "both.safetensors",
)
group = zarr.open_group(folder / "both.zarr", mode="w")
for name in ("him", "her"):
    group.create_array(name, data=draw(25, 60))
table = pa.table({"h": [list(row) for row in draw(40, 30)], "condition": ["a"] * 20 + ["b"] * 20})
pyarrow.parquet.write_table(table, folder / "lists.parquet")
json.dump(["written"], open(folder / "done.json", "w"))
