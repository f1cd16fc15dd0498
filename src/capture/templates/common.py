import csv
import hashlib
import io
import json
import os
import re
import sys
from importlib.metadata import version
from pathlib import Path

import torch

FOLDER = Path(CAPTURE["folder"])
DTYPES = {torch.bfloat16: "BF16", torch.float16: "F16", torch.float32: "F32", torch.float64: "F64"}


def stop(line):
    sys.exit(f"error: {line}")


def read_prompts():
    """The prompts of each condition, and what sentences.json says of them: pairs, or a list for each condition."""
    path, names = Path(CAPTURE["prompts"]), CAPTURE["conditions"]
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() in (".csv", ".tsv"):
            found = list(csv.DictReader(io.StringIO(text), delimiter="\t" if path.suffix.lower() == ".tsv" else ","))
        elif path.suffix.lower() == ".jsonl":
            found = [json.loads(line) for line in text.split("\n") if line.strip()]
        else:
            found = json.loads(text)
        found = found["pairs"] if isinstance(found, dict) and "pairs" in found else found
        paired = isinstance(found, list)
        prompts = {name: [pair[name] for pair in found] if paired else list(found[name]) for name in names}
    except OSError as error:
        stop(f"{path} could not be read: {error.strerror}")
    except (KeyError, TypeError, ValueError):
        stop(f"{path} does not hold prompts of {' and '.join(names)}: it has records, pairs or columns of these names")
    for name, texts in prompts.items():
        if len(texts) < 2 or not all(isinstance(text, str) and text.strip() for text in texts):
            stop(f"{path} holds {len(texts)} prompts of {name}: at least two are needed, all of them texts that are not empty")
    return prompts, {"pairs": found} if paired else prompts


def token_row(hidden, prompt, offsets, condition):
    """One row [D] of the activations [tokens, D], by the token rule; a mean is taken in float32."""
    rule = CAPTURE["token"][condition]
    count = len(hidden)
    if rule == "mean":
        return hidden.float().mean(0).to(hidden.dtype)
    if rule == "last":
        return hidden[-1]
    kind, value = rule.split(":", 1)
    if kind == "index":
        if not -count <= int(value) < count:
            stop(f"the prompt {prompt!r} has {count} tokens, none is number {value}")
        return hidden[int(value)]
    found = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", prompt, re.IGNORECASE)
    inside = [i for i, (start, end) in enumerate(offsets) if found and start < min(end, found.end()) and end > found.start()]
    if not inside:
        stop(f"the prompt {prompt!r} does not have the word {value!r}")
    # The last token of the word has seen all of it.
    return hidden[inside[-1]]


class Rows:
    """One condition and layer: a safetensors file that grows by a row a prompt, and gets its name once it is whole."""

    def __init__(self, name, count, metadata):
        self.name, self.count = name, count
        self.metadata = {key: str(value) for key, value in metadata.items() if value is not None}
        self.path = FOLDER / f"{name}.safetensors"
        self.partial = FOLDER / f"{name}.safetensors.partial"
        self.file, self.done = None, 0
        if self.path.exists():
            self.done = self.rows_in(self.path)[0]
        elif self.partial.exists():
            self.done, whole = self.rows_in(self.partial)
            self.file = open(self.partial, "r+b" if self.done else "wb")
            self.file.truncate(whole)
            self.file.seek(whole)

    def rows_in(self, path):
        """How many whole rows a file of this very capture holds, and the bytes up to their end."""
        with open(path, "rb") as file:
            start = 8 + int.from_bytes(file.read(8), "little")
            try:
                header = json.loads(file.read(start - 8))
            except ValueError:
                return 0, 0
        kept, entry = header.get("__metadata__", {}), header.get(self.name)
        if kept != self.metadata or entry is None or entry["shape"][0] != self.count:
            differs = [key for key in self.metadata if kept.get(key) != self.metadata[key]]
            stop(f"{path} is of another capture ({', '.join(differs) or 'rows'} differ): remove it, or change folder in CAPTURE")
        size = entry["data_offsets"][1] // self.count
        rows = (os.path.getsize(path) - start) // size
        return rows, start + rows * size

    def append(self, index, row):
        if index < self.done:
            return
        row = row.detach().cpu().contiguous()
        data = row.view(torch.uint8).numpy().tobytes()
        if self.file is None:
            self.file = open(self.partial, "wb")
        if self.file.tell() == 0:
            entry = {"dtype": DTYPES[row.dtype], "shape": [self.count, len(row)], "data_offsets": [0, self.count * len(data)]}
            header = json.dumps({"__metadata__": self.metadata, self.name: entry}).encode()
            header += b" " * (-len(header) % 8)
            self.file.write(len(header).to_bytes(8, "little") + header)
        self.file.write(data)
        self.file.flush()

    def finish(self):
        if self.file is not None:
            self.file.close()
            os.replace(self.partial, self.path)
