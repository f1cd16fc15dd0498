"""Writes expected.json: what numpy and scipy give for the validation of samples/him.npy against samples/her.npy.

Independent of the TypeScript implementation in everything but the splits: random numbers, folds and exchanges are
the same by construction (the generator is written again below), the method is the literal one. Every fit centres
the rows, takes the principal components of all 3072 neurons by SVD, projects, shrinks and calls scipy's
generalized eigensolver.

    python test/golden/validation/data/expected.py     (numpy, scipy, scikit-learn)
"""

import json
import pathlib

import numpy as np
import scipy.linalg
from sklearn.covariance import ledoit_wolf_shrinkage, oas

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parents[3] / "samples"
SHARE, GAMMA, COMPONENTS, FOLDS, REPEATS, SEED, PERMUTATIONS, RESAMPLES = 0.99, 0.01, 5, 5, 3, 1, 12, 4
MASK = 0xFFFFFFFF
PURPOSES = {"folds": 1, "permutation": 2, "bootstrap": 3}


class Stream:
    """xoshiro128** seeded through MurmurHash3's finalizer."""

    def __init__(self, seed, purpose, index):
        state = self.mix(seed & MASK)
        state = self.mix(state ^ (seed >> 32))
        state = self.mix(state ^ purpose)
        state = self.mix(state ^ index)
        self.s = [self.mix(state + k & MASK) for k in (0x9E3779B9, 0x3C6EF372, 0xDAA66D2B, 0x78DDE6E4)]

    @staticmethod
    def mix(h):
        h ^= h >> 16
        h = h * 0x85EBCA6B & MASK
        h ^= h >> 13
        h = h * 0xC2B2AE35 & MASK
        return h ^ h >> 16

    @staticmethod
    def rotate(x, k):
        return (x << k | x >> 32 - k) & MASK

    def next(self):
        s = self.s
        result = self.rotate(s[1] * 5 & MASK, 7) * 9 & MASK
        t = s[1] << 9 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = self.rotate(s[3], 11)
        return result

    def below(self, bound):
        limit = 2**32 - 2**32 % bound
        while True:
            bits = self.next()
            if bits < limit:
                return bits % bound

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]


def folds_of_pairs(pairs, repeat):
    """Fold of each pair: shuffled pairs, dealt to the emptiest fold in turn."""
    order = list(range(pairs))
    Stream(SEED, PURPOSES["folds"], repeat).shuffle(order)
    fold = np.empty(pairs, int)
    for place, pair in enumerate(order):
        fold[pair] = place % FOLDS
    return fold


def exchange(a, b, index):
    """Swaps members of pairs: each pair's two labels are shuffled."""
    stream = Stream(SEED, PURPOSES["permutation"], index)
    a, b = a.copy(), b.copy()
    for i in range(len(a)):
        labels = [1, 0]
        stream.shuffle(labels)
        if labels == [0, 1]:
            a[i], b[i] = b[i].copy(), a[i].copy()
    return a, b


def compress(a, b, share):
    z = np.vstack([(x - x.mean(0)) / np.sqrt(2 * (len(x) - 1)) for x in (a, b)])
    _, s, vt = np.linalg.svd(z, full_matrices=False)
    k = int(np.searchsorted(np.cumsum(s**2), share * (z**2).sum())) + 1
    return vt[:k].T


def directions(a, b, share=SHARE, gamma=GAMMA, count=COMPONENTS):
    """Unit directions [D, count] with most variance in a for least in b."""
    v = compress(a, b, share)
    s, r = np.cov(a @ v, rowvar=False), np.cov(b @ v, rowvar=False)
    k = v.shape[1]
    shrunk = (1 - gamma) * r + gamma * np.trace(r) / k * np.eye(k)
    values, w = scipy.linalg.eigh(s, shrunk)
    u = v @ w[:, ::-1][:, :count]
    return u / np.linalg.norm(u, axis=0), values[::-1][:count]


def mean_difference(a, b):
    d = a.mean(0) - b.mean(0)
    return (d / np.linalg.norm(d))[:, None]


def linear_discriminant(a, b):
    v = compress(a, b, SHARE)
    c = (np.cov(a @ v, rowvar=False) + np.cov(b @ v, rowvar=False)) / 2
    k = v.shape[1]
    c = (1 - GAMMA) * c + GAMMA * np.trace(c) / k * np.eye(k)
    u = v @ np.linalg.solve(c, (a.mean(0) - b.mean(0)) @ v)
    return (u / np.linalg.norm(u))[:, None]


def area(x, y):
    return float(((x[:, None] > y[None]) + 0.5 * (x[:, None] == y[None])).mean())


