"""One of two processes that sum a capture together: FOLDER SEED FOLDS GROUPS RANK."""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "../../python"))
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
torch.distributed.destroy_process_group()
