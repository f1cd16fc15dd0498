"""Which rows belong together, which folds they come into, and how their labels are permuted."""

from math import comb

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .stream import DESIGN, FOLDS, PERMUTATION, Stream


def joined(n, *memberships):
    """Sets of rows that share any name, in order of their first row; None names nothing."""
    edges = []
    for names in memberships:
        first = {}
        edges += [(first.setdefault(name, i), i) for i, name in enumerate(names) if name is not None]
    edges = np.array(edges or [(0, 0)])
    graph = coo_array((np.ones(len(edges)), edges.T), shape=(n, n))
    _, component = connected_components(graph, directed=False)
    return [np.flatnonzero(component == component[i]) for i in range(n) if i == np.argmax(component == component[i])]


def membership(n, sets):
    of = np.empty(n, int)
    for i, rows in enumerate(sets):
        of[rows] = i
    return of


class Design:
    """labels [N], 1 for the target; names of groups (pairs) and clusters, and repeats as sets of rows."""

    def __init__(self, labels, seed, groups=None, clusters=None, repeats=()):
        n = len(labels)
        self.labels, self.seed, self.groups = labels, seed, groups
        repeated = list(range(n))
        for rows in repeats:
            for row in rows:
                repeated[row] = rows[0]
        self.distinct = {
            "target": len({repeated[i] for i in range(n) if labels[i] == 1}),
            "reference": len({repeated[i] for i in range(n) if labels[i] == 0}),
        }
        # Rows that repeat each other are one observation of each condition in which they stand: its first row.
        self.repeat_of = np.array(repeated)
        self.counted_row = np.array(
            [next(j for j in range(n) if repeated[j] == repeated[i] and labels[j] == labels[i]) for i in range(n)]
        )
        self.counts = self.counted_row == np.arange(n)
        origins = (["named"] if clusters is not None else []) + (["repeats"] if repeats else [])
        memberships = [repeated] + ([clusters] if clusters is not None else [])
        if groups is not None:
            conditions = {name: {labels[i] for i in range(n) if groups[i] == name} for name in groups}
            memberships.append([name if len(conditions[name]) == 1 else None for name in groups])
        self.clusters = joined(n, *memberships)
        self.report = {"count": len(self.clusters), "origins": origins}
        self.cluster_of = membership(n, self.clusters)
        if len(self.clusters) < n:
            own = self.cluster_of
            self.report["members"] = {"target": own[labels == 1].tolist(), "reference": own[labels == 0].tolist()}
        self.partner = self.partners()
        self.kind = self.kind_of()
        dependent = joined(n, self.cluster_of, *([] if groups is None else [groups]))
        self.units = self.with_blocks(dependent)
        # Chance alone holds blocks together; units of both conditions depend on each other without it.
        self.bound = [any(np.array_equal(rows, own) and self.is_mixed(own) for own in dependent) for rows in self.units]

    def rows_named(self):
        return [[i for i, name in enumerate(self.groups) if name == own] for own in dict.fromkeys(self.groups or [])]

    def partners(self):
        """Rows that have exactly one namesake, in the other condition."""
        pairs = [rows for rows in self.rows_named() if len(rows) == 2 and self.is_mixed(rows)]
        return {a: b for rows in pairs for a, b in (rows, rows[::-1])}

    def kind_of(self):
        if self.groups is None:
            return "none"
        alone_or_paired = all(len(rows) == 1 or rows[0] in self.partner for rows in self.rows_named())
        return "pairs" if alone_or_paired else "groups"

    def is_mixed(self, rows):
        return len(set(self.labels[list(rows)])) == 2

    def with_blocks(self, sets):
        """Sets of one condition are dealt to blocks by chance, larger ones first."""
        alone = [[rows for rows in sets if set(self.labels[rows]) == {label}] for label in (1, 0)]
        count = min(map(len, alone))
        if count == 0:
            return sets
        block_of = {}
        stream = Stream(self.seed, DESIGN, 0)
        for own in alone:
            order = list(range(len(own)))
            stream.shuffle(order)
            order.sort(key=lambda i: -len(own[i]))
            for place, i in enumerate(order):
                block_of.update({row: f"block {place % count}" for row in own[i]})
        n = len(self.labels)
        return joined(n, membership(n, sets), [block_of.get(i) for i in range(n)])

    def most_folds(self):
        sets = self.clusters if self.kind == "none" else self.units
        return min(sum(label in self.labels[rows] for rows in sets) for label in (1, 0))

    def folds(self, count, repeat):
        """Fold of each row that counts, -1 of others: larger units first, each where least of its conditions is."""
        counted = [rows[self.counts[rows]] for rows in self.units]
        order = list(range(len(counted)))
        Stream(self.seed, FOLDS, repeat).shuffle(order)
        order.sort(key=lambda unit: -len(counted[unit]))
        totals = [int((self.counts & (self.labels == label)).sum()) for label in (1, 0)]
        filled = [[0, 0] for _ in range(count)]
        fold = np.full(len(self.labels), -1)
        for unit in order:
            rows = counted[unit]
            size = [int((self.labels[rows] == label).sum()) for label in (1, 0)]
            loads = [size[0] * f[0] / totals[0] + size[1] * f[1] / totals[1] for f in filled]
            best = loads.index(min(loads))
            fold[rows] = best
            filled[best] = [filled[best][0] + size[0], filled[best][1] + size[1]]
        return fold

    def clusters_in(self, rows):
        """Rows, cluster by cluster."""
        return [rows[self.cluster_of[rows] == own] for own in dict.fromkeys(self.cluster_of[rows])]

    def turning(self, rows):
        """
        Which rows of a bound unit change labels together: as many counted ones of either condition as the one with
        fewer has, so all of that; of the other, rows that repeat one of those come first, then by number, never
        without what they repeat.
        """
        sides = [rows[self.labels[rows] == label] for label in (1, 0)]
        few, many = sorted(sides, key=lambda side: self.counts[side].sum())
        wanted = self.counts[few].sum()
        if self.counts[many].sum() == wanted:
            return rows
        repeats = list(dict.fromkeys(self.repeat_of[many]))
        repeats = [r for r in repeats if r in self.repeat_of[few]] + [r for r in repeats if r not in self.repeat_of[few]]
        chosen = few
        for repeat in repeats:
            if self.counts[np.setdiff1d(chosen, few)].sum() < wanted:
                chosen = np.union1d(chosen, many[self.repeat_of[many] == repeat])
        return chosen

    def plan(self, sides=None):
        """
        Blocks of clusters that exchange labels, and sets that turn as a whole. What stands alone on a side of a
        train/test split is one block: all of it is fitted on together, or tested together.
        """
        blocks, flips = [], []
        for side in [np.arange(len(self.labels))] if sides is None else sides:
            units = [np.intersect1d(rows, side) for rows in self.units]
            flips += [self.turning(rows) for rows, bound in zip(units, self.bound) if bound and self.is_mixed(rows)]
            alone = [self.clusters_in(rows) for rows, bound in zip(units, self.bound) if not bound]
            blocks += alone if sides is None else [[rows for own in alone for rows in own]]
        return [sets for sets in blocks if {self.labels[s[0]] for s in sets} == {0, 1}], flips

    def is_parted(self, sides):
        """Whether a split leaves rows that depend on each other on both sides."""
        together = self.clusters + [rows for rows, bound in zip(self.units, self.bound) if bound]
        return any(all(np.isin(rows, side).any() for side in sides) for rows in together)

    def labellings(self, plan):
        blocks, flips = plan
        product = 2 ** len(flips)
        for sets in blocks:
            product *= comb(len(sets), sum(int(self.labels[s[0]]) for s in sets))
        return product if product < 2**53 else None

    def exchange(self):
        if self.kind != "none":
            return {"pairs": "withinPairs", "groups": "withinGroups"}[self.kind]
        return "clusters" if any(len(rows) > 1 for rows in self.clusters) else "across"

    def permuted(self, plan, index):
        blocks, flips = plan
        labels = self.labels.copy()
        stream = Stream(self.seed, PERMUTATION, index)
        for sets in blocks:
            own = [self.labels[s[0]] for s in sets]
            stream.shuffle(own)
            for s, label in zip(sets, own):
                labels[s] = label
        for rows in flips:
            if stream.below(2) == 1:
                labels[rows] = 1 - self.labels[rows]
        return labels
