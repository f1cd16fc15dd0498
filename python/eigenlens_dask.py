"""Sums moments of activations at rest on a Dask cluster, for Eigenlens. Needs numpy and dask[distributed], zarr or pyarrow
if sources are of these, and beside itself eigenlens_moments.py, eigenlens_range.py, eigenlens_sources.py, eigenlens_sums.py and
eigenlens_tree.py.

    python eigenlens_dask.py him=him.zarr her=her.zarr --out layer6.moments.safetensors --scheduler tcp://host:8786
    python eigenlens_dask.py him=him_{layer}.npy her=her_{layer}.npy --layers 0-11 --out x_{layer}.moments.safetensors

Without a scheduler it starts a cluster of processes on this machine. A job that failed goes on where it stopped when it
is started again; a document is there whole or not at all.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import sys
from collections.abc import Callable
from typing import Any

try:
    import cloudpickle
    import distributed
    import eigenlens_moments
    import eigenlens_range
    import eigenlens_sources
    import eigenlens_sums
    import eigenlens_tree
    import numpy
    from eigenlens_moments import PROVENANCE
    from eigenlens_sources import Segment, SourceError
    from eigenlens_sums import run_job
    from eigenlens_tree import Job
except ImportError as missing:
    sys.exit(f"{sys.executable} has no {missing.name}: install numpy and dask[distributed] there with pip.")

# A scatter of more neurons has more than 1.6 GB, and a task holds one for each fold: then moments are summed in as many
# directions as RANGE, if not said otherwise.
MOST_COLUMNS = 14336
RANGE = 500
# Workers need no files of ours.
MODULES = (eigenlens_moments, eigenlens_range, eigenlens_sources, eigenlens_sums, eigenlens_tree)
ROWS_ALONE = (
    "Each row was put into a fold on its own: rows that depend on each other may stand on both sides, so that the "
    "held-out ratio is too good."
)


def prepare_job(
    sources: dict[str, str],
    out: str,
    folds: int,
    seed: int,
    metadata: dict[str, str],
    prepared: dict[str, Any],
    groups: int = 0,
    reservoir: int = 0,
    size: int = 0,
    part: str = "",
) -> Job:
    """Opens all sources; nothing is read but their headers. Raises ValueError; OSError.

    size: of the range that the moments are summed in, 0 for all neurons if they are not too many. part: what the job's rows
    are called, if they are some of several jobs' and a reservoir is kept.
    """
    if groups and (folds == 0 or groups % folds or groups < 2 * folds):
        raise ValueError(
            f"{groups} groups of clusters in {folds} folds: choose a multiple of the folds, such as --groups {4 * (folds or 5)}."
        )
    conditions = {name: open_rows(name, source) for name, source in sources.items()}
    first, *others = ((name, segments[0]) for name, segments in conditions.items())
    for name, segment in others:
        if segment.columns != first[1].columns:
            raise SourceError(
                f"{segment.path} ({name}) has {segment.columns} columns, {first[1].path} ({first[0]}) has "
                f"{first[1].columns}: both conditions must be recorded at the same layer of the same model."
            )
    columns = first[1].columns
    if size == 0 and columns > MOST_COLUMNS:
        size = RANGE
    if size != 0 and not 2 <= size < min(columns, MOST_COLUMNS):
        raise ValueError(
            f"A range of {size} directions for {columns} neurons: choose 2 or more, and fewer than neurons (--range 500)."
        )
    given = {}
    for name, known in prepared.get("conditions", {}).items():
        rows = sum(segment.rows for segment in conditions[name])
        if (rows, first[1].columns) != (known["rows"], known["columns"]):
            raise SourceError(
                f"{sources[name]} has {rows} rows of {first[1].columns} columns for a cluster, but {known['rows']} of "
                f"{known['columns']} for Eigenlens: name its tensor, or convert it to npy."
            )
        if known.get("parts"):
            given[name] = numpy.load(known["parts"], allow_pickle=False).astype(numpy.int32)
            if given[name].shape != (rows,):
                raise SourceError(f"{known['parts']} holds {given[name].shape[0]} parts for {rows} rows of {name}.")
    for name, segments in conditions.items():
        rows = sum(segment.rows for segment in segments)
        if rows < 2 * max(1, folds):
            raise SourceError(
                f"{name} has {rows} rows, too few for {folds} folds of two rows: choose fewer folds (--folds 0 for none)."
            )
    return Job(
        out=out,
        conditions=conditions,
        given=given,
        folds=folds,
        groups=groups,
        paired=prepared.get("paired", False),
        seed=seed,
        reservoir=reservoir,
        part=part,
        texts={
            name: {int(row): text for row, text in known["texts"].items()}
            for name, known in prepared.get("conditions", {}).items()
            if "texts" in known
        },
        range=size,
        metadata=common_provenance(conditions, {**metadata, **prepared.get("metadata", {})}),
        rule=prepared.get("rule", "hash"),
        unit=prepared.get("unit", "rows"),
        notes=prepared.get("notes", [ROWS_ALONE] if folds else []),
    )


def open_rows(name: str, source: str) -> list[Segment]:
    segments = eigenlens_sources.open_source(source)
    if not any(segment.rows for segment in segments):
        raise SourceError(f"{source} has no rows of {name}: a condition needs at least two.")
    return [segment for segment in segments if segment.rows]


def common_provenance(conditions: dict[str, list[Segment]], metadata: dict[str, str]) -> dict[str, str]:
    """What the files say of their origin; parts that contradict each other are refused."""
    said: dict[str, tuple[str, str]] = {}
    for segments in conditions.values():
        for segment in segments:
            for key, text in segment.metadata:
                if key not in PROVENANCE or not text:
                    continue
                other, place = said.setdefault(key, (text, segment.path))
                if other != text and key != "captured_with":
                    raise SourceError(
                        f"{place} has {key} {other}, {segment.path} has {text}: moments of different origin are not "
                        "added up; choose parts of one capture."
                    )
    return {**{key: text for key, (text, _) in said.items()}, **metadata}


def connect(scheduler: str | None, workers: int, memory: str) -> Any:
    """A client, and with it a cluster of this machine if no scheduler is named. Raises ValueError."""
    if scheduler is None:
        cluster = distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, memory_limit=memory, dashboard_address=None, silence_logs=50
        )
        return distributed.Client(cluster)
    try:
        client = distributed.Client(scheduler, timeout="10s")
    except (OSError, TimeoutError, ValueError) as error:
        raise ValueError(
            f"No Dask scheduler answers at {scheduler} ({type(error).__name__}): start one with dask scheduler, or correct --scheduler."
        ) from None
    try:
        client.wait_for_workers(1, timeout=30)
    except TimeoutError:
        client.close()
        raise ValueError(
            f"The scheduler at {scheduler} has no workers: start some with dask worker {scheduler}."
        ) from None
    return client


def main() -> int:
    parser = argparse.ArgumentParser(description="Sum moments of activations at rest on a Dask cluster.")
    parser.add_argument(
        "conditions", nargs="+", metavar="NAME=SOURCE", help="npy, safetensors, zarr or parquet, or folders"
    )
    parser.add_argument("--out", required=True, help="the document to write (NAME.moments.safetensors)")
    parser.add_argument("--scheduler", help="of a running cluster, such as tcp://host:8786; else one is started here")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="of a cluster that is started here")
    parser.add_argument("--memory", default="auto", help="of each such worker, such as 4GB")
    parser.add_argument("--folds", type=int, default=5, help="folds of the later validation, 0 for none")
    parser.add_argument(
        "--groups",
        type=int,
        default=0,
        help="groups of clusters, a multiple of the folds, by which labels can be permuted",
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the folds")
    parser.add_argument(
        "--reservoir", type=int, default=0, help="rows of each condition that are kept as they are, to be shown"
    )
    parser.add_argument("--part", default="", help="what the rows of this job are called among those of other jobs")
    parser.add_argument(
        "--range",
        type=int,
        default=0,
        help=f"sum the moments in so many directions that are found first, in two passes; {RANGE} for more than {MOST_COLUMNS} neurons",
    )
    parser.add_argument("--layers", help="such as 0-11: a document for each, {layer} in sources and --out")
    parser.add_argument("--metadata", type=json.loads, default={}, help='a JSON object such as {"model": "..."}')
    parser.add_argument("--prepared", help="what Eigenlens found out beforehand, a JSON file")
    parser.add_argument("--progress", help="a file that always holds the last line of JSON")
    parser.add_argument("--json", action="store_true", help="report in lines of JSON")
    if "--check" in sys.argv[1:]:
        return 0
    flags = parser.parse_args()

    def tell(**line: Any) -> None:
        if flags.progress:
            keep_line(flags.progress, line)
        if flags.json:
            print(json.dumps(line), flush=True)
        elif "done" in line:
            print(f"{line['done']} of {line['of']} {line['step']}", flush=True)
        else:
            rows = ", ".join(f"{name} {count}" for name, count in line["rows"].items())
            print(f"{line['out']}: rows of {rows}", flush=True)

    try:
        work(flags, tell)
        return 0
    except KeyboardInterrupt:
        fault = f"Stopped: what is summed so far lies in {flags.out}.parts, and the same command goes on from there."
    except ImportError as error:
        fault = f"{error.name} is missing in {sys.executable} or on a worker: install it there with pip."
    except Exception as error:  # The last door: a user sees one line.
        fault = described(error)
    if flags.progress:
        keep_line(flags.progress, {"error": fault})
    tell_error(flags.json, fault)
    return 1


def work(flags: argparse.Namespace, tell: Callable[..., None]) -> None:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if not flags.out.endswith(".moments.safetensors"):
        raise ValueError(f"{flags.out} should end in .moments.safetensors.")
    sources = {}
    for word in flags.conditions:
        name, _, source = word.partition("=")
        if not name or not source or name in sources:
            raise ValueError(f"{word} should be NAME=SOURCE, each name once.")
        sources[name] = source
    layers = parse_layers(flags.layers)
    if (layers is not None) != ("{layer}" in flags.out):
        raise ValueError("--layers goes with {layer} in --out: each layer has a document of its own.")
    prepared = {}
    if flags.prepared:
        with open(flags.prepared, encoding="utf-8") as file:
            prepared = json.load(file)
    jobs = []
    for layer in layers if layers is not None else [None]:
        at = (lambda text: text) if layer is None else (lambda text, number=str(layer): text.replace("{layer}", number))
        metadata = {**flags.metadata, **({} if layer is None else {"layer": str(layer)})}
        named = {name: at(source) for name, source in sources.items()}
        chosen = (flags.groups, flags.reservoir, flags.range, flags.part)
        jobs.append(prepare_job(named, at(flags.out), flags.folds, flags.seed, metadata, prepared, *chosen))
    for module in MODULES:
        cloudpickle.register_pickle_by_value(module)
    client = connect(flags.scheduler, flags.workers, flags.memory)
    try:
        for job in jobs:
            rows = run_job(job, client, lambda done, of, step: tell(done=done, of=of, step=step))
            tell(out=job.out, rows=rows)
    finally:
        cluster = client.cluster
        client.close()
        if cluster is not None:
            cluster.close()


def parse_layers(text: str | None) -> list[int] | None:
    if text is None:
        return None
    layers: list[int] = []
    for part in text.split(","):
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", part.strip())
        if found is None:
            raise ValueError(f"--layers is {text}: write numbers such as 0,6 or 0-11.")
        layers.extend(range(int(found[1]), int(found[2] or found[1]) + 1))
    return layers


def described(error: Exception) -> str:
    if type(error).__name__ == "KilledWorker":
        return "Workers died again and again over the same rows, as they do for want of memory: give them more, or choose fewer folds."
    return " ".join(str(error).split()) or type(error).__name__


def keep_line(path: str, line: dict[str, Any]) -> None:
    """Whoever reads it meanwhile finds a whole line."""
    with open(f"{path}.partial", "w", encoding="utf-8") as file:
        json.dump(line, file)
    os.replace(f"{path}.partial", path)


def tell_error(as_json: bool, fault: str) -> None:
    if as_json:
        print(json.dumps({"error": fault}), flush=True)
    else:
        print(fault, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
