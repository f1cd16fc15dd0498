"""One of two processes that sum a capture together: FOLDER SEED FOLDS GROUPS RANK."""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "../../python"))
import reservoir  # noqa: E402
from eigenlens_moments import Moments  # noqa: E402

folder = pathlib.Path(sys.argv[1])
seed, folds, groups, rank = map(int, sys.argv[2:])
store = torch.distributed.FileStore(str(folder / "gloo"), 2)
torch.distributed.init_process_group("gloo", store=store, rank=rank, world_size=2)
moments = Moments(folds, seed, groups=groups)
for name in ("him", "her"):
    rows = torch.from_numpy(np.load(folder / f"numpy_float32_{name}.npy"))
    for start in range(10 * rank, len(rows), 20):
        clusters = [f"document {i // 3}" for i in range(start, min(start + 10, len(rows)))]
        moments.update(rows[start : start + 10], name, cluster=clusters)
moments.all_reduce()
moments.save(folder / f"rank{rank}.moments.safetensors")

# What each keeps of its rows, together.
whole = {name: np.load(folder / f"numpy_float32_{name}.npy") for name in ("him", "her")}
parts = {f"rank{other}": {name: values[other::2] for name, values in whole.items()} for other in range(2)}
own = reservoir.summed(parts[f"rank{rank}"], seed, f"rank{rank}", range(5), folds, groups, torch.from_numpy)
path = folder / f"reservoir_rank{rank}.moments.safetensors"
own.all_reduce().save(path)
by_condition = {name: {part: values[name] for part, values in parts.items()} for name in whole}
reservoir.check(path, seed, by_condition, folds, groups)
torch.distributed.destroy_process_group()
