"""A saved direction on rows that had no part in finding it."""

import numpy as np

from .scores import Part, jackknife, p_value, score


def transfer(target, reference, design, carries, upright, permutations):
    rows = np.arange(len(target) + len(reference))
    shift = 0 if upright else -1
    part = Part(target, reference, rows[: len(target)], rows[len(target) :], target.mean(), reference.mean())
    scored = score([[part]], carries)
    ratio, _ = jackknife([part], carries, design.units)
    # The side on which the target lies is that of the rows on which the direction was found.
    oriented = Part(target, reference, part.target_rows, part.reference_rows, shift, -0.5)
    scored["auc"] = score([[oriented]], carries)["auc"]
    _, area = jackknife([oriented], carries, design.units)
    residuals = np.concatenate([target - target.mean(), reference - reference.mean()])
    plan = design.plan()
    ratios = []
    for index in range(permutations):
        labels = design.permuted(plan, index)
        value = residuals[labels == 1].var(ddof=1) / residuals[labels == 0].var(ddof=1)
        ratios.append(value if carries == "target" else 1 / value)
    return {
        "score": scored,
        "ratioInterval": ratio,
        "aucInterval": area,
        "permutation": {
            "observed": scored["ratio"],
            "permuted": ratios,
            "median": np.median(ratios),
            "maximum": max(ratios),
            "p": p_value(scored["ratio"], ratios),
        },
    }
