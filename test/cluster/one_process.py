"""The moments that a cluster gives, by one process without Dask: OUT FOLDS GROUPS SEED RESERVOIR PART NAME=NPY..."""

import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../python"))
from eigenlens_moments import Moments

out, folds, groups, seed, reservoir, part, *sources = sys.argv[1:]
moments = Moments(int(folds), int(seed), groups=int(groups), paired=False, reservoir=int(reservoir), part=part)
for source in sources:
    name, path = source.split("=", 1)
    rows = np.load(path, mmap_mode="r")
    for start in range(0, len(rows), 1000):
        block = rows[start : start + 1000]
        clusters = [f"{name}#{row}" for row in range(start, start + len(block))] if moments.folds else None
        moments.update(block, name, cluster=clusters)
moments.save(out)
