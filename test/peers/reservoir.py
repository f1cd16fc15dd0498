"""What eigenlens_moments.py keeps of rows is the sample that its hashes define, however the rows are divided: FOLDER SEED.

Run by moments.py, and by each of the two processes of momentsWorker.py for what they sum together.
"""

import hashlib
import json
import pathlib
import struct
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "../../python"))
from eigenlens_moments import Moments  # noqa: E402

FOLDS, GROUPS, SIZE = 4, 8, 25


def text_of(name, part, number):
    # Half of a pair of surrogates, as a tokenizer leaves it, is no UTF-8.
    return f"{name} {part} {number} \ud83d"


def cluster_of(number):
    return f"document {number // 3}"


def expected(name, seed, parts):
    """(part, number) of the rows that stay. parts: rows of each part by its name."""
    hashed = []
    for part, count in parts.items():
        for number in range(count):
            digest = hashlib.sha256(f"{seed}:{name}:{part}:{number}".encode()).digest()
            hashed.append((int.from_bytes(digest[:8], "big"), part, number))
    return sorted((part, number) for _, part, number in sorted(hashed)[:SIZE])


def read(path):
    content = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__")
    types = {"F64": "<f8", "I64": "<i8"}
    tensors = {}
    for name, entry in header.items():
        start, stop = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(content[start:stop], types[entry["dtype"]]).reshape(entry["shape"])
    return tensors, metadata


def check(path, seed, rows, folds, groups):
    """rows: by condition, then by part. Exits with a line if the reservoir is another."""
    tensors, metadata = read(path)
    if json.loads(metadata["reservoir"]) != {"seed": seed, "size": SIZE}:
        sys.exit(f"{path} says {metadata['reservoir']} of its reservoir.")
    for name, parts in rows.items():
        staying = expected(name, seed, {part: len(values) for part, values in parts.items()})
        wanted = {
            "rows": np.array([parts[part][number] for part, number in staying], np.float64),
            "index": np.array([number for _, number in staying]),
        }
        if folds:
            wanted["fold"] = np.array(
                [
                    int.from_bytes(hashlib.sha256(f"{seed}:{cluster_of(number)}".encode()).digest()[:4], "big") % folds
                    for _, number in staying
                ]
            )
        for tensor, values in wanted.items():
            if not np.array_equal(tensors[f"{name}.reservoir.{tensor}"], values):
                sys.exit(f"{path} holds another {name}.reservoir.{tensor}.")
        texts = json.loads(metadata[f"{name}.reservoir.texts"])
        if texts != [text_of(name, part, number) for part, number in staying]:
            sys.exit(f"{path} holds other sentences of {name}.")
        held = json.loads(metadata.get(f"{name}.reservoir.parts", json.dumps([""] * SIZE)))
        if held != [part for part, _ in staying]:
            sys.exit(f"{path} says that its rows of {name} are of other parts.")
        if f"{name}.reservoir.fold" in tensors and not folds:
            sys.exit(f"{path} has folds of rows and none of moments.")


def summed(rows, seed, part, order, folds, groups, convert=np.asarray, seen_before=False):
    """rows: by condition. order: of batches of ten rows, by their number."""
    moments = Moments(folds, seed, groups=groups, reservoir=SIZE, part=part)
    for batch in order:
        for name, values in rows.items():
            numbers = range(10 * batch, min(10 * batch + 10, len(values)))
            if not numbers:
                continue
            clusters = [cluster_of(number) for number in numbers] if folds else None
            texts = [text_of(name, part, number) for number in numbers]
            moments.update(
                convert(values[numbers.start : numbers.stop]),
                name,
                cluster=clusters,
                texts=texts,
                first_row=numbers.start if seen_before else None,
            )
    return moments


def main():
    folder, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    random = np.random.default_rng(seed)
    rows = {name: random.standard_normal((count, 6)).astype(np.float32) for name, count in (("him", 97), ("her", 140))}
    batches = list(range(14))
    for case, (folds, groups) in enumerate([(0, 0), (FOLDS, 0), (FOLDS, GROUPS)]):
        path = folder / f"reservoir{case}.moments.safetensors"
        summed(rows, seed, "", batches, folds, groups).save(path)
        check(path, seed, {name: {"": values} for name, values in rows.items()}, folds, groups)
        # In another order, by two workers of one part.
        mixed = random.permutation(14).tolist()
        first, second = (
            summed(rows, seed, "", half, folds, groups, seen_before=True) for half in (mixed[:5], mixed[5:])
        )
        mixed_path = folder / "reservoir_mixed.moments.safetensors"
        second.merge(first).save(mixed_path)
        check(mixed_path, seed, {name: {"": values} for name, values in rows.items()}, folds, groups)
        # Parts of their own, each of which counts its rows anew.
        parts = [summed(rows, seed, part, batches, folds, groups) for part in ("b", "a", "c")]
        path = folder / "reservoir_parts.moments.safetensors"
        parts[0].merge(parts[1]).merge(parts[2]).save(path)
        check(path, seed, {name: dict.fromkeys("abc", values) for name, values in rows.items()}, folds, groups)
    # Fewer rows than are asked for are all kept.
    few = Moments(reservoir=SIZE, seed=seed)
    few.update(rows["him"][:3], "him")
    few.save(folder / "reservoir_few.moments.safetensors")
    tensors, metadata = read(folder / "reservoir_few.moments.safetensors")
    if tensors["him.reservoir.index"].tolist() != [0, 1, 2] or "him.reservoir.texts" in metadata:
        sys.exit("Few rows were not all kept, or have sentences.")


if __name__ == "__main__":
    main()