def pooled(a, b, fit, repeats, carried_first=True):
    """Scores of every direction that `fit` returns, pooled over the folds of the given repeats."""
    sums = None
    for repeat in repeats:
        fold = folds_of_pairs(len(a), repeat)
        for f in range(FOLDS):
            train, test = fold != f, fold == f
            u = fit(a[train], b[train])
            pa, pb, ta, tb = a[test] @ u, b[test] @ u, a[train] @ u, b[train] @ u
            rows = []
            for c in range(u.shape[1]):
                sign = 1 if ta[:, c].mean() >= tb[:, c].mean() else -1
                da, db = abs(pa[:, c] - ta[:, c].mean()), abs(pb[:, c] - tb[:, c].mean())
                n = len(pa)
                rows.append(
                    [
                        ((pa[:, c] - pa[:, c].mean()) ** 2).sum(),
                        ((pb[:, c] - pb[:, c].mean()) ** 2).sum(),
                        n - 1,
                        area(sign * pa[:, c], sign * pb[:, c]) * n * n,
                        (area(da, db) if carried_first else area(db, da)) * n * n,
                        n * n,
                    ]
                )
            sums = np.array(rows) if sums is None else sums + rows
    return sums


def score(sums, carried_first=True):
    va, vb = sums[0] / sums[2], sums[1] / sums[2]
    return {
        "carried": va if carried_first else vb,
        "silenced": vb if carried_first else va,
        "auc": sums[3] / sums[5],
        "magnitudeAuc": sums[4] / sums[5],
    }


def statistics(a, b):
    """In-sample and held-out ratios of one labelling: forward in sample, swapped, forward held out, swapped."""
    out = []
    for first, second in ((a, b), (b, a)):
        u, _ = directions(first, second)
        out.append((first @ u).var(0, ddof=1) / (second @ u).var(0, ddof=1))
    forward = pooled(a, b, lambda x, y: directions(x, y)[0], [0])
    swapped = pooled(a, b, lambda x, y: directions(y, x)[0], [0])
    out.append((forward[:, 0] / forward[:, 1]))
    out.append((swapped[:, 1] / swapped[:, 0]))
    return [list(map(float, part)) for part in out]


def grid(a, b, shrinkages, shares):
    ratios = []
    for gamma in shrinkages:
        for share in shares:
            sums = pooled(a, b, lambda x, y: directions(x, y, share, gamma, 1)[0], [0, 1])
            ratios.append(float(sums[0][0] / sums[0][1]))
    return ratios


def resampled_angle(a, b, index):
    stream = Stream(SEED, PURPOSES["bootstrap"], index)
    drawn = [stream.below(len(a)) for _ in range(len(a))]
    u = directions(a, b, count=3)[0]
    w = directions(a[drawn], b[drawn], count=3)[0]
    largest = scipy.linalg.subspace_angles(u, w).max()
    return [float(np.degrees(np.arccos(min(1, abs(u[:, 0] @ w[:, 0]))))), float(np.degrees(largest))]


def main():
    a = np.load(SAMPLES / "him.npy").astype(float)
    b = np.load(SAMPLES / "her.npy").astype(float)
    repeats = range(REPEATS)
    forward = pooled(a, b, lambda x, y: directions(x, y)[0], repeats)
    swapped = pooled(a, b, lambda x, y: directions(y, x)[0], repeats, False)
    v = compress(a, b, SHARE)
    reference = (b - b.mean(0)) @ v
    shrinkages, shares = [0.001, 0.01, 0.3, 1], [0.5, 0.9, 0.99]
    expected = {
        "options": {
            "variance": SHARE,
            "shrinkage": GAMMA,
            "components": COMPONENTS,
            "folds": FOLDS,
            "repeats": REPEATS,
            "seed": SEED,
            "permutations": PERMUTATIONS,
        },
        "foldOfPair": [folds_of_pairs(len(a), r).tolist() for r in repeats],
        "forward": [score(s) for s in forward],
        "swapped": [score(s, False) for s in swapped],
        "meanDifference": score(pooled(a, b, mean_difference, repeats)[0]),
        "linearDiscriminant": score(pooled(a, b, linear_discriminant, repeats)[0]),
        "observed": statistics(a, b),
        "permuted": [statistics(*exchange(a, b, i)) for i in range(PERMUTATIONS)],
        "ledoitWolf": float(ledoit_wolf_shrinkage(reference, assume_centered=True)),
        "oracleApproximating": float(oas(reference, assume_centered=True)[1]),
        "grid": {"shrinkages": shrinkages, "shares": shares, "heldOutRatio": grid(a, b, shrinkages, shares)},
        "resampledAngles": [resampled_angle(a, b, i) for i in range(RESAMPLES)],
    }
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
