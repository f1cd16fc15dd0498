"""Statistics of one labelling on residuals about the training mean of each row's true condition."""

import numpy as np

from .method import compress, separate
from .scores import p_value


def residuals(x, labels, train):
    e = x.copy()
    for label in (0, 1):
        e[labels == label] -= x[train & (labels == label)].mean(0)
    return e


def in_sample(x, labels, true_labels, train, fit):
    """{carries: (ratios [m], ratio of what is left of the traces without component 1)}"""
    e = residuals(x, true_labels, train)
    a, b = e[train & (labels == 1)], e[train & (labels == 0)]
    v = compress(a, b, fit["variance"])
    out = {}
    for carries, carried, silenced in (("target", a, b), ("reference", b, a)):
        u, _ = separate(carried, silenced, v, fit["shrinkage"], fit["components"])
        above, below = (carried @ u).var(0, ddof=1), (silenced @ u).var(0, ddof=1)
        traces = [y.var(0, ddof=1).sum() for y in (carried, silenced)]
        out[carries] = (above / below, (traces[0] - above[0]) / (traces[1] - below[0]))
    return out


def held_out(x, labels, true_labels, repeats, fits, components):
    """{carries: ratios [m]}: exp(mean over repeats of log(ratio pooled over folds))."""
    logs = {"target": [], "reference": []}
    for splits, own_fits in zip(repeats, fits):
        squares = {carries: np.zeros((2, components)) for carries in logs}
        freedom = np.zeros(2)
        for (train, test), fit in zip(splits, own_fits):
            e = residuals(x, true_labels, train)
            a, b = e[train & (labels == 1)], e[train & (labels == 0)]
            tested = e[test & (labels == 1)], e[test & (labels == 0)]
            v = compress(a, b, fit["variance"])
            freedom += [max(0, len(y) - 1) for y in tested]
            for carries, pair in (("target", (a, b)), ("reference", (b, a))):
                u, _ = separate(*pair, v, fit["shrinkage"], fit["components"])
                own = [(((y - y.mean(0)) @ u) ** 2).sum(0) if len(y) else np.zeros(u.shape[1]) for y in tested]
                squares[carries] += own
        for carries, (above, below) in squares.items():
            value = np.log(above / freedom[0] / (below / freedom[1]))
            logs[carries].append(value if carries == "target" else -value)
    return {carries: np.exp(np.mean(values, axis=0)) for carries, values in logs.items()}


class Null:
    """Statistics of the observed labelling (first) and of every permutation, [1 + m] each."""

    def __init__(self, x, design, plan, count, train, repeats, fit, fits_of):
        """fits_of: the options of the fit on all rows, and of the one of each fold of each repeat, for any labels."""
        labellings = [design.labels] + [design.permuted(plan, i) for i in range(count)]
        whole, tested = [], []
        for own in labellings:
            of_whole, of_folds = fits_of(own)
            whole.append(in_sample(x, own, design.labels, train, of_whole))
            tested.append(held_out(x, own, design.labels, repeats, of_folds, fit["components"]))
        self.ratios, self.rests = {}, {}
        for carries in ("target", "reference"):
            self.ratios["inSample", carries] = np.array([own[carries][0] for own in whole])
            self.ratios["heldOut", carries] = np.array([own[carries] for own in tested])
            self.rests[carries] = np.array([own[carries][1] for own in whole])

    def distribution(self, part, carries):
        observed, *permuted = self.ratios[part, carries][:, 0]
        return {
            "observed": observed,
            "permuted": permuted,
            "median": np.median(permuted),
            "maximum": max(permuted),
            "p": p_value(observed, permuted),
        }

    def corrected_p(self, part, carries, c):
        values = self.ratios[part, carries]
        return p_value(values[0, c], values[1:].max(1))

    def maximum_p(self):
        values = np.hstack([self.ratios["heldOut", carries] for carries in ("target", "reference")]).max(1)
        return p_value(values[0], values[1:])

    def interval(self, ratio, carries, c):
        logs = np.log(self.ratios["heldOut", carries][1:, c])
        width = 1.959963984540054 * np.sqrt((logs**2).mean())
        return {"low": ratio * np.exp(-width), "high": ratio * np.exp(width)}

    def band(self, carries, c):
        low, median, high = np.quantile(self.ratios["heldOut", carries][1:, c], [0.05, 0.5, 0.95])
        return {"low": low, "median": median, "high": high}

    def noise_edge(self, carries):
        values = self.ratios["heldOut", carries]
        error = 1.959963984540054 * np.sqrt(0.95 * 0.05 / (len(values) - 1))

        def above(point):
            exceeds = values[0] > np.quantile(values[1:], min(1, point), axis=0)
            return int(np.argmin(exceeds)) if not exceeds.all() else len(exceeds)

        return {"components": above(0.95), "low": above(0.95 + error), "high": above(0.95 - error)}

    def is_scale_only(self, carries, low):
        observed, *permuted = self.rests[carries]
        return bool(p_value(observed, permuted) <= 0.05 and observed > 1 and low <= observed)
