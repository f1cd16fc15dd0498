"""Sums the moments of activations where they are, for Eigenlens. One file; needs numpy or torch, whichever there is.

    metadata = {"model": "...", "site": "...", "component": "residual", "layer": "6"}
    moments = Moments(folds=5, seed=1, groups=20, metadata=metadata, reservoir=200, part=f"rank {rank}")
    for batch in batches:                                  # on the GPU, in any type: sums are float64
        moments.update(batch.activations, "him", cluster=batch.document, texts=batch.sentences)
    moments.all_reduce()                                   # with torch.distributed, else nothing
    moments.save("layer6.moments.safetensors")

    eigenlens run layer6.moments.safetensors#him layer6.moments.safetensors#her --validate

Cost: a block of n rows of D columns takes n D^2 multiply-adds; a document 8 D^2 bytes per condition and fold or group.
"""

import hashlib
import heapq
import json
import math
import os
import re
import struct
import sys

try:
    import numpy
except ImportError:
    numpy = None

__all__ = ["Moments"]

FORMAT = "eigenlens.moments/1"
PROVENANCE = ("model", "revision", "site", "component", "layer", "token_rule", "tokenizer", "captured_with")
# Of one float64 block: fits beside a model on a GPU.
BLOCK_BYTES = 2**28
# Rows of a fold or group that wait for others: adding up two scatters costs as much as some ten rows.
WAITING_ROWS = 512
# The sum of the squares of any number of them still is a number.
MOST_VALUE = 1e140
# Names of clusters that are kept (about 100 bytes each) to find out whether two conditions share some.
MOST_NAMES = 2**18


