"""What moments of one job cost on 1, 2, ... workers of this machine: FOLDER OUT WORKERS...; prints a row for each.

Seconds of the clock, processor seconds of all workers, and the most memory that one of them held, beside the
processor seconds of the busiest: on a machine with other work to do, only these tell how the work was shared.
"""

import os
import resource
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../python"))
import eigenlens_dask  # noqa: E402


def used() -> tuple[float, int]:
    return time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    folder, out, *counts = sys.argv[1:]
    sources = {name: os.path.join(folder, f"{name}.zarr") for name in ("him", "her")}
    for module in eigenlens_dask.MODULES:
        eigenlens_dask.cloudpickle.register_pickle_by_value(module)
    for count in map(int, counts):
        job = eigenlens_dask.prepare_job(sources, out, 5, 1, {}, {})
        client = eigenlens_dask.connect(None, count, "1GB")
        before = client.run(used)
        start = time.perf_counter()
        eigenlens_dask.run_job(job, client, lambda *_: None)
        seconds = time.perf_counter() - start
        after = client.run(used)
        spent = [after[worker][0] - before[worker][0] for worker in after]
        most = max(peak for _, peak in after.values()) * 1024
        cluster = client.cluster
        client.close()
        cluster.close()
        print(
            f"{count} workers: {seconds:.1f} s, {sum(spent):.1f} s of processors, {max(spent):.1f} s of the busiest, "
            f"{most / 1e6:.0f} MB at most",
            flush=True,
        )


if __name__ == "__main__":
    main()
