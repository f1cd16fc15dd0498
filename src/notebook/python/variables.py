"""Reads variables of a notebook for Eigenlens. It changes none of them and leaves no name behind.

Given: `namespace`, the notebook's variables, and `request`, what is asked for, as JSON. Prints one line of JSON.
"""

import base64
import hashlib
import json
import os
import sys

TYPES = {"bool": "BOOL", "bfloat16": "BF16", "float16": "F16", "float32": "F32", "float64": "F64"}
TYPES.update({f"int{bits}": f"I{bits}" for bits in (8, 16, 32, 64)})
TYPES.update({f"uint{bits}": f"U{bits}" for bits in (8, 16, 32, 64)})
BYTES = {"BOOL": 1, "BF16": 2, "F16": 2, "F32": 4, "F64": 8, "I8": 1, "I16": 2, "I32": 4, "I64": 8}
BYTES.update({"U8": 1, "U16": 2, "U32": 4, "U64": 8})
BLOCK = 2**22
LONGEST_TEXTS = 24 * 2**20


class Variable:
    """A variable as it is read: `rows(first, last)` gives the bytes of some rows, `texts` one text per row and column."""

    def __init__(self, kind, dtype, shape, rows, problem=None, texts=dict, columns=0):
        self.kind, self.dtype, self.shape, self.rows = kind, str(dtype), [int(n) for n in shape], rows
        self.texts, self.columns = texts, columns
        if problem is None and self.dtype not in TYPES:
            problem = "type"
        elif problem is None and len(self.shape) not in (2, 3, 4, 5):
            problem = "axes"
        elif problem is None and 0 in self.shape:
            problem = "empty"
        self.problem = problem
        self.row_bytes = BYTES.get(TYPES.get(self.dtype), 0)
        for length in self.shape[1:]:
            self.row_bytes *= length
        self.bytes = self.row_bytes * self.shape[0] if self.shape else 0


def is_a(value, module, name):
    """Whether the notebook has imported a class that the value is of: nothing is imported to find out."""
    found = getattr(sys.modules.get(module), name, None)
    return isinstance(found, type) and isinstance(value, found)


def open_variable(value):
    """None if it is no array."""
    if is_a(value, "torch", "Tensor"):
        return tensor(value)
    if is_a(value, "numpy.ma", "MaskedArray"):
        return Variable("ndarray", value.dtype, value.shape, None, "masked")
    if is_a(value, "numpy", "ndarray"):
        return array(value, lambda: value, "ndarray")
    if is_a(value, "jax", "Array"):
        import numpy

        return array(value, lambda: numpy.asarray(value), "jax Array")
    if is_a(value, "pandas", "DataFrame"):
        return table(value)
    if is_a(value, "polars", "DataFrame"):
        return Variable("DataFrame", "polars", value.shape, None, "polars")
    return None


def tensor(value):
    import torch

    def rows(first, last):
        block = value.detach()[first:last].cpu().contiguous()
        return block.view(torch.uint8).numpy().tobytes()

    dense = value.layout is torch.strided and not value.is_quantized and value.device.type != "meta"
    dtype = str(value.dtype).replace("torch.", "")
    return Variable("Tensor", dtype, value.shape, rows, None if dense else "sparse")


def array(value, whole, kind):
    """`whole` is called if rows are read: an array of jax is copied from its device then, and not before."""

    def rows(first, last):
        block = whole()[first:last]
        if block.dtype.byteorder == ">":
            block = block.astype(block.dtype.newbyteorder("<"))
        return block.tobytes()

    return Variable(kind, value.dtype.newbyteorder("=").name if kind == "ndarray" else value.dtype, value.shape, rows)


