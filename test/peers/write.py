"""Writes random matrices with the newest libraries: FOLDER COUNT SEED [--without-torch].

One file a combination of format, type, shape, order, chunking and compression, the values it must read back as
(float64, npy), and a list of both in cases.json.
"""

import json
import pathlib
import random
import shutil
import sys

import h5py
import hdf5plugin
import ml_dtypes
import numpy as np
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import safetensors.numpy
import scipy.io
import zarr

folder = pathlib.Path(sys.argv[1])
count, seed = int(sys.argv[2]), int(sys.argv[3])
with_torch = "--without-torch" not in sys.argv
if with_torch:
    import torch

FLOATS = ["f2", "f4", "f8"]
NUMBERS = FLOATS + ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"]


def draw(pick, dtypes, dimensions=(2, 3)):
    """A random array of one of the types; whole numbers stay exact in float64."""
    dimension = pick.choice(dimensions)
    shape = [pick.randint(2, 40)] + [pick.randint(1, 30) for _ in range(dimension - 1)]
    generator = np.random.default_rng(pick.getrandbits(32))
    dtype = pick.choice(dtypes)
    if dtype == "bfloat16":
        return generator.normal(size=shape).astype(ml_dtypes.bfloat16)
    if dtype == "?":
        return generator.integers(0, 2, shape).astype(bool)
    if dtype[0] in "iu":
        info = np.iinfo(dtype)
        low, high = max(info.min, -(2**52)), min(info.max, 2**52)
        return generator.integers(low, high, shape, dtype=dtype)
    return (generator.normal(size=shape) * 10.0 ** pick.randint(-3, 3)).astype(dtype)


def ordered(pick, array):
    """In C or Fortran order, little- or big-endian."""
    array = np.asarray(array, order=pick.choice("CF"))
    if array.dtype.itemsize > 1 and array.dtype.kind in "fiu" and pick.random() < 0.3:
        array = array.astype(array.dtype.newbyteorder(">"), order="K")
    return array


def npy(pick, path):
    array = ordered(pick, draw(pick, NUMBERS))
    version = pick.choice([(1, 0), (2, 0), (3, 0)])
    with open(path.with_suffix(".npy"), "wb") as file:
        np.lib.format.write_array(file, array, version=version)
    return ".npy", {"": array}


def npz(pick, path):
    arrays = {name: ordered(pick, draw(pick, NUMBERS)) for name in ["him", "her", "layer/0"]}
    pick.choice([np.savez, np.savez_compressed])(path.with_suffix(".npz"), **arrays)
    return ".npz", arrays


def tensors(pick, path):
    arrays = {name: draw(pick, NUMBERS + ["bfloat16"]) for name in ["him", "blocks.0.her"]}
    safetensors.numpy.save_file(arrays, path.with_suffix(".safetensors"), {"made": "by a test"})
    return ".safetensors", arrays


def hdf5(pick, path):
    arrays = {}
    with h5py.File(path.with_suffix(".h5"), "w", libver=pick.choice(["earliest", "latest"])) as file:
        for name in ["him", "layer/6/her"]:
            array = ordered(pick, draw(pick, NUMBERS))
            options = {}
            if pick.random() < 0.7:
                options["chunks"] = tuple(pick.randint(1, extent) for extent in array.shape)
                options["shuffle"] = pick.random() < 0.5
                options["fletcher32"] = pick.random() < 0.3
                packing = pick.choice(["none", "gzip", "lzf", "zstd", "blosc", "lz4", "bitshuffle"])
                if packing in ("gzip", "lzf"):
                    options["compression"] = packing
                elif packing != "none":
                    # These filters shuffle themselves.
                    options.update(shuffle=False, fletcher32=False)
                    filters = {
                        "zstd": hdf5plugin.Zstd,
                        "blosc": hdf5plugin.Blosc,
                        "lz4": hdf5plugin.LZ4,
                        "bitshuffle": hdf5plugin.Bitshuffle,
                    }
                    options.update(filters[packing]())
            file.create_dataset(name, data=array, **options)
            arrays[name] = array
    return ".h5", arrays


def zarr_folder(pick, path):
    target = path.with_suffix(".zarr")
    version = pick.choice([2, 3])
    group = zarr.create_group(store=str(target), zarr_format=version)
    arrays = {}
    for name in ["him", "deep/her"]:
        array = draw(pick, NUMBERS)
        chunks = tuple(pick.randint(1, extent) for extent in array.shape)
        options = {"chunks": chunks, "order": pick.choice("CF")} if version == 2 else {"chunks": chunks}
        packing = pick.choice(["auto", "none", "gzip", "blosc", "zstd"])
        if packing == "none":
            options["compressors"] = None
        elif packing != "auto" and version == 3:
            codecs = {"gzip": zarr.codecs.GzipCodec, "blosc": zarr.codecs.BloscCodec, "zstd": zarr.codecs.ZstdCodec}
            options["compressors"] = codecs[packing]()
            if pick.random() < 0.3:
                options["shards"] = tuple(2 * chunk for chunk in chunks)
        stored = group.create_array(name, shape=array.shape, dtype=array.dtype, **options)
        stored[...] = array
        arrays[name] = array
    return ".zarr", arrays


