"""Writes expected.json: what numpy and scipy give in float64 where numbers come to their edges.

The procedure is the literal one: principal components of the average covariance (singular vectors of the stacked,
centred rows), both covariances projected on them, shrinkage, scipy's generalized eigensolver.

    python test/golden/edges/data/expected.py     (numpy, scipy)
"""

import json
import pathlib

import numpy as np
import scipy.linalg

HERE = pathlib.Path(__file__).parent
GAMMA = 0.01
SCALES = [1, 1e-3, 1e-6, 1e-8, 1e-10]


def scaled_rows(target, reference):
    halves = [(x - x.mean(0)) / np.sqrt(2 * (len(x) - 1)) for x in (target, reference)]
    return np.vstack(halves)


def cut(values, share):
    return int(np.argmax(np.cumsum(values) / values.sum() >= share)) + 1


def solve(carried, silenced):
    k = len(silenced)
    alpha = np.trace(silenced) / k
    shrunk = (1 - GAMMA) * silenced + GAMMA * alpha * np.eye(k)
    values, vectors = scipy.linalg.eigh(carried, shrunk)
    unit = vectors[:, ::-1] / np.linalg.norm(vectors[:, ::-1], axis=0)
    variance = lambda a: np.einsum("ic,ij,jc->c", unit, a, unit)
    return {
        "alpha": alpha,
        "eigenvalues": values[::-1].tolist(),
        "targetVariance": variance(carried).tolist(),
        "referenceVariance": variance(silenced).tolist(),
    }


def separate(target, reference, share):
    _, s, vt = np.linalg.svd(scaled_rows(target, reference), full_matrices=False)
    k = cut(s**2, share)
    v = vt[:k].T
    # Each condition through its own rows.
    a, b = ((x - x.mean(0)) @ v for x in (target, reference))
    covariances = a.T @ a / (len(a) - 1), b.T @ b / (len(b) - 1)
    return {
        "components": k,
        "forward": solve(*covariances),
        "swapped": solve(*covariances[::-1]),
    }


def rows(generator, count, columns, decay, gap=0.0):
    x = generator.standard_normal((count, columns)) * decay ** np.arange(columns) + gap
    return np.round(x, 4)


def main():
    generator = np.random.default_rng(5)
    sizes = {"wide": (14, 30, 0.88), "tall": (50, 24, 0.88), "steep": (40, 64, 0.75)}
    shapes = {}
    for name, (count, columns, decay) in sizes.items():
        target = rows(generator, count, columns, decay, 0.3)
        reference = rows(generator, count, columns, decay + 0.03)
        cases = []
        for scale in SCALES:
            for small in ["reference", "target"]:
                pair = (target, reference * scale) if small == "reference" else (target * scale, reference)
                cases.append({"small": small, "scale": scale, **separate(*pair, 0.97)})
        shapes[name] = {"target": target.tolist(), "reference": reference.tolist(), "cases": cases}

    # Singular values over six orders of magnitude: their squares over twelve.
    graded = {}
    basis = np.linalg.qr(generator.standard_normal((48, 20)))[0].T
    sizes = 10.0 ** np.linspace(0, -5.5, 20)
    for name, seed in [("target", 1), ("reference", 2)]:
        mixing = np.random.default_rng(seed).standard_normal((22, 20))
        graded[name] = (mixing * sizes) @ basis
    z = scaled_rows(graded["target"], graded["reference"])
    s = np.linalg.svd(z, compute_uv=False)
    s = s[s**2 > s[0] ** 2 * z.shape[1] * np.finfo(float).eps]
    expected = {
        "shapes": shapes,
        "graded": {
            **{name: x.tolist() for name, x in graded.items()},
            "eigenvalues": (s**2).tolist(),
            **separate(graded["target"], graded["reference"], 1 - 1e-11),
        },
    }
    (HERE / "expected.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
