"""Bootstrap of component 1, and the grid of shrinkage and share; refitting from scratch each time."""

import numpy as np
import scipy.linalg
from sklearn.covariance import ledoit_wolf_shrinkage, oas

from .method import compress, separate, settled
from .stream import BOOTSTRAP, Stream

RESAMPLES, COMPARED, TOP, REPORTED = 200, 3, 20, 50


def drawn_rows(design, allowed, index):
    """Units with replacement; if rows stand alone, clusters within each condition and mixed ones among themselves."""
    stream = Stream(design.seed, BOOTSTRAP, index)
    sets = design.clusters if design.kind == "none" else design.units
    sets = [rows[allowed[rows]] for rows in sets]
    sets = [rows for rows in sets if len(rows) > 0]
    pools = [sets]
    if design.kind == "none":
        pure = [rows for rows in sets if not design.is_mixed(rows)]
        pools = [[rows for rows in pure if design.labels[rows[0]] == label] for label in (1, 0)]
        pools.append([rows for rows in sets if design.is_mixed(rows)])
    return np.concatenate([pool[stream.below(len(pool))] for pool in pools for _ in pool])


def middle(values):
    low, median, high = np.quantile(values, [0.025, 0.5, 0.975])
    return {"median": median, "low": low, "high": high}


def interval(values):
    low, high = np.quantile(values, [0.025, 0.975])
    return {"low": low, "high": high}


def stability(x, design, allowed, fit):
    labels = design.labels

    def directions(rows):
        a, b = x[rows[labels[rows] == 1]], x[rows[labels[rows] == 0]]
        v = compress(a, b, fit["variance"])
        return separate(a, b, v, fit["shrinkage"], COMPARED)[0], a

    observed = settled(directions(np.flatnonzero(allowed))[0])
    angles, largest, loadings, patterns = [], [], [], []
    for index in range(RESAMPLES):
        u, a = directions(drawn_rows(design, allowed, index))
        cosine = observed[:, 0] @ u[:, 0]
        first = u[:, 0] * (1 if cosine >= 0 else -1)
        angles.append(np.degrees(np.arccos(min(1, abs(cosine)))))
        largest.append(np.degrees(scipy.linalg.subspace_angles(observed, u).max()))
        centred = a - a.mean(0)
        loadings.append(first)
        patterns.append(centred.T @ (centred @ first) / (len(a) - 1))
    loadings, patterns = np.array(loadings), np.array(patterns)
    tops = np.argsort(-abs(loadings), axis=1)[:, :TOP]
    neurons = np.argsort(-abs(observed[:, 0]))[:REPORTED]
    return {
        "resamples": RESAMPLES,
        "seed": design.seed,
        "angle": middle(angles),
        "subspaceAngle": {"components": COMPARED, **middle(largest)},
        "neurons": [
            {
                "neuron": int(j),
                "loading": interval(loadings[:, j]),
                "pattern": interval(patterns[:, j]),
                "topShare": float((tops == j).any(1).mean()),
            }
            for j in neurons
        ],
    }


def grid(x, labels, allowed, repeats, fit):
    """exp(mean over repeats of log(ratio pooled over folds)) of component 1 for each shrinkage and share."""
    shrinkages = sorted({0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, fit["shrinkage"]})
    shares = sorted({0.5, 0.8, 0.9, 0.95, 0.99, 0.999, fit["variance"]})
    logs = np.zeros((len(shrinkages), len(shares)))
    for splits in repeats:
        squares = np.zeros((2, len(shrinkages), len(shares)))
        freedom = np.zeros(2)
        for train, test in splits:
            a, b = x[train & (labels == 1)], x[train & (labels == 0)]
            tested = x[test & (labels == 1)], x[test & (labels == 0)]
            freedom += [max(0, len(y) - 1) for y in tested]
            for s, share in enumerate(shares):
                v = compress(a, b, share)
                for g, gamma in enumerate(shrinkages):
                    u = separate(a, b, v, gamma, 1)[0][:, 0]
                    for i, y in enumerate(tested):
                        squares[i, g, s] += (((y - y.mean(0)) @ u) ** 2).sum() if len(y) else 0
        logs += np.log(squares[0] / freedom[0] / (squares[1] / freedom[1])) / len(repeats)
    a, b = x[allowed & (labels == 1)], x[allowed & (labels == 0)]
    g, s = np.unravel_index(logs.argmax(), logs.shape)
    reference = (b - b.mean(0)) @ compress(a, b, fit["variance"])
    return {
        "shrinkages": shrinkages,
        "shares": shares,
        "heldOutRatio": np.exp(logs).ravel(),
        "components": [compress(a, b, share).shape[1] for share in shares],
        "suggestion": {"shrinkage": shrinkages[g], "share": shares[s]},
        "ledoitWolf": ledoit_wolf_shrinkage(reference, assume_centered=True),
        "oracleApproximating": oas(reference, assume_centered=True)[1],
    }
