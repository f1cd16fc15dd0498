"""The whole report of a validation, key by key as the TypeScript implementation names them."""

import numpy as np

from .method import compress, covariance, linear_discriminant, mean_difference, separate, settled, shrink
from .permutation import Null
from .scores import Part, best_of_two, jackknife, p_value, score
from .stability import grid, stability
from .tuning import Choices

SILENCES = {"target": "reference", "reference": "target"}
LEAST_FOR_INTERVAL = 40
RANDOM_DRAWS = 20_000


class Fit:
    """All directions as fitted on the training rows, and the projections of any rows."""

    def __init__(self, x, labels, train, fit):
        self.x, self.labels, self.train = x, labels, train
        a, b = x[train & (labels == 1)], x[train & (labels == 0)]
        v = compress(a, b, fit["variance"])
        self.v, self.a, self.b = v, a, b
        forward, self.eigenvalues = separate(a, b, v, fit["shrinkage"], fit["components"])
        swapped, self.swapped_eigenvalues = separate(b, a, v, fit["shrinkage"], fit["components"])
        self.directions = {
            "target": settled(forward),
            "reference": settled(swapped),
            "meanDifference": mean_difference(a, b),
            "linearDiscriminant": linear_discriminant(a, b, v, fit["shrinkage"]),
        }

    def part(self, rows, name, c):
        u = self.directions[name][:, c]
        a, b = np.flatnonzero(rows & (self.labels == 1)), np.flatnonzero(rows & (self.labels == 0))
        return Part(self.x[a] @ u, self.x[b] @ u, a, b, (self.a @ u).mean(), (self.b @ u).mean())

    def about_means(self, u):
        """[N]: each row's projection about the training mean of its own condition."""
        means = np.where(self.labels == 1, (self.a @ u).mean(), (self.b @ u).mean())
        return self.x @ u - means

    def conditioning(self, gamma):
        r, s = covariance(self.b, self.v), covariance(self.a, self.v)
        k = len(r)
        return {
            "components": k,
            "alpha": {"forward": np.trace(r) / k, "swapped": np.trace(s) / k},
            "conditionNumber": {
                "forward": np.linalg.cond(shrink(r, gamma)),
                "swapped": np.linalg.cond(shrink(s, gamma)),
            },
        }


