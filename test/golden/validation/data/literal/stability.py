"""Bootstrap of component 1, and the grid of shrinkage and share; refitting from scratch each time."""

import numpy as np
import scipy.linalg
from sklearn.covariance import ledoit_wolf_shrinkage, oas

from .method import compress, separate, settled
from .stream import BOOTSTRAP, Stream

RESAMPLES, COMPARED, TOP, REPORTED = 200, 3, 20, 50


def drawn_rows(design, labels, allowed, index):
    """Units with replacement; if rows stand alone, clusters within each condition and mixed ones among themselves."""
    stream = Stream(design.seed, BOOTSTRAP, index)
    sets = design.clusters if design.kind == "none" else design.units
    sets = [rows[allowed[rows]] for rows in sets]
    sets = [rows for rows in sets if len(rows) > 0]
    pools = [sets]
    if design.kind == "none":
        pure = [rows for rows in sets if len(set(labels[rows])) == 1]
        pools = [[rows for rows in pure if labels[rows[0]] == label] for label in (1, 0)]
        pools.append([rows for rows in sets if len(set(labels[rows])) == 2])
    return np.concatenate([pool[stream.below(len(pool))] for pool in pools for _ in pool])


def middle(values):
    low, median, high = np.quantile(values, [0.025, 0.5, 0.975])
    return {"median": median, "low": low, "high": high}


def interval(values):
    low, high = np.quantile(values, [0.025, 0.975])
    return {"low": low, "high": high}


def fitted(x, labels, carries, fit, count):
    """Unit directions [D, count] and the rows of the condition that they carry."""
    a, b = x[labels == 1], x[labels == 0]
    v = compress(a, b, fit["variance"])
    carried, silenced = (a, b) if carries == "target" else (b, a)
    return separate(carried, silenced, v, fit["shrinkage"], count)[0], carried


def about_conditions(x, conditions):
    """Rows about the mean of their own condition, whatever labels they are fitted with."""
    return x - np.array([x[conditions == own].mean(0) for own in conditions])


def pattern(carried, u):
    centred = carried - carried.mean(0)
    return centred.T @ (centred @ u) / (len(carried) - 1)


def structure(carried, u):
    return pattern(carried, u) / (carried @ u).std(ddof=1)


def resampled(x, design, allowed, fit, carries, observed, plan=None):
    """Of every resample: angles, loadings and patterns; with permuted labels if there is a plan of them."""
    angles, largest, loadings, patterns = [], [], [], []
    for index in range(RESAMPLES):
        labels = design.labels if plan is None else design.permuted(plan, index)
        rows = drawn_rows(design, labels, allowed, index)
        drawn = x[rows] if plan is None else about_conditions(x[rows], design.labels[rows])
        u, carried = fitted(drawn, labels[rows], carries, fit, COMPARED)
        cosine = observed[:, 0] @ u[:, 0]
        first = u[:, 0] * (1 if cosine >= 0 else -1)
        angles.append(np.degrees(np.arccos(min(1, abs(cosine)))))
        largest.append(np.degrees(scipy.linalg.subspace_angles(observed, u).max()))
        loadings.append(first)
        patterns.append(pattern(carried, first))
    return angles, largest, np.array(loadings), np.array(patterns)


def of_neurons(loadings, patterns, neurons):
    tops = np.argsort(-abs(loadings), axis=1)[:, :TOP]
    return [
        {
            "loading": interval(loadings[:, j]),
            "pattern": interval(patterns[:, j]),
            "topShare": float((tops == j).any(1).mean()),
        }
        for j in neurons
    ]


def false_discovery_rates(observed, permuted, p):
    """Of each neuron the least, over thresholds it reaches, of reached per labelling over reached with the observed."""
    everything = abs(np.vstack([observed, permuted]))
    scales = np.sqrt((everything**2).mean(0))
    varies = scales > 1e-10 * scales.max()
    ratios = np.where(varies, everything, 0) / np.where(varies, scales, 1)
    rates = {t: (ratios >= t).sum() / len(ratios) / (ratios[0] >= t).sum() for t in ratios[0]}
    return np.array([max(p, min(1, min(rate for t, rate in rates.items() if t <= own))) for own in ratios[0]])


def stability(x, design, allowed, fit, carries, plan, permutations, p):
    u, carried = fitted(x[allowed], design.labels[allowed], carries, fit, COMPARED)
    observed = settled(u)
    angles, largest, *evidence = resampled(x, design, allowed, fit, carries, observed)
    neurons = np.argsort(-abs(observed[:, 0]))[:REPORTED]
    _, _, *permuted = resampled(x, design, allowed, fit, carries, observed, plan)
    e = about_conditions(x[allowed], design.labels[allowed])
    own = {"loading": observed[:, 0], "pattern": structure(carried, observed[:, 0])}
    nulls = {"loading": [], "pattern": []}
    count = min(RESAMPLES, permutations)
    for index in range(count):
        w, rows = fitted(e, design.permuted(plan, index)[allowed], carries, fit, 1)
        nulls["loading"].append(w[:, 0])
        nulls["pattern"].append(structure(rows, w[:, 0]))
    q = {name: false_discovery_rates(own[name], np.array(nulls[name]), p) for name in own}
    found = {name: [int(j) for j in np.argsort(-abs(own[name])) if q[name][j] <= 0.05] for name in own}
    return {
        "resamples": RESAMPLES,
        "seed": design.seed,
        "angle": middle(angles),
        "subspaceAngle": {"components": COMPARED, **middle(largest)},
        "neurons": [
            {"neuron": int(j), **drawn, "permuted": null, "q": {name: q[name][j] for name in own}}
            for j, drawn, null in zip(neurons, of_neurons(*evidence, neurons), of_neurons(*permuted, neurons))
        ],
        "discoveries": {"rate": 0.05, "permutations": count, **found},
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
