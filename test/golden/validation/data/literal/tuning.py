"""Nested choice of shrinkage and share: every candidate is fitted from scratch without every fold, and every two."""

from collections import Counter

import numpy as np

from .method import compress, separate
from .permutation import residuals

SHRINKAGES = [0.001, 0.01, 0.1, 0.5]
SHARES = [0.9, 0.95, 0.99, 0.999]


def candidates(fit, most_share):
    """Shrinkages and shares, those of `fit` among them, ascending."""
    shares = [share for share in SHARES if share <= most_share]
    return sorted({*SHRINKAGES, fit["shrinkage"]}), sorted({*shares, fit["variance"]})


def ratio(x, labels, true_labels, splits, shrinkage, share):
    """Held-out ratio of component 1 of the direction that carries label 1, pooled over splits."""
    squares, freedom = np.zeros(2), np.zeros(2)
    for train, test in splits:
        e = residuals(x, true_labels, train)
        a, b = e[train & (labels == 1)], e[train & (labels == 0)]
        u, _ = separate(a, b, compress(a, b, share), shrinkage, 1)
        for i, label in enumerate((1, 0)):
            y = e[test & (labels == label)] @ u[:, 0]
            squares[i] += ((y - y.mean()) ** 2).sum() if len(y) else 0
            freedom[i] += max(0, len(y) - 1)
    target, reference = squares / freedom
    return target / reference


def inner(splits, fold):
    """Each other fold tested by the fit without it and `fold`."""
    held_out = splits[fold][1]
    return [(train & ~held_out, test) for f, (train, test) in enumerate(splits) if f != fold]


class Choices:
    """What all rows choose, by the folds of all repeats, and what each fold's training rows choose by the others."""

    def __init__(self, x, labels, true_labels, repeats, fit, most_share):
        self.axes = candidates(fit, most_share)
        self.fit = fit
        self.repeats = repeats
        self.of = lambda splits, pair: ratio(x, labels, true_labels, splits, *pair)
        self.pairs = [(shrinkage, share) for shrinkage in self.axes[0] for share in self.axes[1]]
        self.ratios = [np.exp(np.mean([np.log(self.of(splits, pair)) for splits in repeats])) for pair in self.pairs]
        self.whole = self.fit_of(self.ratios)
        self.folds = [
            [self.fit_of([self.of(inner(splits, f), pair) for pair in self.pairs]) for f in range(len(splits))]
            for splits in repeats
        ]

    def fit_of(self, ratios):
        # Shares that keep as many components give the same ratio but for rounding: the first of them is chosen.
        best = next(i for i, own in enumerate(ratios) if own >= max(ratios) * (1 - 1e-12))
        shrinkage, share = self.pairs[best]
        return {**self.fit, "shrinkage": shrinkage, "variance": share}

    def report(self):
        def choice(fit):
            return {"shrinkage": fit["shrinkage"], "share": fit["variance"]}

        counts = Counter((fit["shrinkage"], fit["variance"]) for own in self.folds for fit in own)
        given = choice(self.fit)
        return {
            "shrinkages": self.axes[0],
            "shares": self.axes[1],
            "chosen": choice(self.whole),
            "folds": [
                {"shrinkage": shrinkage, "share": share, "count": count}
                for (shrinkage, share), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            ],
            "given": {**given, "heldOutRatio": self.ratios[self.pairs.index(tuple(given.values()))]},
            "largestRatio": max(self.ratios),
        }