class Validation:
    """
    x [N, D]; options: folds, repeats, permutations, extended, and train and test ranges of rows of both conditions
    instead of folds, if any; tuning, if shrinkage and share are chosen in every fold, up to its mostShare.
    """

    def __init__(self, x, design, fit, options):
        self.x, self.design, self.asked, self.options = x, design, fit, options
        labels = design.labels
        self.allowed = np.ones(len(labels), bool)
        self.repeats = self.splits()
        self.is_cross_validation = "trainRows" not in options
        sides = None
        if not self.is_cross_validation:
            self.allowed, test = self.repeats[0][0]
            sides = np.flatnonzero(self.allowed), np.flatnonzero(test)
        self.plan = design.plan(sides)
        self.is_parted = sides is not None and design.is_parted(sides)
        self.choices = self.chosen(labels) if "tuning" in options else None
        of_whole, of_folds = self.fits_of(labels)
        self.fit = of_whole
        self.whole = Fit(x, labels, self.allowed, of_whole)
        self.fits = [
            [(Fit(x, labels, train, own), test) for (train, test), own in zip(splits, fits)]
            for splits, fits in zip(self.repeats, of_folds)
        ]
        count = options["permutations"]
        self.null = Null(x, design, self.plan, count, self.allowed, self.repeats, fit, self.fits_of)

    def chosen(self, labels):
        most_share = self.options["tuning"]["mostShare"]
        return Choices(self.x, labels, self.design.labels, self.repeats, self.asked, most_share)

    def fits_of(self, labels):
        if self.choices is None:
            return self.asked, [[self.asked] * len(splits) for splits in self.repeats]
        choices = self.choices if labels is self.design.labels else self.chosen(labels)
        return choices.whole, choices.folds

    def splits(self):
        design, options = self.design, self.options
        if "trainRows" in options:
            counts = [np.arange((design.labels == label).sum()) for label in (1, 0)]
            sides = [
                np.concatenate([(own >= side["start"]) & (own < side["stop"]) for own in counts])
                for side in (options["trainRows"], options["testRows"])
            ]
            return [[tuple(sides)]]
        count = min(options["folds"], design.most_folds())
        folds = [design.folds(count, repeat) for repeat in range(options["repeats"])]
        return [[((fold >= 0) & (fold != f), fold == f) for f in range(count)] for fold in folds]

    def scored(self, name, carries, c=0):
        repeats = [[fit.part(test, name, c) for fit, test in own] for own in self.fits]
        parts = [part for own in repeats for part in own]
        ratio, auc = jackknife(parts, carries, self.design.units)
        return {
            "inSample": score([[self.whole.part(self.allowed, name, c)]], carries),
            "heldOut": score(repeats, carries),
            "heldOutAucInterval": auc,
            **({} if self.is_cross_validation else {"heldOutRatioInterval": ratio}),
        }

    def component(self, carries, c):
        whole = self.whole
        scored = self.scored(carries, carries, c)
        if self.is_cross_validation and self.options["permutations"] >= LEAST_FOR_INTERVAL:
            ratio = scored["heldOut"]["ratio"]
            scored["heldOutRatioInterval"] = self.null.interval(ratio, carries, c)
        return {
            **scored,
            "correctedP": {part: self.null.corrected_p(part, carries, c) for part in ("inSample", "heldOut")},
            "permutedHeldOut": self.null.band(carries, c),
            **self.held_out_scores(carries, c),
            "eigenvalue": (whole.eigenvalues if carries == "target" else whole.swapped_eigenvalues)[c],
        }

    def trace_ratio(self):
        return self.whole.a.var(0, ddof=1).sum() / self.whole.b.var(0, ddof=1).sum()

    def held_out_scores(self, carries, c):
        """
        Component c of each fold with the sign of the one of all rows, over the fits that left a row out: mean, least
        and largest; a row that repeats another is shown where that one is.
        """
        whole = self.whole.about_means(self.whole.directions[carries][:, c])
        scores = [[] for _ in self.x]
        for fit, test in (pair for own in self.fits for pair in own):
            if c >= fit.directions[carries].shape[1]:
                continue
            own = fit.about_means(fit.directions[carries][:, c])
            sign = 1 if own[fit.train] @ whole[fit.train] >= 0 else -1
            for i in np.flatnonzero(test):
                scores[i].append(sign * own[i])
        shown = self.design.counted_row if self.is_cross_validation else range(len(scores))

        def of_conditions(summary):
            values = [summary(scores[i]) if scores[i] else None for i in shown]
            labels = self.design.labels
            return {
                name: [values[i] for i in np.flatnonzero(labels == label)]
                for name, label in (("target", 1), ("reference", 0))
            }

        low, high = of_conditions(min), of_conditions(max)
        ranges = {name: {"low": low[name], "high": high[name]} for name in low}
        return {
            "heldOutScores": of_conditions(np.mean),
            **({"heldOutScoreRanges": ranges} if max(map(len, scores)) > 1 else {}),
        }

    def analytic_edge(self, carries):
        """Wachter (1980) and Johnstone (2008), the latter as he writes it: logit of the largest root of B in A + B."""
        if self.fit["shrinkage"] > 0:
            return {"kind": "none", "because": "shrunk"}
        p = self.whole.v.shape[1]
        rows = (self.whole.a, self.whole.b) if carries == "target" else (self.whole.b, self.whole.a)
        n, m = (len(own) - 1 for own in rows)
        if m <= p:
            return {"kind": "none", "because": "fewRows"}
        if self.design.kind != "none" or any(len(rows) > 1 for rows in self.design.clusters):
            return {"kind": "none", "because": "dependentRows"}
        gamma, phi = (2 * np.arcsin(np.sqrt((of(p, n) - 0.5) / (m + n - 1))) for of in (min, max))
        mu = 2 * np.log(np.tan((phi + gamma) / 2))
        sigma = (16 / (m + n - 1) ** 2 / (np.sin(phi + gamma) ** 2 * np.sin(phi) * np.sin(gamma))) ** (1 / 3)
        theta = 1 / (1 + np.exp(-(mu + 0.9793 * sigma)))
        h = np.sqrt(p / n + p / m - p * p / (n * m))
        return {"kind": "known", "bulk": ((1 + h) / (1 - p / m)) ** 2, "largest": theta / (1 - theta) * m / n}

    def verdict(self, first, permutation, scale_only):
        labellings = self.design.labellings(self.plan)
        if self.is_parted or (labellings is not None and 1 / labellings > 0.05):
            return "cannot-tell"
        if first["heldOut"]["ratio"] <= 1 or scale_only:
            return "does-not-hold"
        low = first.get("heldOutRatioInterval", {"low": 0})["low"]
        return "holds" if permutation["heldOut"]["p"] <= 0.05 and low > 1 else "not-shown"

    def second_fit(self):
        """Component 1 with another shrinkage in every fold of every labelling."""
        fit = {**self.asked, "shrinkage": self.options["secondShrinkage"]}
        fits = [[fit] * len(splits) for splits in self.repeats]
        other = Null(
            self.x,
            self.design,
            self.plan,
            self.options["permutations"],
            self.allowed,
            self.repeats,
            fit,
            lambda _labels: (fit, fits),
        )

        def tested(carries):
            one, two = (null.ratios["heldOut", carries][:, 0] for null in (self.null, other))
            interval = {}
            if self.options["permutations"] >= LEAST_FOR_INTERVAL:
                interval = {"heldOutRatioInterval": other.interval(two[0], carries, 0)}
            return {"heldOutRatio": two[0], **interval, "p": p_value(two[0], two[1:]), "bestP": best_of_two(one, two)}

        return {"shrinkage": fit["shrinkage"], "forward": tested("target"), "swapped": tested("reference")}

    def direction(self, carries):
        found = self.whole.directions[carries].shape[1]
        components = [self.component(carries, c) for c in range(found)]
        first = components[0]
        held_out, bounds = first["heldOut"], first.get("heldOutRatioInterval")
        trace_ratio = self.trace_ratio() if carries == "target" else 1 / self.trace_ratio()
        permutation = {part: self.null.distribution(part, carries) for part in ("inSample", "heldOut")}
        scale_only = self.null.is_scale_only(carries, bounds["low"] if bounds else held_out["ratio"])
        silenced = self.whole.b if carries == "target" else self.whole.a
        alpha = np.trace(covariance(silenced, self.whole.v)) / self.whole.v.shape[1]
        relative = {end: value / trace_ratio for end, value in bounds.items()} if bounds else None
        return {
            **first,
            "components": components,
            "verdict": self.verdict(first, permutation, scale_only),
            "relativeRatio": held_out["ratio"] / trace_ratio,
            **({"relativeRatioInterval": relative} if relative else {}),
            "silence": held_out["referenceVariance"] / alpha,
            "noiseEdge": self.null.noise_edge(carries),
            "analyticEdge": self.analytic_edge(carries),
            "permutation": permutation,
        }

    def report(self):
        design, options = self.design, self.options
        if self.is_cross_validation:
            scheme = {
                "kind": "crossValidation",
                "folds": len(self.repeats[0]),
                "repeats": options["repeats"],
                "seed": design.seed,
                "grouping": design.kind,
            }
        else:
            scheme = {"kind": "trainTest", **{key: options[key] for key in ("trainRows", "testRows")}}
        report = {
            **self.direction("target"),
            "scheme": scheme,
            "swapped": self.direction("reference"),
            "distinct": design.distinct,
            "clusters": design.report,
            "traceRatio": self.trace_ratio(),
            "maxP": self.null.maximum_p(),
            "permutations": {
                "count": options["permutations"],
                "requested": options["permutations"],
                "seed": design.seed,
                "repeats": len(self.repeats),
                "exchange": design.exchange(),
                "labellings": design.labellings(self.plan),
            },
            "baselines": {name: self.scored(name, "target") for name in ("meanDifference", "linearDiscriminant")},
        }
        if self.choices is not None:
            report["tuning"] = self.choices.report()
        if "secondShrinkage" in options:
            report["secondFit"] = self.second_fit()
        if options["extended"]:
            report["grid"] = grid(self.x, design.labels, self.allowed, self.repeats, self.fit)
            for carries, own in (("target", report), ("reference", report["swapped"])):
                own["stability"] = stability(
                    self.x,
                    design,
                    self.allowed,
                    self.fit,
                    carries,
                    self.plan,
                    options["permutations"],
                    own["permutation"]["heldOut"]["p"],
                )
        return report

    def random_ratios(self):
        """Quantiles of the variance ratio along random directions, between which those of 200 draws must lie."""
        u = np.random.default_rng(1).standard_normal((self.x.shape[1], RANDOM_DRAWS))
        ratios = (self.whole.a @ u).var(0, ddof=1) / (self.whole.b @ u).var(0, ddof=1)
        between = {}
        for name, share in (("low", 0.025), ("median", 0.5), ("high", 0.975)):
            error = 4 * np.sqrt(share * (1 - share) / 200)
            between[name] = np.quantile(ratios, np.clip([share - error, share + error], 0, 1))
        return between

    def expected(self):
        return {
            "fit": {"variance": self.asked["variance"], "shrinkage": self.asked["shrinkage"]},
            "options": self.options,
            "report": self.report(),
            "conditioning": self.whole.conditioning(self.fit["shrinkage"]),
            "randomRatios": self.random_ratios(),
        }
