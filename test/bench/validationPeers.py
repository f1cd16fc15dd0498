"""The validation in numpy and scipy, timed: `write ROWS FOLDER`, or `gram|usual FOLDER PERMUTATIONS WANTED`.

Both ways do 10 x 5-fold cross-validation and then, for every permutation, one fit on all rows and one 5-fold
cross-validation, both directions, component 1. `usual`: each fit takes the PCA (SVD) of its rows. `gram`: each fit
decomposes the centred Gram matrix of its rows and never touches the 3072 columns again.
"""

import json
import pathlib
import sys
import time

import numpy as np
import scipy.linalg

SHARE, GAMMA, FOLDS, REPEATS = 0.99, 0.01, 5, 10


def write(rows, folder):
    folder = pathlib.Path(folder)
    if rows == 53:
        samples = pathlib.Path(__file__).parents[2] / "samples"
        x = np.vstack([np.load(samples / f"{name}.npy") for name in ("him", "her")]).astype(float)
    else:
        rng = np.random.default_rng(1)
        columns = 3072
        scale = 1 / np.sqrt(1 + np.arange(2 * rows) / 20)
        mixing = np.linalg.qr(rng.standard_normal((columns, min(columns, 2 * rows))))[0]
        x = (rng.standard_normal((2 * rows, mixing.shape[1])) * scale[: mixing.shape[1]]) @ mixing.T
        x[:rows] += 3 * rng.standard_normal((rows, 1)) * mixing[:, 2] * scale[2]
    x -= x.mean(0)
    x.tofile(folder / "rows.f64")
    (folder / "shape.json").write_text(json.dumps({"rows": rows, "columns": x.shape[1]}))
    return {"rows": rows}


def cut(values, total):
    return int(np.searchsorted(np.cumsum(values), SHARE * total)) + 1


def separate(s, r):
    k = len(s)
    shrunk = (1 - GAMMA) * r + GAMMA * np.trace(r) / k * np.eye(k)
    return scipy.linalg.eigh(s, shrunk, subset_by_index=[k - 1, k - 1])[1][:, 0]


def fit_usual(x, train, n):
    a, b = x[train], x[train + n]
    z = np.vstack([a - a.mean(0), b - b.mean(0)]) / np.sqrt(2 * (len(train) - 1))
    _, s, vt = np.linalg.svd(z, full_matrices=False)
    v = vt[: cut(s**2, (s**2).sum())].T
    s, r = np.cov(a @ v, rowvar=False), np.cov(b @ v, rowvar=False)
    return [(v @ w) for w in (separate(s, r), separate(r, s))]


def fit_gram(k_all, train, n):
    """Directions as coefficients of the training rows."""
    rows = np.r_[train, train + n]
    m = len(train)
    k = k_all[np.ix_(rows, rows)]
    for half in (slice(0, m), slice(m, 2 * m)):
        k[half] -= k[half].mean(0)
    for half in (slice(0, m), slice(m, 2 * m)):
        k[:, half] -= k[:, half].mean(1, keepdims=True)
    values, u = np.linalg.eigh(k / (2 * (m - 1)))
    values, u = values[::-1], u[:, ::-1]
    c = cut(values, values.sum())
    y = u[:, :c] * np.sqrt(values[:c])
    s, r = 2 * y[:m].T @ y[:m], 2 * y[m:].T @ y[m:]
    out = []
    for w in (separate(s, r), separate(r, s)):
        coefficients = (u[:, :c] / np.sqrt(values[:c])) @ w / np.sqrt(2 * (m - 1))
        for half in (slice(0, m), slice(m, 2 * m)):
            coefficients[half] -= coefficients[half].mean()
        out.append((rows, coefficients))
    return out


def variances(way, data, direction, rows, n):
    for part in (rows, rows + n):
        p = data[part] @ direction if way == "usual" else data[np.ix_(part, direction[0])] @ direction[1]
        yield p.var(ddof=1)


def cross_validate(way, data, fold, n):
    fit = fit_usual if way == "usual" else fit_gram
    out = []
    for f in range(FOLDS):
        train, test = np.flatnonzero(fold != f), np.flatnonzero(fold == f)
        out.append([list(variances(way, data, d, test, n)) for d in fit(data, train, n)])
    return np.mean(out, 0)


def exchanged(way, data, flip, n):
    order = np.r_[np.arange(n) + n * flip, np.arange(n) + n * ~flip]
    return data[order] if way == "usual" else data[np.ix_(order, order)]


def main():
    way = sys.argv[1]
    if way == "write":
        return write(int(sys.argv[2]), sys.argv[3])
    folder, done, wanted = pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    shape = json.loads((folder / "shape.json").read_text())
    n = shape["rows"]
    x = np.fromfile(folder / "rows.f64").reshape(2 * n, shape["columns"])
    rng = np.random.default_rng(0)
    folds = [rng.permutation(np.arange(n) % FOLDS) for _ in range(REPEATS)]
    start = time.perf_counter()
    data = x if way == "usual" else x @ x.T
    # Few repeats tell the time of all of them.
    timed = REPEATS if done >= 10 else 2
    held_out = np.mean([cross_validate(way, data, fold, n) for fold in folds[:timed]], 0)
    folds_seconds = (time.perf_counter() - start) * REPEATS / timed
    start, cpu = time.perf_counter(), time.process_time()
    fit = fit_usual if way == "usual" else fit_gram
    for _ in range(done):
        own = exchanged(way, data, rng.random(n) < 0.5, n)
        fit(own, np.arange(n), n)
        cross_validate(way, own, folds[0], n)
    each = (time.perf_counter() - start) / done
    each_cpu = (time.process_time() - cpu) / done
    return {
        "way": way,
        "seconds": folds_seconds + each * wanted,
        "scaledFrom": {"permutations": done, "repeats": timed},
        "secondsPerPermutation": each,
        "cpuSecondsPerPermutation": each_cpu,
        "secondsFolds": folds_seconds,
        "heldOutRatio": held_out[0][0] / held_out[0][1],
    }


print(json.dumps(main()))
