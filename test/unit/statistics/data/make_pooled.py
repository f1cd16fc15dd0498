"""Writes pooled.json: chi-square tails and fixed-effect means by numpy and scipy (float64).

Run with any Python that has numpy and scipy: python make_pooled.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats

tails = [
    [float(x), int(freedom), float(stats.chi2.sf(x, freedom))]
    for freedom in (1, 2, 3, 4, 7, 20, 101)
    for x in (1e-8, 0.3, freedom, 2.5 * freedom + 3, 60.0, 400.0)
]


def pooled(values, errors):
    values, weights = np.array(values), 1 / np.array(errors) ** 2
    mean = np.average(values, weights=weights)
    error = weights.sum() ** -0.5
    q = float((weights * (values - mean) ** 2).sum())
    low, high = stats.norm.interval(0.95, mean, error)
    return {
        "values": values.tolist(),
        "errors": list(errors),
        "value": mean,
        "standardError": error,
        "low": low,
        "high": high,
        "q": q,
        "p": stats.chi2.sf(q, len(values) - 1),
        "share": max(0.0, (q - len(values) + 1) / q),
    }


means = [
    pooled([1.2, 0.9], [0.2, 0.3]),
    pooled([2.3, 0.1, 1.0, -0.4], [0.3, 0.2, 0.5, 0.25]),
    pooled([0.7, 0.7001, 0.6999], [0.1, 2.0, 1e-3]),
]
out = Path(__file__).with_name("pooled.json")
out.write_text(json.dumps({"tails": tails, "means": means}, indent=1) + "\n")
