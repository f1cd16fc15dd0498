"""Writes scipy_reference.json: principal angles by scipy.linalg.subspace_angles (float64).

Run with any Python that has numpy and scipy: python make_reference.py
"""

import json
from pathlib import Path

import numpy as np
from scipy.linalg import subspace_angles

random = np.random.default_rng(20)


def case(name, first, second):
    degrees = np.degrees(np.sort(subspace_angles(first.T, second.T)))
    return {"name": name, "first": first.tolist(), "second": second.tolist(), "degrees": degrees.tolist()}


base = random.normal(size=(3, 12))
mixed = random.normal(size=(3, 3)) @ base
cases = [
    case("unrelated spans", base, random.normal(size=(3, 12))),
    case("one span in other words", base, mixed),
    case("a thousandth of a degree apart", base, mixed + 1e-5 * random.normal(size=(3, 12))),
    case("1e-9 apart", base, mixed + 1e-9 * random.normal(size=(3, 12))),
    case("orthogonal spans", np.eye(12)[:2], np.eye(12)[4:6]),
    case("a plane and a line in it", base[:2], (base[0] - 2 * base[1])[None]),
    case("partly shared", base, np.vstack([base[0], random.normal(size=(2, 12))])),
    case("of very different lengths", base * [[1e-5], [1], [1e5]], random.normal(size=(3, 12))),
    case("oblique members", base[:1] + 1e-4 * base, random.normal(size=(2, 12))),
]
out = Path(__file__).with_name("scipy_reference.json")
out.write_text(json.dumps({"cases": cases}, indent=1) + "\n")
