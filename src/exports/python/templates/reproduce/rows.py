def header_of(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        return length, json.loads(file.read(length))


def read_safetensors(path, name):
    if path.endswith(".json"):
        with open(path, encoding="utf-8") as file:
            shard = json.load(file)["weight_map"][name]
        path = os.path.join(os.path.dirname(path), os.path.basename(shard))
    length, header = header_of(path)
    entry = header[name]
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


ENDINGS = {"npy": "npy", "npz": "npz", "safetensors": "safetensors", "parquet": "parquet", "arrow": "arrow", "feather": "arrow"}
CONTAINERS = ("shards", "datasets", "files", "vllm")
SHARD = re.compile(r"^(.*?)[-_.]?\d{1,9}[-_]of[-_]\d{1,9}(-[0-9a-f]{8,64})?\.[A-Za-z0-9]+$", re.DOTALL)


def as_people_count(path):
    return [int(part) if part.isdigit() else part.lower() for part in re.split(r"(\d+)", path)]


def parts_of(source):
    """The files of a folder, or of a pattern, one after another."""
    path, tensor = source["path"], source["tensor"]
    if re.search("[*?]", path):
        found = glob.glob(path.replace("[", "[[]"))
    else:
        found = [entry.path for entry in os.scandir(path)]
        if not any(map(os.path.isfile, found)) and os.path.isdir(os.path.join(path, "data")):
            found = [entry.path for entry in os.scandir(os.path.join(path, "data"))]
    names = {part: os.path.basename(part) for part in found}
    parts = [part for part in found if names[part].rpartition(".")[2].lower() in ENDINGS]
    parts = [part for part in parts if not re.match(r"(\.|(labels?|clusters?|pairs?)\.npy$)", names[part])]
    if source["format"] in ("shards", "datasets"):
        parts = [part for part in parts if SHARD.match(names[part])]
        stems = {part: SHARD.match(names[part])[1] for part in parts}
        parts = [part for part in parts if not part.endswith(".npy") or (stems[part] or "X") == tensor]
    if not parts:
        stop(f"{path!r} holds none of {', '.join(ENDINGS)}: eigenlens convert makes an npy of what it holds")
    return sorted(parts, key=as_people_count)


def read_part(part, tensor):
    kind = ENDINGS[part.rpartition(".")[2].lower()]
    return READERS[kind](part, "" if kind == "npy" else tensor)


def padded(arrays):
    longest = max(len(array) for array in arrays)
    return np.stack([np.pad(array, [(0, longest - len(array)), (0, 0)]) for array in arrays])


def read_parts(source):
    """The parts' rows, and the positions of each row's own tokens if they tell."""
    arrays = [np.asarray(read_part(part, source["tensor"])) for part in parts_of(source)]
    axes = {array.ndim for array in arrays}
    if source["format"] == "vllm":
        rows = [array[:, source["layer"]] for array in arrays]
    elif source["format"] in ("shards", "datasets") or axes == {3} and all(len(array) == 1 for array in arrays):
        if len({array.shape[1:] for array in arrays}) == 1:
            return np.concatenate(arrays), None
        rows = [row for array in arrays for row in array]
    elif axes == {2}:
        rows = arrays
    elif axes == {1}:
        return np.stack(arrays), None
    else:
        stop(f"what the axes of the files of {source['path']!r} are is not told here: eigenlens convert makes an npy of them")
    return padded(rows), [np.arange(len(row)) for row in rows]


def names_in(path):
    kind = ENDINGS.get(path.rpartition(".")[2].lower())
    if kind == "npz":
        return np.load(path).files
    if kind == "safetensors":
        return list(header_of(path)[1])
    if kind == "parquet":
        import pyarrow.parquet

        return pyarrow.parquet.read_schema(path).names
    return []


def read_mask(source, shape):
    """Where the tokens of each row are no padding, if a mask beside them says so."""
    parts = parts_of(source) if source["format"] in CONTAINERS else [source["path"]]
    known = names_in(parts[0])
    for name in [each for wanted in ("mask", "attention_mask", "token_mask") for each in known if each.lower() == wanted]:
        mask = np.concatenate([np.asarray(read_part(part, name)) for part in parts])
        if mask.shape == shape:
            return [np.flatnonzero(row) for row in mask]
    return None


def in_order(values, source):
    """Axes that the user named, as [rows, columns] or [rows, tokens, columns]: one layer, one head or all side by side."""
    names = list(source["axes"])
    for name in ("layer", "head"):
        index = source[name]
        if name in names and index not in (None, "all"):
            values = np.take(values, index, axis=names.index(name))
            names.remove(name)
    order = [name for name in ("row", "token", "head", "neuron") if name in names]
    values = np.transpose(values, [names.index(name) for name in order])
    return values.reshape(*values.shape[:-2], -1) if "head" in order else values


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


def without_padding(values):
    """Tokens that are zero throughout at the end are padding."""
    used = np.any(values != 0, axis=2)
    count = np.where(used.any(axis=1), values.shape[1] - np.argmax(used[:, ::-1], axis=1), 1)
    return [np.arange(n) for n in count]


def take_token(values, token, own):
    """[rows, tokens, columns] to [rows, columns]. `own` are the positions of each row's tokens if something tells."""
    if token["kind"] == "index" and own is None:
        return values[:, token["index"]]
    own = without_padding(values) if own is None else own
    if token["kind"] == "mean":
        return np.stack([row[at].mean(axis=0) for row, at in zip(values, own)])
    index = -1 if token["kind"] == "last" else token["index"]
    return np.stack([row[at[index]] for row, at in zip(values, own)])


def read_condition(source):
    path, own = source["path"], None
    if os.path.exists(path) or not glob.glob(path.replace("[", "[[]")):
        check_file(path, source["hash"])
    if source["format"] in CONTAINERS:
        values, own = read_parts(source)
    else:
        values = READERS[source["format"]](path, source["tensor"])
    if source["axes"] is None:
        values = drop_ones(values, source["token"] is not None)
    else:
        values = in_order(values, source)
    rows = np.concatenate([np.arange(*part) for part in source["rows"]])
    if source["token"] is not None:
        own = read_mask(source, values.shape[:2]) or own
        own = own and [own[row] for row in rows]
    values = np.asarray(values[rows], dtype=np.float64)
    if source["token"] is not None:
        values = take_token(values, source["token"], own)
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