class Moments:
    """Count, mean and scatter (sum of squares about the mean) per condition, in all, per fold and per group of clusters.

    Parts are merged by the formula of Chan, Golub and LeVeque (1983), so that nothing cancels, however far the data lie
    from zero and in whatever order they come.

    folds: how many folds, 0 for none. seed: of the folds that clusters are put into. metadata: where the activations
    come from; keys as in PROVENANCE, values texts.
    groups: a multiple of folds, such as 20, into which clusters are put: whole groups are what a validation permutes the
    labels of, so that there is a p without a row. Group g lies in fold g modulo folds, and takes as much room as a fold.
    paired: whether conditions have rows of the same clusters, so that labels change within each. If None, it is found out
    by the names, of which the first 250,000 are kept; beyond them it is taken to be so, which is always allowed.
    reservoir: how many rows of each condition are kept as they are, with their texts, to be shown: a sample by hashes of
    their numbers, which is that of the whole however the rows are divided. part: what this process's rows are called in
    it; each process needs a name of its own, as rows are counted anew in each.
    """

    def __init__(self, folds=0, seed=1, metadata=None, groups=0, paired=None, reservoir=0, part=""):
        if folds != 0 and (folds != int(folds) or folds < 2):
            raise ValueError(f"folds is {folds}: choose 0 for none, or 2 or more.")
        if seed != int(seed) or seed < 0:
            raise ValueError(f"seed is {seed}: choose a whole number of at least 0.")
        if groups != 0 and (groups != int(groups) or folds == 0 or groups % folds != 0 or groups < 2 * folds):
            raise ValueError(
                f"groups is {groups} with {folds} folds: choose a multiple of the folds such as {4 * (folds or 5)}."
            )
        if reservoir != int(reservoir) or reservoir < 0:
            raise ValueError(
                f"reservoir is {reservoir}: choose 0 for none, or how many rows of each condition to keep."
            )
        self.folds = int(folds)
        self.groups = int(groups)
        self.reservoir = int(reservoir)
        self.part = str(part)
        self.seed = int(seed)
        self.metadata = _checked_metadata(metadata or {})
        self._rule = None
        self._unit = "clusters"
        self._notes = []
        self._shared = _SharedClusters(paired if groups else False)
        # By (condition, part), which is a group, else a fold if there are no groups, else None.
        self._sums = {}
        # Rows by the same, copied, that are in no sum yet.
        self._waiting = {}
        # In the order in which they came.
        self._conditions = {}
        self._kept = {}
        # The directions that moments are of, [k, D], if not of all neurons, and what is known of these by condition.
        self._basis = None
        self._neurons = {}
        # Rows of each condition that came here, in the order of this process.
        self._counted = {}

    def update(self, activations, condition, fold=None, cluster=None, texts=None, first_row=None, originals=None):
        """Adds rows, [rows, columns] or [columns], as a tensor of torch or an array of numpy.

        condition: what they are called. With folds, either fold (from 0) or cluster (a text or number: rows with the
        same one depend on each other and share a fold, in every process) is needed: one for all rows, or a list with one
        for each. With groups, cluster is. texts: a sentence for each row, for the reservoir. first_row: the number of the
        first row in this part, if rows do not come in their order. originals: the rows themselves, to be kept in the
        reservoir, if activations are projections of them. Raises ValueError for values that are not finite, and leaves
        the sums as they were.
        """
        condition = _checked_name(condition)
        rows = _as_rows(activations)
        known = self.columns
        if known is not None and rows.shape[1] != known:
            raise ValueError(f"Rows of {rows.shape[1]} columns do not add up with those of {known}.")
        count = rows.shape[0]
        if texts is not None:
            texts = [texts] if isinstance(texts, str) else list(texts)
            if len(texts) != count or not all(isinstance(text, str) for text in texts):
                raise ValueError(f"texts are not {count} sentences, one for each row.")
        if count == 0:
            return
        assigned, names = self._assign(count, fold, cluster)
        _check_values(rows)
        if self.folds:
            self._rule = "given" if fold is not None else "hash"
        self._shared.add(condition, names)
        self._conditions.setdefault(condition)
        for key, places in _places(assigned).items():
            self._wait((condition, key), rows if places is None else rows[places])
        start = self._counted.get(condition, 0) if first_row is None else int(first_row)
        self._counted[condition] = start + count
        self._sample(condition, rows if originals is None else originals, start, assigned, texts)

    def describe(self, rule, unit, notes=(), paired=None):
        """How rows were assigned to folds (design, hash, given; clusters or rows), and what a reader must know of them."""
        if self.folds:
            self._rule, self._unit = rule, unit
        if paired is not None:
            self._shared = _SharedClusters(paired)
        self._notes = list(notes)

    def describe_basis(self, basis, neurons):
        """That all moments are of projections: `x @ basis.T` of rows x, for a basis [k, columns] of orthonormal rows.

        neurons: mean and sum of squares about it of each column, both [columns], by condition.
        """
        self._basis, self._neurons = basis, dict(neurons)

    def sums(self):
        """((condition, part), (count, mean, scatter)) of all sums; part is a group, else a fold, else None."""
        self._settle()
        return [(key, self._sums[key]) for key in self._keys()]

    def add_sums(self, condition, part, sums):
        """Adds a count, a mean and a scatter as sums gives them."""
        self._conditions.setdefault(_checked_name(condition))
        self._add((condition, part), sums)

    def kept(self):
        """The reservoirs, by condition: (hash, part, number, fold or group, text, row) of each row that is kept."""
        return {condition: list(rows) for condition, rows in self._kept.items()}

    def add_kept(self, condition, rows):
        """Adds rows as kept gives them; the least hashes of both stay."""
        together = [*self._kept.get(condition, []), *rows]
        # Equal parts and numbers are of processes that were given no names; their rows are in some order, too.
        together.sort(key=lambda row: (*row[:3], _bytes(row[-1])))
        self._kept[condition] = together[: self.reservoir]

    def merge(self, other):
        """Adds what another object summed, such as that of another worker; the other is left as it was."""
        if (self.folds, self.seed if self.folds else None) != (other.folds, other.seed if other.folds else None):
            raise ValueError(
                f"{self.folds} folds of seed {self.seed} and {other.folds} of seed {other.seed} do not add up."
            )
        if self.groups != other.groups:
            raise ValueError(f"{self.groups} and {other.groups} groups of clusters do not add up.")
        if self.reservoir != other.reservoir or (self.reservoir and self.seed != other.seed):
            raise ValueError(
                f"Reservoirs of {self.reservoir} and {other.reservoir} rows, seeds {self.seed} and {other.seed}, are not one."
            )
        if self._basis is not None or other._basis is not None:
            raise ValueError("Moments in directions that were found in other rows do not add up.")
        self._check_rule(other._rule)
        if self.columns is not None and other.columns is not None and self.columns != other.columns:
            raise ValueError(f"Moments of {self.columns} and {other.columns} columns do not add up.")
        for key, text in other.metadata.items():
            if key != "captured_with" and self.metadata.get(key, text) != text:
                raise ValueError(f"{key} is {self.metadata[key]!r} here and {text!r} there: these are not one capture.")
        self.metadata = {**other.metadata, **self.metadata}
        self._rule = self._rule or other._rule
        self._shared.merge(other._shared)
        for (condition, part), sums in other.sums():
            self.add_sums(condition, part, sums)
        for condition, rows in other._kept.items():
            self.add_kept(condition, rows)
        return self

    def all_reduce(self, group=None):
        """Leaves the sums of all processes in each of them; without an initialised torch.distributed it does nothing.

        Call it once, after the last update, in every process: each call adds up what the processes hold. It sends one
        mean and one scatter per condition and fold or group, whatever the number of processes, and holds no more than
        one beside its own: `m = sum n_i m_i / n`, then `S = sum S_i + n_i (m_i - m)(m_i - m)'`.
        """
        torch = _torch()
        if torch is None or not torch.distributed.is_available() or not torch.distributed.is_initialized():
            return self
        self._settle()
        shared = [None] * torch.distributed.get_world_size(group)
        own = (self._without_sums(), self.columns, self._keys())
        torch.distributed.all_gather_object(shared, own, group=group)
        widths = {columns for _, columns, _ in shared if columns is not None}
        if len(widths) > 1:
            raise ValueError(f"Moments of {' and '.join(map(str, sorted(widths)))} columns do not add up.")
        keys = {}
        first = self._without_sums()
        for other, _, held in shared:
            # The same refusals in every process, before the first sum.
            first.merge(other)
            keys.update(dict.fromkeys(held))
        self.metadata, self._rule, self._shared = first.metadata, first._rule, first._shared
        for key in keys:
            self._sums[key] = self._reduced(key, max(widths), group)
        # All processes write their conditions in the same order.
        self._conditions = dict.fromkeys(condition for condition, _ in keys)
        self._share_kept(group)
        return self

    def _share_kept(self, group):
        """Hashes first, so that only rows which stay are sent."""
        torch = _torch()
        world = torch.distributed.get_world_size(group)
        hashes = [None] * world
        own = {condition: [row[0] for row in rows] for condition, rows in self._kept.items()}
        torch.distributed.all_gather_object(hashes, own, group=group)
        staying = {}
        for condition in dict.fromkeys(name for each in hashes for name in each):
            least = heapq.nsmallest(self.reservoir, (known for each in hashes for known in each.get(condition, [])))
            rows = self._kept.get(condition, [])
            staying[condition] = [(*row[:-1], _on_host(row[-1])) for row in rows if row[0] <= least[-1]]
        shared = [None] * world
        torch.distributed.all_gather_object(shared, staying, group=group)
        self._kept = {}
        for each in shared:
            for condition, rows in each.items():
                self.add_kept(condition, rows)

    def _without_sums(self):
        """All that is said of the sums, alone."""
        alone = Moments(self.folds, self.seed, self.metadata, self.groups, reservoir=self.reservoir)
        alone._rule = self._rule
        alone._shared.merge(self._shared)
        return alone

    def _reduced(self, key, columns, group):
        torch = _torch()
        device = self._device(group)
        count, mean, scatter = self._sums.get(key, (0, 0.0, 0.0))
        mean = torch.as_tensor(mean, dtype=torch.float64, device=device).expand(columns)
        # The number of rows travels with the weighted mean.
        sums = torch.cat([count * mean, torch.full((1,), float(count), dtype=torch.float64, device=device)])
        torch.distributed.all_reduce(sums, group=group)
        rows = round(float(sums[-1]))
        common = sums[:-1] / rows
        difference = mean - common
        total = count * torch.outer(difference, difference)
        total += torch.as_tensor(scatter, dtype=torch.float64, device=device)
        torch.distributed.all_reduce(total, group=group)
        return rows, common, total

    def _device(self, group):
        """Where this process's sums are; where its backend wants them if they are in ordinary memory."""
        torch = _torch()
        for _, mean, _ in self._sums.values():
            if _is_torch(mean) and mean.is_cuda:
                return mean.device
        if torch.distributed.get_backend(group) == "nccl":
            return torch.device("cuda", torch.cuda.current_device())
        return torch.device("cpu")

    def save(self, path):
        """Writes the document, whole or not at all. path ends in .moments.safetensors."""
        path = os.fspath(path)
        if not path.endswith(".moments.safetensors"):
            raise ValueError(f"{path} should end in .moments.safetensors.")
        self._settle()
        conditions = list(self._conditions)
        if not conditions:
            raise ValueError("There are no rows yet: nothing is written.")
        header = {"__metadata__": self._written_metadata()}
        end = 0
        for name, dtype, shape in self._written_tensors(conditions):
            start, end = end, end + 8 * math.prod(shape)
            header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}
        text = json.dumps(header, ensure_ascii=False).encode()
        text += b" " * (-len(text) % 8)
        partial = f"{path}.{os.getpid()}.partial"
        try:
            with open(partial, "xb") as file:
                file.write(struct.pack("<Q", len(text)) + text)
                if self._basis is not None:
                    file.write(_bytes(self._basis))
                for condition in conditions:
                    for count, mean, scatter in self._written(condition):
                        file.write(struct.pack("<d", count))
                        file.write(_bytes(mean))
                        file.write(_bytes(scatter))
                    file.writelines(_bytes(values) for values in self._neurons.get(condition, ()))
                    kept = self._written_rows(condition)
                    file.writelines(_bytes(row) for *_, row in kept)
                    file.write(struct.pack(f"<{len(kept)}q", *(row[2] for row in kept)))
                    if self.folds:
                        file.write(struct.pack(f"<{len(kept)}q", *(row[3] % self.folds for row in kept)))
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
        finally:
            if os.path.exists(partial):
                os.remove(partial)

    @property
    def columns(self):
        """D; None before the first row."""
        for _, mean, _ in self._sums.values():
            return int(mean.shape[0])
        for blocks in self._waiting.values():
            return int(blocks[0].shape[1])
        return None

    def rows(self, condition):
        """How many rows of a condition there are so far."""
        self._settle()
        return sum(part[0] for (name, _), part in self._sums.items() if name == condition)

    def _assign(self, count, fold, cluster):
        """The fold or group of each row, or one for all; and hashes of their clusters' names."""
        if self.folds == 0:
            if fold is not None:
                raise ValueError("fold is given, but there are no folds: make Moments(folds=...).")
            return [None], set()
        if self.groups and cluster is None:
            raise ValueError("With groups, give the cluster of the rows: it decides of their group and fold.")
        if (fold is None) == (cluster is None):
            raise ValueError("With folds, give either the fold of the rows or their cluster.")
        self._check_rule("given" if fold is not None else "hash")
        given = fold if fold is not None else cluster
        each = _as_list(given)
        if len(each) not in (1, count):
            raise ValueError(f"{len(each)} folds or clusters are given for {count} rows.")
        names = set()
        if fold is not None:
            found = [int(value) for value in each]
            for value in found:
                if not 0 <= value < self.folds:
                    raise ValueError(f"fold {value} is none of 0 to {self.folds - 1}.")
        else:
            hashes = [_hash_of_cluster(value, self.seed) for value in each]
            found = [int.from_bytes(known[:4], "big") % (self.groups or self.folds) for known in hashes]
            names.update(hashes)
        return found, names

    def _sample(self, condition, rows, start, assigned, texts):
        """Keeps rows whose hashes are among the least, so that it does not matter in which order they come."""
        if self.reservoir == 0:
            return
        kept = self._kept.get(condition, [])
        most = kept[-1][0] if len(kept) == self.reservoir else b"\xff" * 9
        # All but the number is hashed once.
        common = hashlib.sha256(f"{self.seed}:{condition}:{self.part}:".encode())
        hashed = []
        for place in range(rows.shape[0]):
            own = common.copy()
            own.update(b"%d" % (start + place))
            known = own.digest()[:8]
            if known <= most:
                hashed.append((known, place))
        chosen = heapq.nsmallest(self.reservoir, hashed)
        if not chosen:
            return
        values = _on_host(_as_double(rows[[place for _, place in chosen]]))
        self.add_kept(
            condition,
            [
                (
                    known,
                    self.part,
                    start + place,
                    assigned[0] if len(assigned) == 1 else assigned[place],
                    texts and texts[place],
                    row,
                )
                for (known, place), row in zip(chosen, values)
            ],
        )

    def _check_rule(self, rule):
        if self._rule is not None and rule is not None and rule != self._rule:
            raise ValueError("Folds are given for some rows and clusters for others: give one of them throughout.")

    def _keys(self):
        """Of all sums, in the order in which conditions came."""
        places = {condition: place for place, condition in enumerate(self._conditions)}
        return sorted(self._sums, key=lambda key: places[key[0]])

    def _wait(self, key, rows):
        """Adds rows once they are enough."""
        if key in self._waiting and not _alike(self._waiting[key][0], rows):
            self._settle(key)
        blocks = self._waiting.setdefault(key, [])
        enough = sum(block.shape[0] for block in blocks) + rows.shape[0] >= WAITING_ROWS
        # What waits must not change with the caller's memory.
        blocks.append(rows if enough else _copy(rows))
        if enough:
            self._settle(key)

    def _settle(self, *keys):
        """Adds the rows that wait, of all parts if none is named."""
        for key in keys or list(self._waiting):
            blocks = self._waiting.pop(key)
            self._add(key, _scatter(blocks[0] if len(blocks) == 1 else _together(blocks)))

    def _add(self, key, part):
        self._sums[key] = _merged(self._sums.get(key), part)

    def _written(self, condition):
        """Count, mean and scatter of all rows, then of each fold and each group; an empty one is zero."""
        if self.folds == 0:
            yield self._sums[(condition, None)]
            return
        held = [self._sums.get((condition, part)) for part in range(self.groups or self.folds)]
        folds = [_total(held[fold :: self.folds]) for fold in range(self.folds)] if self.groups else held
        total = _total(folds)
        yield total
        for part in [*folds, *(held if self.groups else [])]:
            yield part if part is not None else (0, total[1] * 0, total[2] * 0)

    def _written_tensors(self, conditions):
        """Name, type and shape of what save writes, in its order."""
        columns = neurons = self.columns
        if self._basis is not None:
            neurons = int(self._basis.shape[1])
            yield "basis", "F64", [columns, neurons]
        names = [""] + [f".fold.{fold}" for fold in range(self.folds)]
        names += [f".cluster.{group}" for group in range(self.groups)]
        for condition in conditions:
            for name in names:
                yield f"{condition}{name}.count", "F64", [1]
                yield f"{condition}{name}.mean", "F64", [columns]
                yield f"{condition}{name}.scatter", "F64", [columns, columns]
            if self._basis is not None:
                yield f"{condition}.neuron_mean", "F64", [neurons]
                yield f"{condition}.neuron_squares", "F64", [neurons]
            kept = len(self._written_rows(condition))
            if kept:
                yield f"{condition}.reservoir.rows", "F64", [kept, neurons]
                yield f"{condition}.reservoir.index", "I64", [kept]
                if self.folds:
                    yield f"{condition}.reservoir.fold", "I64", [kept]

    def _written_rows(self, condition):
        """The reservoir in the order of parts and rows."""
        return sorted(self._kept.get(condition, []), key=lambda row: row[1:3])

    def _written_metadata(self):
        written = {"format": FORMAT, "eigenlens": "eigenlens_moments.py", **self.metadata}
        if self.folds:
            written["folds"] = str(self.folds)
            written["fold_rule"] = self._rule
            written["fold_unit"] = self._unit
            written["seed"] = str(self.seed)
        if self.groups:
            written["cluster_groups"] = str(self.groups)
            written["cluster_groups_paired"] = "yes" if self._shared.found else "no"
        if self._notes:
            written["notes"] = json.dumps(self._notes)
        if self.reservoir:
            written["reservoir"] = json.dumps({"seed": self.seed, "size": self.reservoir})
        for condition in self._kept:
            rows = self._written_rows(condition)
            if any(row[4] is not None for row in rows):
                written[f"{condition}.reservoir.texts"] = json.dumps([row[4] or "" for row in rows])
            if any(row[1] for row in rows):
                written[f"{condition}.reservoir.parts"] = json.dumps([row[1] for row in rows])
        return written


