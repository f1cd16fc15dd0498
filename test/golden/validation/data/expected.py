"""Writes, into one folder per case, what numpy and scipy give for the validation, and the rows of the cases drawn here.

Independent of the TypeScript implementation in everything but the draws: random numbers, folds, permutations and
resamples are the same by construction, the method is the literal one. Every fit centres the rows, takes the principal
components of all neurons by SVD, projects, shrinks and calls scipy's generalized eigensolver; every statistic is taken
from the projections.

    python test/golden/validation/data/expected.py [CASE...]     (numpy, scipy, scikit-learn)
"""

import json
import pathlib
import sys

import numpy as np

from literal.design import Design
from literal.report import Validation
from literal.transfer import transfer

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parents[3] / "samples"


def labels_of(a, b):
    return np.array([1] * a + [0] * b)


def plain(value):
    if isinstance(value, np.ndarray):
        return value.tolist()
    return value.item()


def write(case, name, value):
    folder = HERE / case
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(value, default=plain, indent=1, allow_nan=False) + "\n")


def draw(a, b, columns, gap, seed):
    """[a + b, D] rows: the target varies more along neuron 2, the reference along 5; means lie `gap` SD apart."""
    random = np.random.default_rng(seed)
    scale = 0.95 ** np.arange(columns)
    x = random.standard_normal((a + b, columns)) * scale
    x[:a, 2] *= 3
    x[a:, 5] *= 2
    away = random.standard_normal(columns)
    x[:a] += gap * np.sqrt((scale**2).mean()) * away / np.linalg.norm(away)
    return x


def validate(case, x, a, names, fit, options, repeats=()):
    """Names: groups and clusters, [N] each. Writes rows, names and expectations of a case."""
    design = Design(labels_of(a, len(x) - a), options["seed"], repeats=repeats, **names)
    if case != "himHer":
        (HERE / case).mkdir(exist_ok=True)
        np.save(HERE / case / "target.npy", x[:a])
        np.save(HERE / case / "reference.npy", x[a:])
    write(case, "names", names)
    write(case, "expected", Validation(x, design, {**fit, "components": 5}, options).expected())
    return design


def him_her():
    x = np.vstack([np.load(SAMPLES / f"{name}.npy").astype(float) for name in ("him", "her")])
    options = {"folds": 5, "repeats": 3, "permutations": 40, "seed": 1, "extended": True}
    names = {"groups": [f"pair {i % 53}" for i in range(106)]}
    validate("himHer", x, 53, names, {"variance": 0.99, "shrinkage": 0.01}, options)


def clusters():
    """Rows that come in neither pairs nor groups: clusters of either condition and of both, repeats, single rows."""
    a, b = 26, 22
    x = draw(a, b, 60, 30, 11)
    names = [f"single {i}" for i in range(a + b)]
    targets = [[0, 1, 2], [3, 4], [5, 6, 7, 8]]
    references = [[a + 3, a + 4, a + 5], [a + 6, a + 7]]
    mixed = [[9, 10, a], [11, a + 1, a + 2]]
    for i, rows in enumerate(targets + references + mixed):
        x[rows] += np.random.default_rng(100 + i).standard_normal(60) * 0.5
        for row in rows:
            names[row] = f"cluster {i}"
    x[21] = x[20]
    x[a + 11] = x[a + 10] + 1e-3 * np.random.default_rng(5).standard_normal(60)
    # The second of two rows that could turn with row 11 is the one that must.
    x[a + 2] = x[11]
    repeats = [[20, 21], [a + 10, a + 11], [11, a + 2]]
    options = {"folds": 5, "repeats": 3, "permutations": 60, "seed": 7, "extended": True}
    options["secondShrinkage"] = 0.3
    fit = {"variance": 0.95, "shrinkage": 0.05}
    design = validate("clusters", x, a, {"clusters": names}, fit, options, repeats)
    direction = np.random.default_rng(6).standard_normal(60)
    target, reference = x[:a] @ direction, x[a:] @ direction
    cases = [
        {
            "carries": carries,
            "upright": upright,
            "permutations": 99,
            "report": transfer(target, reference, design, carries, upright, 99),
        }
        for carries, upright in (("target", True), ("reference", False))
    ]
    write("clusters", "transfer", {"target": target, "reference": reference, "seed": 7, "cases": cases})


