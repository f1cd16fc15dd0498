"""One peer on one workload, in a process of its own; prints one JSON object.

python peers.py literal|literal-best|sklearn|sklearn-best|svd|mne TARGET.npy REFERENCE.npy
python peers.py eigh ORDER [REPEATS]
python peers.py draw FOLDER NAME ROWS COLUMNS decaying|flat float16|float32 [EMPHASIS] (makes seeded data)

Libraries are imported before the clock starts. `-best` is the same procedure in the settings that an expert would
choose for these shapes.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import scipy.linalg

SHARE = 0.99
GAMMA = 0.01


def separate(s, r):
    k = len(s)
    shrunk = (1 - GAMMA) * r + GAMMA * np.trace(r) / k * np.eye(k)
    return scipy.linalg.eigh(s, shrunk)


def kept(values):
    """How many of these descending eigenvalues hold the share."""
    return int(np.searchsorted(np.cumsum(values) / values.sum(), SHARE)) + 1


def scaled_stack(a, b):
    """The centred rows Z of both conditions with Z'Z = (S + R) / 2."""
    return np.concatenate([(x - x.mean(0)) / np.sqrt(2 * (len(x) - 1)) for x in (a, b)])


def literal(a, b):
    """The procedure as a paper states it: two covariances, their mean, its eigenvectors."""
    s, r = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    values, vectors = scipy.linalg.eigh((s + r) / 2)
    values, vectors = values[::-1], vectors[:, ::-1]
    v = vectors[:, : kept(values)]
    return separate(v.T @ s @ v, v.T @ r @ v)


def literal_best(a, b):
    """The same in single precision where there are many rows, by LAPACK's divide and conquer."""
    if len(a) > a.shape[1]:
        a, b = a.astype(np.float32), b.astype(np.float32)
    s, r = (np.cov(x, rowvar=False, dtype=x.dtype).astype(np.float64) for x in (a, b))
    values, vectors = scipy.linalg.eigh((s + r) / 2, driver="evd", overwrite_a=True, check_finite=False)
    v = vectors[:, ::-1][:, : kept(values[::-1])]
    return separate(v.T @ s @ v, v.T @ r @ v)


def separate_scores(scores, half):
    return separate(2 * scores[:half].T @ scores[:half], 2 * scores[half:].T @ scores[half:])


def sklearn(a, b):
    from sklearn.decomposition import PCA

    return separate_scores(PCA(SHARE).fit_transform(scaled_stack(a, b)), len(a))


def sklearn_best(a, b):
    from sklearn.decomposition import PCA

    solver = "covariance_eigh" if 2 * len(a) > a.shape[1] else "full"
    return separate_scores(PCA(SHARE, svd_solver=solver).fit_transform(scaled_stack(a, b)), len(a))


def svd(a, b):
    """What a numpy user with fewer rows than neurons would write."""
    u, lengths, _ = np.linalg.svd(scaled_stack(a, b), full_matrices=False)
    k = kept(lengths**2)
    return separate_scores(u[:, :k] * lengths[:k], len(a))


def mne(a, b):
    """MNE's decoding GED on the same principal subspace."""
    from mne.decoding._ged import _smart_ged

    s, r = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    values, vectors = scipy.linalg.eigh((s + r) / 2)
    values, vectors = values[::-1], vectors[:, ::-1]
    k = kept(values)
    shrunk = (1 - GAMMA) * r
    # The restriction matrix projects on the kept components; shrinkage acts there.
    v = vectors[:, :k]
    alpha = np.trace(v.T @ r @ v) / k
    shrunk += GAMMA * alpha * np.eye(len(r))
    found = _smart_ged(s, shrunk, restr_mat=v.T)
    return np.asarray(found[0]), None


PROCEDURES = {
    "literal": literal,
    "literal-best": literal_best,
    "sklearn": sklearn,
    "sklearn-best": sklearn_best,
    "svd": svd,
    "mne": mne,
}


def load_libraries(name):
    """What the procedure would otherwise import under the clock, warmed up on a few rows."""
    started = time.perf_counter()
    generator = np.random.default_rng(0)
    PROCEDURES[name](*(generator.standard_normal((20, 4)) for _ in range(2)))
    return time.perf_counter() - started


def run(name, target, reference):
    imported = load_libraries(name)
    started, cpu = time.perf_counter(), time.process_time()
    a, b = (np.load(path, mmap_mode="r") for path in (target, reference))
    a, b = (np.asarray(x, dtype=np.float64) for x in (a, b))
    loaded = time.perf_counter()
    values, _ = PROCEDURES[name](a, b)
    done = time.perf_counter()
    return {
        "import": imported,
        "read": loaded - started,
        "compute": done - loaded,
        "total": done - started,
        "cpu": time.process_time() - cpu,
        "eigenvalues": values[::-1].tolist(),
    }


def eigh(order, repeats):
    generator = np.random.default_rng(order)
    a = generator.standard_normal((order, order))
    a += a.T
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        scipy.linalg.eigh(a)
        seconds.append(time.perf_counter() - started)
    return {"compute": sorted(seconds)[repeats // 2], "cpu": time.process_time()}


def draw(folder, name, rows, columns, spectrum, kind, contrast):
    """Two conditions that share most directions; the target has `contrast` times the deviation in the first few."""
    generator = np.random.default_rng(20240607)
    index = np.arange(columns)
    # 99 % of the variance lies in about 7.5 % and 61 % of the directions.
    rate = 59 if spectrum == "decaying" else 7.0
    variance = np.exp(-index * rate / columns)
    reflections = generator.standard_normal((3, columns))
    for condition, emphasis in (("target", contrast), ("reference", 1.0)):
        deviation = np.sqrt(variance)
        deviation[2:7] *= emphasis
        path = Path(folder) / f"{name}-{condition}.npy"
        out = np.lib.format.open_memmap(path, "w+", np.dtype(kind), (rows, columns))
        for start in range(0, rows, 4096):
            block = generator.standard_normal((min(4096, rows - start), columns)) * deviation
            for v in reflections:
                block -= np.outer(block @ v, 2 * v / (v @ v))
            out[start : start + len(block)] = block + 0.5
        out.flush()
    return {}


def main(command, *rest):
    if command == "eigh":
        found = eigh(int(rest[0]), int(rest[1]) if len(rest) > 1 else 1)
    elif command == "draw":
        folder, name, rows, columns, spectrum, kind, *contrast = rest
        emphasis = float(contrast[0]) if contrast else 3.0
        found = draw(folder, name, int(rows), int(columns), spectrum, kind, emphasis)
    else:
        found = run(command, *rest)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**found, "peakMegabytes": peak}))


main(*sys.argv[1:])
