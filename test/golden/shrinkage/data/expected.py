"""Writes expected.json: a run with estimated shrinkage, literally, by NumPy, SciPy and scikit-learn in float64."""

import json
import pathlib

import numpy as np
import scipy.linalg
from sklearn.covariance import ledoit_wolf_shrinkage, oas

root = pathlib.Path(__file__).parents[4]
estimators = {
    "ledoit-wolf": lambda rows: ledoit_wolf_shrinkage(rows, assume_centered=True),
    "oas": lambda rows: oas(rows, assume_centered=True)[1],
}


def compress(him, her, share):
    average = (np.cov(him, rowvar=False) + np.cov(her, rowvar=False)) / 2
    values, vectors = np.linalg.eigh(average)
    values, vectors = values[::-1], vectors[:, ::-1]
    k = np.searchsorted(np.cumsum(values) / values.sum(), share) + 1
    return [(rows - rows.mean(0)) @ vectors[:, :k] for rows in (him, her)]


def separate(carried, silenced, estimate):
    gamma = estimate(silenced)
    k = silenced.shape[1]
    r = np.cov(silenced, rowvar=False)
    shrunk = (1 - gamma) * r + gamma * np.trace(r) / k * np.eye(k)
    values = scipy.linalg.eigh(np.cov(carried, rowvar=False), shrunk, eigvals_only=True)
    return {"gamma": gamma, "eigenvalues": values[::-1][:5].tolist()}


expected = {}
for name, folder in {"mpnet": "samples", "minilm": "test/golden/data/minilm"}.items():
    rows = [np.load(root / folder / f"{word}.npy").astype(float) for word in ("him", "her")]
    him, her = compress(*rows, 0.99)
    expected[name] = {
        estimator: {"forward": separate(him, her, estimate), "swapped": separate(her, him, estimate)}
        for estimator, estimate in estimators.items()
    }
path = pathlib.Path(__file__).with_name("expected.json")
path.write_text(json.dumps(expected, indent=1) + "\n")
