"""The validation in numpy and scipy, timed: `write ROWS FOLDER`, or
`reduced|gram|usual FOLDER PERMUTATIONS WANTED REPEATS`.

All ways do REPEATS x 5-fold cross-validation and then, for every permutation, one fit on all rows and as many
cross-validations, both directions, component 1. `usual`: each fit takes the PCA (SVD) of its rows. `gram`: each fit
decomposes the centred Gram matrix of its rows and never touches the 3072 columns again. `reduced`: the rows of all
splits are turned into their own label-free directions once, and each fit takes covariances there.
"""

import json
import pathlib
import sys
import time

import numpy as np
import scipy.linalg

SHARE, GAMMA, FOLDS = 0.99, 0.01, 5


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


def reduce_rows(x, train, n):
    """All rows about the training mean of their condition, in the directions in which the training rows vary."""
    e = x.copy()
    for half in (train, train + n):
        own = slice(0, n) if half[0] < n else slice(n, 2 * n)
        e[own] -= x[half].mean(0)
    rows = e[np.r_[train, train + n]]
    values, vectors = np.linalg.eigh(rows @ rows.T)
    kept = values > values[-1] * len(values) * np.finfo(float).eps
    kept[:2] = False
    return e @ (rows.T @ vectors[:, kept] / np.sqrt(values[kept]))


def fit_reduced(x, train, n):
    s, r = np.cov(x[train], rowvar=False), np.cov(x[train + n], rowvar=False)
    values, vectors = np.linalg.eigh((s + r) / 2)
    v = vectors[:, ::-1][:, : cut(values[::-1], values.sum())]
    s, r = v.T @ s @ v, v.T @ r @ v
    return [v @ w for w in (separate(s, r), separate(r, s))]


def variances(way, data, direction, rows, n):
    for part in (rows, rows + n):
        p = data[part] @ direction if way != "gram" else data[np.ix_(part, direction[0])] @ direction[1]
        yield p.var(ddof=1)


FITS = {"usual": fit_usual, "gram": fit_gram, "reduced": fit_reduced}


def splits(fold):
    return [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(FOLDS)]


def cross_validate(way, data, fold, n, order=slice(None)):
    """`data` is one for each fold in the reduced way, else one for all."""
    out = []
    for f, (train, test) in enumerate(splits(fold)):
        own = data[f][order] if way == "reduced" else data
        out.append([list(variances(way, own, d, test, n)) for d in FITS[way](own, train, n)])
    return np.mean(out, 0)


def exchanged(way, data, order):
    return data[np.ix_(order, order)] if way == "gram" else data[order]


def main():
    way = sys.argv[1]
    if way == "write":
        return write(int(sys.argv[2]), sys.argv[3])
    folder, done, wanted, repeats = pathlib.Path(sys.argv[2]), *map(int, sys.argv[3:6])
    shape = json.loads((folder / "shape.json").read_text())
    n = shape["rows"]
    x = np.fromfile(folder / "rows.f64").reshape(2 * n, shape["columns"])
    rng = np.random.default_rng(0)
    folds = [rng.permutation(np.arange(n) % FOLDS) for _ in range(repeats)]
    start, cpu = time.perf_counter(), time.process_time()
    if way == "reduced":
        whole = reduce_rows(x, np.arange(n), n)
        data = [[reduce_rows(x, train, n) for train, _ in splits(fold)] for fold in folds]
    else:
        whole = x if way == "usual" else x @ x.T
        data = [whole] * repeats
    held_out = np.mean([cross_validate(way, own, fold, n) for own, fold in zip(data, folds)], 0)
    folds_seconds, folds_cpu = time.perf_counter() - start, time.process_time() - cpu
    start, cpu = time.perf_counter(), time.process_time()
    for _ in range(done):
        flip = rng.random(n) < 0.5
        order = np.r_[np.arange(n) + n * flip, np.arange(n) + n * ~flip]
        own = exchanged(way, whole, order)
        FITS[way](own, np.arange(n), n)
        for fold_data, fold in zip(data, folds):
            if way == "reduced":
                cross_validate(way, fold_data, fold, n, order)
            else:
                cross_validate(way, own, fold, n)
    each = (time.perf_counter() - start) / done
    each_cpu = (time.process_time() - cpu) / done
    return {
        "way": way,
        "seconds": folds_seconds + each * wanted,
        "scaledFrom": {"permutations": done},
        "secondsPerPermutation": each,
        "cpuSecondsPerPermutation": each_cpu,
        "secondsFolds": folds_seconds,
        "cpuSecondsFolds": folds_cpu,
        "heldOutRatio": held_out[0][0] / held_out[0][1],
    }


print(json.dumps(main()))