class _SharedClusters:
    """Whether some cluster has rows in two conditions, by 8 bytes of its hash: names need not be kept."""

    def __init__(self, said=None):
        """said: True or False if it need not be found out."""
        self._said = said
        self._seen = {}

    @property
    def found(self):
        return bool(self._said)

    def add(self, condition, names):
        if self._said is not None:
            return
        self._seen.setdefault(condition, set()).update(names)
        shares = any(not names.isdisjoint(seen) for other, seen in self._seen.items() if other != condition)
        if shares or sum(map(len, self._seen.values())) > MOST_NAMES:
            self._said, self._seen = True, {}

    def merge(self, other):
        if other._said is not None:
            self._said = bool(self._said or other._said)
        for condition, seen in other._seen.items():
            self.add(condition, seen)


def _hash_of_cluster(cluster, seed):
    """The first 8 bytes of the SHA-256 of SEED:CLUSTER, the same in every process.

    A cluster's group is the number that the first four make, big-endian, modulo the number of groups; so is its fold.
    """
    return hashlib.sha256(f"{seed}:{cluster}".encode()).digest()[:8]


def _places(assigned):
    """Where the rows of each fold or group are; None stands for all rows."""
    if len(assigned) == 1:
        return {assigned[0]: None}
    places = {}
    for place, value in enumerate(assigned):
        places.setdefault(value, []).append(place)
    return places


