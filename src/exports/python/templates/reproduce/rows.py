def read_safetensors(path, name):
    if path.endswith(".json"):
        with open(path, encoding="utf-8") as file:
            shard = json.load(file)["weight_map"][name]
        path = os.path.join(os.path.dirname(path), os.path.basename(shard))
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        entry = json.loads(file.read(length))[name]
    types = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "BOOL": "?"}
    types.update({f"{kind}{8 * size}": f"<{kind.lower()}{size}" for kind in "IU" for size in (1, 2, 4, 8)})
    start, end = entry["data_offsets"]
    with open(path, "rb") as file:
        file.seek(8 + length + start)
        values = np.frombuffer(file.read(end - start), types[entry["dtype"]]).reshape(entry["shape"])
    return widen(values) if entry["dtype"] == "BF16" else values


def widen(bits):
    """bfloat16 is the upper half of a float32."""
    return (bits.astype("<u4") << 16).view("<f4")


def read_numpy(path, name):
    values = np.load(path, mmap_mode="r" if name == "" else None, allow_pickle=False)
    values = values if name == "" else values[name]
    return widen(values.view("<u2")) if values.dtype.kind == "V" else values


def read_hdf5(path, name):
    import h5py

    with h5py.File(path) as file:
        return file[name][...]


def read_zarr(path, name):
    import zarr

    found = zarr.open(path, mode="r")
    return np.asarray(found[name] if name else found)


def read_table(table, name):
    if name not in table.column_names:
        stop("a table whose columns are the neurons is not read here: eigenlens convert makes an npy of it")
    return np.stack([np.array(row, dtype=float) for row in table.column(name).to_pylist()])


def read_parquet(path, name):
    import pyarrow.parquet

    return read_table(pyarrow.parquet.read_table(path), name)


def read_arrow(path, name):
    import pyarrow.ipc

    try:
        table = pyarrow.ipc.open_file(path).read_all()
    except pyarrow.ArrowInvalid:
        table = pyarrow.ipc.open_stream(path).read_all()
    return read_table(table, name)


READERS = {
    "npy": read_numpy,
    "npz": read_numpy,
    "safetensors": read_safetensors,
    "hdf5": read_hdf5,
    "zarr": read_zarr,
    "parquet": read_parquet,
    "arrow": read_arrow,
}


def drop_ones(values, with_tokens):
    """Axes of one need no choice: [N, 1, D] and [1, N, D] are N rows."""
    axes, fewest = list(values.shape), 3 if with_tokens else 2
    if with_tokens and axes[0] == 1 and len(axes) > fewest:
        del axes[0]
    at = 1
    while at < len(axes) - 1 and len(axes) > fewest:
        if axes[at] == 1:
            del axes[at]
        else:
            at += 1
    if axes[-1] == 1 and len(axes) > fewest:
        del axes[-1]
    while axes[0] == 1 and len(axes) > fewest:
        del axes[0]
    return values.reshape(axes)


def take_token(values, token):
    """[rows, tokens, columns] to [rows, columns]; tokens that are zero throughout at the end are padding."""
    if token["kind"] == "index":
        return values[:, token["index"]]
    used = np.any(values != 0, axis=2)
    count = np.where(used.any(axis=1), values.shape[1] - np.argmax(used[:, ::-1], axis=1), 1)
    if token["kind"] == "last":
        return values[np.arange(len(values)), count - 1]
    return np.stack([row[:n].mean(axis=0) for row, n in zip(values, count)])


def read_condition(source):
    path = source["path"]
    check_file(path, source["hash"])
    values = drop_ones(READERS[source["format"]](path, source["tensor"]), source["token"] is not None)
    rows = np.concatenate([np.arange(*part) for part in source["rows"]])
    values = np.asarray(values[rows], dtype=np.float64)
    if source["token"] is not None:
        values = take_token(values, source["token"])
    mean = np.linalg.norm(values.mean(axis=0))
    variance = values.var(axis=0, ddof=1).sum()
    known = [source["meanLength"], source["totalVariance"]]
    if not np.allclose([mean * RUN["scale"], variance * RUN["scale"] ** 2], known, rtol=1e-6, atol=0):
        stop(f"the rows that {path!r} gives are not those of the run: was it saved anew?")
    return values * RUN["factor"]


def principal_components(scaled, columns):
    """Eigenvalues of C = Z'Z, descending, above rounding, and its eigenvectors as columns."""
    if len(scaled) < columns:
        _, singular, components = np.linalg.svd(scaled, full_matrices=False)
        values = singular**2
    else:
        values, components = np.linalg.eigh(scaled.T @ scaled)
        values, components = values[::-1], components.T[::-1]
    rank = max(1, np.count_nonzero(values > values[0] * columns * np.finfo(float).eps))
    return values[:rank], components[:rank].T


def separate(carried, silenced, gamma):
    """S w = l R~ w, eigenvalues descending."""
    import scipy.linalg

    values, vectors = scipy.linalg.eigh(carried, shrink(silenced, gamma))
    return values[::-1], vectors[:, ::-1]


def main():
    options = RUN["options"]
    centred = [rows - rows.mean(axis=0) for rows in map(read_condition, (RUN["target"], RUN["reference"]))]
    scaled = np.concatenate([rows / np.sqrt(2 * (len(rows) - 1)) for rows in centred])
    values, components = principal_components(scaled, scaled.shape[1])
    k = int(count_components(values, np.sum(scaled**2), options))
    target, reference = (
        (scores.T @ scores) / (len(scores) - 1) for scores in (rows @ components[:, :k] for rows in centred)
    )
    eigenvalues, vectors = separate(target, reference, options["shrinkage"])
    swapped, _ = separate(reference, target, options["shrinkageSwapped"])
    unit = vectors[:, 0] / np.linalg.norm(vectors[:, 0])
    units = RUN["units"]
    result = {
        "components": k,
        "eigenvalues": eigenvalues.tolist(),
        "swappedEigenvalues": swapped.tolist(),
        "targetVariance": float(unit @ target @ unit) * units**2,
        "referenceVariance": float(unit @ reference @ unit) * units**2,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