def groups():
    """Groups of unequal sizes that hold rows of both conditions, some of one alone, with a repeat and clusters."""
    random = np.random.default_rng(21)
    sizes = [(2 + i % 2, 1 + i % 3) for i in range(10)]
    targets = [f"subject {i}" for i, (n, _) in enumerate(sizes) for _ in range(n)] + ["alone", "alone", "x", "y"]
    references = [f"subject {i}" for i, (_, n) in enumerate(sizes) for _ in range(n)] + ["u", "v", "w"]
    a = len(targets)
    named = targets + references
    x = draw(a, len(references), 60, 3, 22)
    for name in dict.fromkeys(named):
        x[[i for i, own in enumerate(named) if own == name]] += 0.7 * random.standard_normal(60)
    # With one of them left out, subject 0 has as many rows of either condition; those of subject 3 turn together.
    x[1] = x[0]
    x[9] = x[7]
    clusters = [f"row {i}" for i in range(len(named))]
    clusters[5] = clusters[6] = "within a group"
    clusters[10] = clusters[14] = "across two"
    options = {"folds": 4, "repeats": 2, "permutations": 45, "seed": 2**40 + 3, "extended": True}
    fit = {"variance": 0.9, "shrinkage": 0.1}
    validate("groups", x, a, {"groups": named, "clusters": clusters}, fit, options, [[0, 1], [7, 9]])


def train_test():
    """Pairs, of which a named cluster holds two and another is parted by the split."""
    n = 24
    x = draw(n, n, 50, 5, 31)
    x[n:] += 0.8 * (x[:n] - x[:n].mean(0))
    clusters = [f"row {i}" for i in range(2 * n)]
    clusters[1] = clusters[2] = "of two pairs"
    clusters[13] = clusters[14] = "parted"
    names = {"groups": [f"pair {i % n}" for i in range(2 * n)], "clusters": clusters}
    options = {
        "folds": 5,
        "repeats": 3,
        "permutations": 50,
        "seed": 1,
        "extended": True,
        "trainRows": {"start": 0, "stop": 14},
        "testRows": {"start": 14, "stop": 24},
    }
    validate("trainTest", x, n, names, {"variance": 0.95, "shrinkage": 0.02}, options)


def alone_split():
    """A split that parts nothing: rows that stand alone, clusters of either condition and of both, a repeat."""
    n = 28
    x = draw(n, n, 45, 4, 51)
    names = [f"single {i}" for i in range(2 * n)]
    for i, rows in enumerate([[2, 3], [n + 5, n + 6], [7, n + 7, n + 8], [20, n + 20], [24, 25]]):
        x[rows] += np.random.default_rng(200 + i).standard_normal(45) * 0.5
        for row in rows:
            names[row] = f"cluster {i}"
    x[11] = x[10]
    options = {
        "folds": 5,
        "repeats": 3,
        "permutations": 50,
        "seed": 3,
        "extended": True,
        "trainRows": {"start": 0, "stop": 16},
        "testRows": {"start": 16, "stop": 28},
    }
    validate("aloneSplit", x, n, {"clusters": names}, {"variance": 0.9, "shrinkage": 0.05}, options, [[10, 11]])


def few_labellings():
    """So few pairs that permutations meet the observed labelling, and all pairs turned, again and again."""
    n = 8
    x = draw(n, n, 30, 2, 41)
    names = {"groups": [f"pair {i % n}" for i in range(2 * n)]}
    options = {"folds": 4, "repeats": 2, "permutations": 600, "seed": 1, "extended": False}
    validate("fewLabellings", x, n, names, {"variance": 0.9, "shrinkage": 0.1}, options)


def unshrunk():
    """More rows than neurons, independent of one another, and no shrinkage: what theory says of eigenvalues holds."""
    a, b = 44, 36
    x = draw(a, b, 14, 1, 61)
    options = {"folds": 5, "repeats": 2, "permutations": 60, "seed": 9, "extended": True}
    validate("unshrunk", x, a, {}, {"variance": 0.97, "shrinkage": 0}, options)


def tuned():
    """Clusters and single rows of unequal numbers, shrinkage and share chosen in every fold and permutation."""
    a, b = 24, 27
    x = draw(a, b, 40, 4, 71)
    names = [f"single {i}" for i in range(a + b)]
    for i, rows in enumerate([[0, 1], [a + 3, a + 4], [5, a + 5]]):
        x[rows] += np.random.default_rng(300 + i).standard_normal(40) * 0.5
        for row in rows:
            names[row] = f"cluster {i}"
    options = {
        "folds": 4,
        "repeats": 2,
        "permutations": 44,
        "seed": 5,
        "extended": False,
        "tuning": {"mostShare": 0.995},
    }
    validate("tuned", x, a, {"clusters": names}, {"variance": 0.97, "shrinkage": 0.02}, options)


if __name__ == "__main__":
    for case in (him_her, clusters, groups, train_test, alone_split, few_labellings, unshrunk, tuned):
        if len(sys.argv) < 2 or case.__name__ in sys.argv[1:]:
            case()