def table(value):
    """Columns of floating-point numbers are neurons, or of integers if there are none; the others describe rows."""
    kinds = [getattr(dtype, "kind", "O") for dtype in value.dtypes]
    wanted = "f" if "f" in kinds else "iu"
    neurons = [at for at, kind in enumerate(kinds) if kind in wanted]
    names = {value.dtypes.iloc[at].name for at in neurons}
    dtype = names.pop() if len(names) == 1 else "float64"
    dtype = dtype if dtype in TYPES else "float64"

    def rows(first, last):
        block = value.iloc[first:last, neurons]
        if any(not hasattr(kind, "newbyteorder") for kind in block.dtypes):
            return block.to_numpy(dtype=dtype, na_value=float("nan")).tobytes()
        return block.to_numpy(dtype=dtype).tobytes()

    def texts():
        others = {str(value.columns[at]): value.iloc[:, at] for at in range(len(kinds)) if at not in set(neurons)}
        if type(value.index).__name__ != "RangeIndex":
            others.setdefault(str(value.index.name or "index"), value.index.to_series())
        return {
            name: ["" if missing else str(entry) for entry, missing in zip(column, column.isna())]
            for name, column in others.items()
        }

    shape = (len(value), len(neurons))
    problem = "columns" if not neurons else None
    return Variable("DataFrame", dtype, shape, rows, problem, texts, len(kinds) - len(neurons))


class File:
    """The bytes of a safetensors file of one variable, which are made as they are read."""

    def __init__(self, name, variable, metadata):
        self.variable, self.left_out = variable, []
        metadata, room = dict(metadata), LONGEST_TEXTS
        for column, texts in variable.texts().items():
            text = json.dumps(texts)
            if len(text) > room:
                self.left_out.append(column)
                continue
            room -= len(text)
            while column in metadata or column in (name, "__metadata__"):
                column += "_"
            metadata[column] = text
        entry = {
            "dtype": TYPES[variable.dtype],
            "shape": variable.shape,
            "data_offsets": [0, variable.bytes],
        }
        header = json.dumps({"__metadata__": metadata, name: entry}).encode()
        header += b" " * (-len(header) % 8)
        self.head = len(header).to_bytes(8, "little") + header
        self.bytes = len(self.head) + variable.bytes

    def read(self, start, stop):
        """Bytes `start` to `stop` (exclusive) of the file."""
        part = self.head[start:stop]
        start, stop = max(start - len(self.head), 0), max(min(stop, self.bytes) - len(self.head), 0)
        if stop > start:
            length = self.variable.row_bytes
            first, last = start // length, -(-stop // length)
            rows = self.variable.rows(first, last)
            part += rows[start - first * length : stop - first * length]
        return part

    def blocks(self):
        for start in range(0, self.bytes, BLOCK):
            yield self.read(start, start + BLOCK)


def list_variables():
    found = []
    for name, value in list(namespace.items()):
        if not isinstance(name, str) or name.startswith("_") or not name.isidentifier():
            continue
        try:
            variable = open_variable(value)
        except Exception:  # What has no shape, such as a nested tensor, is no array; the others still are.
            continue
        if variable is not None:
            keys = ("kind", "dtype", "shape", "bytes", "columns", "problem")
            found.append({"name": name, **{key: getattr(variable, key) for key in keys}})
    return found


def write(file, path, probe, secret):
    """Writes the file if this machine sees the folder of Eigenlens, whose probe holds the secret."""
    try:
        with open(probe) as opened:
            if opened.read() != secret:
                return {"elsewhere": True}
        written = open(path, "xb")
    except OSError:
        return {"elsewhere": True}
    try:
        with written:
            for block in file.blocks():
                written.write(block)
    except BaseException:
        os.remove(path)
        raise
    return {"bytes": file.bytes, "leftOut": file.left_out}


def digest(file):
    sha256 = hashlib.sha256()
    for block in file.blocks():
        sha256.update(block)
    return {"bytes": file.bytes, "sha256": sha256.hexdigest(), "leftOut": file.left_out}


def answer(kind, name=None, metadata=None, path=None, probe=None, secret=None, start=0, stop=0):
    if kind == "list":
        return {"variables": list_variables()}
    variable = open_variable(namespace.get(name))
    if variable is None or variable.problem is not None:
        return {"gone": True}
    file = File(name, variable, metadata)
    if kind == "write":
        return write(file, path, probe, secret)
    if kind == "digest":
        return digest(file)
    return {"data": base64.b64encode(file.read(start, stop)).decode()}


def main():
    asked = json.loads(request)
    mark = asked.pop("mark")
    try:
        reply = answer(**asked)
    except Exception as error:
        reply = {"error": f"{type(error).__name__}: {error}"[:500]}
    print(f"\n{mark}{json.dumps(reply)}", flush=True)


main()