def _as_rows(activations):
    if not _is_torch(activations):
        if numpy is None:
            raise TypeError("activations is no tensor of torch, and numpy is not installed.")
        activations = numpy.asarray(activations)
    else:
        activations = activations.detach()
    if activations.ndim == 1:
        activations = activations[None, :]
    if activations.ndim != 2 or activations.shape[1] == 0:
        raise ValueError(f"activations has shape {list(activations.shape)}: give [rows, columns].")
    return activations


def _check_values(rows):
    finite = _torch().isfinite(rows) if _is_torch(rows) else numpy.isfinite(rows)
    if not bool(finite.all()) or float(abs(rows).max()) > MOST_VALUE:
        raise ValueError("activations hold values that are not finite, or too large to be squared.")


def _scatter(rows):
    """Count, mean and scatter of rows, in float64, block by block."""
    step = max(1, BLOCK_BYTES // (8 * rows.shape[1]))
    total = None
    for start in range(0, rows.shape[0], step):
        block = rows[start : start + step]
        block = _as_double(block)
        # About the first row: a column that never varies stays without variance.
        origin = block[0] * 1
        centred = block - origin
        mean = centred.mean(0)
        centred = centred - mean
        scatter = centred.T @ centred
        total = _merged(total, (int(block.shape[0]), origin + mean, scatter))
    return total


def _total(parts):
    """All parts together, of which some may be None."""
    total = None
    for part in parts:
        if part is not None:
            total = _merged(total, part)
    return total


def _merged(first, second):
    """Both parts together; neither is changed. Brought to where the first one is."""
    if first is None:
        return second
    count, mean, scatter = first
    other_count, other_mean, other_scatter = second
    if _is_torch(mean):
        torch = _torch()
        other_mean = torch.as_tensor(other_mean, dtype=torch.float64, device=mean.device)
        other_scatter = torch.as_tensor(other_scatter, dtype=torch.float64, device=mean.device)
    elif _is_torch(other_mean):
        other_mean, other_scatter = _on_host(other_mean), _on_host(other_scatter)
    rows = count + other_count
    difference = other_mean - mean
    outer = difference[:, None] * difference[None, :]
    return (
        rows,
        mean + (other_count / rows) * difference,
        scatter + other_scatter + (count * (other_count / rows)) * outer,
    )


def _torch():
    """Whoever has a tensor has imported torch; nobody else needs to wait for it."""
    return sys.modules.get("torch")


def _is_torch(values):
    torch = _torch()
    return torch is not None and isinstance(values, torch.Tensor)


def _alike(first, second):
    """Whether rows can be put together as they are stored."""
    if _is_torch(first) != _is_torch(second) or first.dtype != second.dtype:
        return False
    return not _is_torch(first) or first.device == second.device


def _copy(rows):
    return rows.clone() if _is_torch(rows) else rows.copy()


def _together(blocks):
    return _torch().cat(blocks) if _is_torch(blocks[0]) else numpy.concatenate(blocks)


def _as_list(values):
    if hasattr(values, "tolist"):
        values = values.tolist()
    return [values] if isinstance(values, (str, bytes, int)) else list(values)


def _as_double(values):
    return values.double() if _is_torch(values) else values.astype(numpy.float64)


def _on_host(values):
    if not _is_torch(values):
        return values
    return values.cpu() if numpy is None else values.cpu().numpy()


def _bytes(values):
    """Little-endian float64, row-major."""
    values = _on_host(values)
    if _is_torch(values):
        flat = values.contiguous().flatten().tolist()
        return struct.pack(f"<{len(flat)}d", *flat)
    return numpy.ascontiguousarray(values, dtype="<f8").tobytes()


def _checked_name(condition):
    if not isinstance(condition, str) or condition == "" or re.search(r"\.(fold|cluster)\.\d{1,6}$", condition):
        raise ValueError(f"A condition cannot be called {condition!r}.")
    return condition


def _checked_metadata(metadata):
    for key, text in metadata.items():
        if key not in PROVENANCE:
            raise ValueError(f"metadata has no key {key!r}: choose from {', '.join(PROVENANCE)}.")
        if not isinstance(text, str):
            raise ValueError(f"metadata {key!r} is {text!r}: give a text.")
    return dict(metadata)
