"""Sums moments with eigenlens_moments.py as a capture would: FOLDER SEED [--without-torch].

Writes documents, the rows they are of, and covariances in long double, and a list of them in moments.json.
"""

import json
import pathlib
import subprocess
import sys

import numpy as np

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here / "../../python"))
from eigenlens_moments import Moments  # noqa: E402

folder = pathlib.Path(sys.argv[1])
seed = int(sys.argv[2])
with_torch = "--without-torch" not in sys.argv
random = np.random.default_rng(seed)
FOLDS, GROUPS, COLUMNS = 4, 8, 12


def rows_of(name, count, dtype, ratio):
    scale = 0.8 ** np.arange(COLUMNS) * (3 if name == "him" else 1) ** (np.arange(COLUMNS) == 2)
    return (ratio + random.standard_normal((count, COLUMNS)) * scale).astype(dtype)


def clusters_of(name, count):
    return [f"document {i // 3}" for i in range(count)]


def own_clusters_of(name, count):
    return [f"{name} {cluster}" for cluster in clusters_of(name, count)]


def covariance(rows):
    wide = rows.astype(np.longdouble)
    centred = wide - wide.mean(0)
    return (centred.T @ centred / (len(rows) - 1)).astype(np.float64)


def summed(rows, order, convert=np.asarray, groups=0, clusters_of=clusters_of):
    """In batches of changing size, by two workers, and merged."""
    workers = [Moments(FOLDS, seed, {"model": "peer", "layer": "3"}, groups) for _ in range(2)]
    for name, values in rows.items():
        clusters = clusters_of(name, len(values))
        start = 0
        for turn in range(10**6):
            stop = start + 1 + (turn * 7) % 13
            workers[turn % 2].update(convert(values[start:stop]), name, cluster=clusters[start:stop])
            start = stop
            if start >= len(values):
                break
    return workers[order[0]].merge(workers[order[1]])


cases = []
for dtype, ratio in (("float64", 0), ("float32", 1e4), ("float16", 100)):
    rows = {"him": rows_of("him", 100, dtype, ratio), "her": rows_of("her", 90, dtype, ratio)}
    kinds = ["numpy"]
    if with_torch:
        import torch

        kinds.append("torch")
    for kind in kinds:
        case = f"{kind}_{dtype}"
        convert = np.asarray if kind == "numpy" else torch.from_numpy
        groups = GROUPS if dtype == "float64" else 0
        summed(rows, (1, 0), convert, groups).save(folder / f"{case}.moments.safetensors")
        for name, values in rows.items():
            np.save(folder / f"{case}_{name}.npy", values.astype(np.float64))
            np.save(folder / f"{case}_{name}_covariance.npy", covariance(values))
        cases.append({"name": case, "folds": FOLDS, "groups": groups, "clusterRows": 3})
    if dtype == "float64":
        # The same rows for the other writer of groups, with clusters that both conditions have, and that each has alone.
        for kind, clusters in (("paired", clusters_of), ("apart", own_clusters_of)):
            summed(rows, (0, 1), np.asarray, GROUPS, clusters).save(folder / f"{kind}_python.moments.safetensors")
            for name, values in rows.items():
                lines = [",".join([*(f"n{j}" for j in range(COLUMNS)), "speaker"])]
                lines += [
                    ",".join([*map(repr, row.tolist()), cluster])
                    for row, cluster in zip(values, clusters(name, len(values)))
                ]
                (folder / f"{kind}_{name}.csv").write_text("\n".join(lines))

if subprocess.run([sys.executable, here / "reservoir.py", folder, str(seed)], check=False).returncode != 0:
    sys.exit("Reservoirs are not what they should be.")

if with_torch:
    # Two processes over gloo, each with every other batch; both must save the same.
    worker = here / "momentsWorker.py"
    command = [sys.executable, worker, folder, str(seed), str(FOLDS), str(GROUPS)]
    running = [subprocess.Popen([*map(str, command), str(rank)]) for rank in range(2)]
    if any(process.wait() != 0 for process in running):
        sys.exit("A process of the two failed.")
    first, second = ((folder / f"rank{rank}.moments.safetensors").read_bytes() for rank in range(2))
    if first != second:
        sys.exit("Two processes saved different sums.")
    for name in ("him", "her"):
        for ending in ("", "_covariance"):
            values = np.load(folder / f"numpy_float32_{name}{ending}.npy")
            np.save(folder / f"rank0_{name}{ending}.npy", values)
    cases.append({"name": "rank0", "folds": FOLDS, "groups": GROUPS, "clusterRows": 3})

# What must be refused.
for attempt in (
    lambda: Moments(folds=1),
    lambda: Moments(metadata={"models": "x"}),
    lambda: Moments().update(np.array([[1.0, np.nan]]), "him"),
    lambda: Moments().update(np.ones((2, 2)), "him.fold.1"),
    lambda: Moments(folds=2).update(np.ones((2, 2)), "him"),
    lambda: Moments(folds=2).update(np.ones((2, 2)), "him", fold=2),
    lambda: Moments().merge(Moments(folds=2)),
    lambda: Moments(reservoir=-1),
    lambda: Moments(reservoir=5).merge(Moments(reservoir=6)),
    lambda: Moments(reservoir=5).merge(Moments(reservoir=5, seed=2)),
    lambda: Moments(reservoir=5).update(np.ones((2, 2)), "him", texts=["one"]),
    lambda: Moments(reservoir=5).update(np.ones((2, 2)), "him", texts=["one", 2]),
    lambda: Moments(groups=4),
    lambda: Moments(folds=4, groups=4),
    lambda: Moments(folds=4, groups=10),
    lambda: Moments(folds=2, groups=4).update(np.ones((2, 2)), "him", fold=1),
    lambda: Moments(folds=2, groups=4).merge(Moments(folds=2)),
    lambda: Moments().save(folder / "empty.moments.safetensors"),
):
    try:
        attempt()
    except ValueError:
        continue
    sys.exit("Something senseless was not refused.")

(folder / "moments.json").write_text(json.dumps({"seed": seed, "cases": cases}))