def columns(pick, array):
    return {f"n{i}": array[:, i] for i in range(array.shape[1])}


def table(pick, dtypes):
    """A table of wide columns, or of one column of lists, and the tensor that it must give."""
    array = draw(pick, dtypes, (2,))
    labels = [pick.choice(["him", "her"]) for _ in range(len(array))]
    flat = pa.array(np.ascontiguousarray(array).ravel())
    kind = pick.choice(["wide", "list", "fixed"])
    if kind == "wide":
        return pa.table({"condition": labels, **columns(pick, array)}), {"X": array}
    width = array.shape[1]
    if kind == "fixed":
        lists = pa.FixedSizeListArray.from_arrays(flat, width)
    else:
        lists = pa.ListArray.from_arrays(np.arange(len(array) + 1, dtype="i4") * width, flat)
    return pa.table({"condition": labels, "activation": lists}), {"activation": array}


def parquet(pick, path):
    content, arrays = table(pick, FLOATS + ["i4", "i8"])
    packing = pick.choice(["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
    pa.parquet.write_table(
        content,
        path.with_suffix(".parquet"),
        compression=packing,
        row_group_size=pick.choice([3, 10, 1000]),
        use_dictionary=pick.random() < 0.5,
        data_page_version=pick.choice(["1.0", "2.0"]),
        write_page_index=pick.random() < 0.5,
    )
    return ".parquet", arrays


def arrow(pick, path):
    content, arrays = table(pick, FLOATS + ["i2", "i8"])
    packing = pick.choice(["uncompressed", "lz4", "zstd"])
    target = path.with_suffix(pick.choice([".feather", ".arrow"]))
    if target.suffix == ".feather":
        pa.feather.write_feather(content, target, compression=packing, chunksize=pick.choice([4, 1000]))
    else:
        options = pa.ipc.IpcWriteOptions(compression=None if packing == "uncompressed" else packing)
        with pa.OSFile(str(target), "wb") as sink:
            new = pick.choice([pa.ipc.new_file, pa.ipc.new_stream])
            with new(sink, content.schema, options=options) as writer:
                writer.write_table(content, max_chunksize=pick.choice([4, 1000]))
    return target.suffix, arrays


def matlab(pick, path):
    version = pick.choice(["4", "5"])
    types = ["f4", "f8", "i2", "i4", "u1"] if version == "4" else [t for t in NUMBERS if t not in ("f2", "?")]
    dimensions = (2,) if version == "4" else (2, 3)
    arrays = {}
    while len(arrays) < 2:
        array = draw(pick, types, dimensions)
        # MATLAB has no vectors, so that a single column would be read as labels.
        if array.shape[1] > 1 and array.shape[-1] > 1:
            arrays["him" if not arrays else "her"] = array
    options = {"do_compression": pick.random() < 0.5} if version == "5" else {}
    scipy.io.savemat(path.with_suffix(".mat"), arrays, format=version, **options)
    return ".mat", arrays


def torch_file(pick, path):
    arrays, content = {}, {}
    for name in ["him", "her"]:
        array = draw(pick, ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "?", "bfloat16"], (2,))
        brain = array.dtype == ml_dtypes.bfloat16
        tensor = torch.from_numpy(array.astype("f4") if brain else array)
        tensor = tensor.to(torch.bfloat16) if brain else tensor
        view = pick.choice(["plain", "transposed", "sliced", "expanded", "parameter"])
        if view == "transposed":
            tensor = tensor.t().contiguous().t()
        elif view == "sliced":
            wide = torch.zeros(2 * tensor.shape[0], 3 + tensor.shape[1], dtype=tensor.dtype)
            wide[::2, 3:] = tensor
            tensor = wide[::2, 3:]
        elif view == "expanded":
            tensor = tensor[:1].expand(5, -1)
            array = np.repeat(array[:1], 5, axis=0)
        elif view == "parameter" and tensor.is_floating_point():
            tensor = torch.nn.Parameter(tensor)
        content[name] = tensor
        arrays[f"nested.{name}"] = array
    torch.save({"nested": content}, path.with_suffix(".pt"), _use_new_zipfile_serialization=pick.random() < 0.7)
    return ".pt", arrays


makers = [npy, npz, tensors, hdf5, zarr_folder, parquet, arrow, matlab] + ([torch_file] if with_torch else [])

shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
cases = []
for index in range(count):
    pick = random.Random(seed * 1_000_003 + index)
    maker = makers[index % len(makers)]
    path = folder / f"{index:04d}"
    suffix, arrays = maker(pick, path)
    tensors_of = {}
    for position, (name, array) in enumerate(arrays.items()):
        expected = f"{index:04d}.expected{position}.npy"
        np.save(folder / expected, np.ascontiguousarray(array.astype("f8")))
        tensors_of[name] = expected
    cases.append({"index": index, "maker": maker.__name__, "file": path.name + suffix, "tensors": tensors_of})
(folder / "cases.json").write_text(json.dumps({"seed": seed, "cases": cases}))
print(f"{count} files written with seed {seed}, numpy {np.__version__}, h5py {h5py.__version__}, zarr {zarr.__version__}, pyarrow {pa.__version__}, scipy {scipy.__version__}" + (f", torch {torch.__version__}" if with_torch else ", without torch"))
