"""Writes scipy_reference.json: small matrices and what numpy and scipy say of them (float64).

Run with any Python that has numpy and scipy: python make_reference.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
import scipy.linalg

generator = np.random.default_rng(20240607)


def symmetric(values):
    """A symmetric matrix with these eigenvalues and random eigenvectors."""
    values = np.asarray(values, dtype=float)
    q, _ = np.linalg.qr(generator.standard_normal((values.size, values.size)))
    a = (q * values) @ q.T
    return (a + a.T) / 2


def eigen_case(name, a):
    return {
        "name": name,
        "matrix": a.tolist(),
        "values": scipy.linalg.eigh(a, eigvals_only=True)[::-1].tolist(),
        "rank": int(np.linalg.matrix_rank(a, hermitian=True)),
    }


def definite_case(name, s, r):
    return {
        "name": name,
        "s": s.tolist(),
        "r": r.tolist(),
        "cholesky": scipy.linalg.cholesky(r, lower=True).tolist(),
        "values": scipy.linalg.eigh(s, r, eigvals_only=True)[::-1].tolist(),
    }


n = 12
half = generator.standard_normal((5, n))
wilkinson = np.diag(np.abs(np.arange(n) - (n - 1) / 2)) + np.eye(n, k=1) + np.eye(n, k=-1)
reference = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "eigen": [
        eigen_case("random", symmetric(generator.standard_normal(n))),
        eigen_case("clustered", symmetric([1] * 6 + [1 + 1e-9] * 3 + [2] * 3)),
        eigen_case("rank deficient", half.T @ half),
        eigen_case("graded", symmetric(10.0 ** -np.arange(n))),
        eigen_case("wilkinson", wilkinson),
        eigen_case("one", np.array([[3.5]])),
        eigen_case("two", np.array([[2.0, 1.0], [1.0, 2.0]])),
    ],
    "definite": [
        definite_case(
            "random",
            symmetric(generator.uniform(0, 2, n)),
            symmetric(generator.uniform(0.5, 2, n)),
        ),
        definite_case(
            "shrunk rank-deficient reference",
            symmetric(generator.uniform(0, 2, n)),
            0.99 * half.T @ half + 0.01 * np.trace(half.T @ half) / n * np.eye(n),
        ),
    ],
}
Path(__file__).with_name("scipy_reference.json").write_text(json.dumps(reference) + "\n")
