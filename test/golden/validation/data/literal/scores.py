"""Scores of directions on rows, pooled over folds and repeats, and their jackknife intervals."""

from dataclasses import dataclass

import numpy as np
import scipy.stats


@dataclass
class Part:
    """One direction on some rows: projections, which rows they are, and the training means."""

    target: np.ndarray
    reference: np.ndarray
    target_rows: np.ndarray
    reference_rows: np.ndarray
    target_mean: float
    reference_mean: float

    def without(self, rows):
        a, b = ~np.isin(self.target_rows, rows), ~np.isin(self.reference_rows, rows)
        return Part(
            self.target[a],
            self.reference[b],
            self.target_rows[a],
            self.reference_rows[b],
            self.target_mean,
            self.reference_mean,
        )


def wins(x, y):
    """Pairs in which x is higher; a tie, up to rounding of the projections, counts half."""
    difference = x[:, None] - y[None]
    tied = abs(difference) <= 1e-10 * np.ptp(np.concatenate([x, y])) if difference.size else difference
    return float(np.where(tied, 0.5, difference > 0).sum())


def variance(parts, name):
    """Squares about each part's own mean, over the summed degrees of freedom."""
    values = [getattr(part, name) for part in parts if len(getattr(part, name)) > 0]
    return sum(((x - x.mean()) ** 2).sum() for x in values) / sum(len(x) - 1 for x in values)


def area(parts):
    """Signed projections, higher where the training mean was higher."""
    won = 0
    for p in parts:
        sign = 1 if p.target_mean >= p.reference_mean else -1
        won += wins(sign * p.target, sign * p.reference)
    return won / sum(len(p.target) * len(p.reference) for p in parts)


def magnitude_area(parts, carries):
    won = 0
    for p in parts:
        a, b = abs(p.target - p.target_mean), abs(p.reference - p.reference_mean)
        won += wins(a, b) if carries == "target" else wins(b, a)
    return won / sum(len(p.target) * len(p.reference) for p in parts)


def ratio(parts, carries):
    value = variance(parts, "target") / variance(parts, "reference")
    return value if carries == "target" else 1 / value


def score(repeats, carries):
    parts = [part for own in repeats for part in own]
    silences = "reference" if carries == "target" else "target"
    return {
        "targetVariance": variance(parts, carries),
        "referenceVariance": variance(parts, silences),
        "ratio": np.exp(np.mean([np.log(ratio(own, carries)) for own in repeats])),
        "auc": area(parts),
        "magnitudeAuc": magnitude_area(parts, carries),
    }


def jackknife(parts, carries, units):
    """95 % intervals of ratio and area: each tested unit left out of all parts in turn, Student's t."""
    tested = np.concatenate([np.concatenate([p.target_rows, p.reference_rows]) for p in parts])
    tested = [rows for rows in units if np.isin(rows, tested).any()]
    left_out = [[p.without(rows) for p in parts] for rows in tested]
    n = len(tested)

    def interval(of):
        values = np.array([of(own) for own in left_out])
        error = np.sqrt((n - 1) / n * ((values - values.mean()) ** 2).sum()) * scipy.stats.t.ppf(0.975, n - 1)
        return of(parts) - error, of(parts) + error

    low, high = interval(lambda own: np.log(ratio(own, carries)))
    least, most = interval(area)
    return {"low": np.exp(low), "high": np.exp(high)}, {"low": max(0, least), "high": min(1, most)}


def p_value(observed, permuted):
    """(b+1)/(m+1); what equals the observed value but for rounding reaches it."""
    permuted = np.asarray(permuted)
    reaching = ~(permuted < observed * (1 - 1e-8))
    return (int(reaching.sum()) + 1) / (len(permuted) + 1)


def best_of_two(one, two):
    """p of the smaller p of two tests; [1 + m] statistics each, the observed first, each ranked among all of them."""
    p = np.array([[np.mean(own >= value * (1 - 1e-8)) for value in own] for own in (one, two)])
    smaller = p.min(0)
    return float(np.mean(smaller <= smaller[0] + 1e-12))
