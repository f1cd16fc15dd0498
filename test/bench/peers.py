"""One peer on one workload, in a process of its own; prints one JSON object.

python peers.py literal|sklearn|svd|mne TARGET.npy REFERENCE.npy
python peers.py eigh ORDER [REPEATS]
python peers.py draw FOLDER NAME ROWS COLUMNS decaying|flat float16|float32 (makes seeded data)
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


def sklearn(a, b):
    from sklearn.decomposition import PCA

    scores = PCA(SHARE).fit_transform(scaled_stack(a, b))
    half = len(a)
    return separate(2 * scores[:half].T @ scores[:half], 2 * scores[half:].T @ scores[half:])


def svd(a, b):
    """What a numpy user with fewer rows than neurons would write."""
    u, lengths, _ = np.linalg.svd(scaled_stack(a, b), full_matrices=False)
    k = kept(lengths**2)
    scores = u[:, :k] * lengths[:k]
    half = len(a)
    return separate(2 * scores[:half].T @ scores[:half], 2 * scores[half:].T @ scores[half:])


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


def run(name, target, reference):
    started = time.perf_counter()
    a, b = (np.load(path, mmap_mode="r") for path in (target, reference))
    a, b = (np.asarray(x, dtype=np.float64) for x in (a, b))
    loaded = time.perf_counter()
    values, _ = {"literal": literal, "sklearn": sklearn, "svd": svd, "mne": mne}[name](a, b)
    done = time.perf_counter()
    return {
        "read": loaded - started,
        "compute": done - loaded,
        "total": done - started,
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


def draw(folder, name, rows, columns, spectrum, kind):
    """Two conditions that share most directions; the target has more variance in the first few."""
    generator = np.random.default_rng(20240607)
    index = np.arange(columns)
    # 99 % of the variance lies in about 7.5 % and 61 % of the directions.
    rate = 59 if spectrum == "decaying" else 7.0
    variance = np.exp(-index * rate / columns)
    reflections = generator.standard_normal((3, columns))
    for condition, emphasis in (("target", 3.0), ("reference", 1.0)):
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
        folder, name, rows, columns, spectrum, kind = rest
        found = draw(folder, name, int(rows), int(columns), spectrum, kind)
    else:
        found = run(command, *rest)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**found, "peakMegabytes": peak}))


main(*sys.argv[1:])
