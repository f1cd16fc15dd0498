// The report of reading.mjs as a table.
import { statSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./environment.mjs";
import { median, show } from "./table.mjs";

/** @param {any} report as reading.mjs made it */
export function renderReadingTable(report) {
  const lines = [
    `${report.date.slice(0, 10)}, Node ${report.node}, ${report.processor}, ${report.cores} cores, load ${report.load.toFixed(1)}, ${report.repeats} turns`,
    "",
    "| file | peer | read as | ours | peer's | share of its speed | wanted | CPU, ours / peer's | memory (MB), ours / peer's |",
    "|---|---|---|---|---|---|---|---|---|",
  ];
  for (const result of report.results) lines.push(...rowsOf(result));
  return lines.join("\n");
}

/** @param {any} result */
function rowsOf({ title, against, file, modes, wanted, measured }) {
  const { peer } = measured;
  const median1 = (/** @type {any[]} */ runs, /** @type {string} */ what) =>
    median(runs.map((run) => run[what]));
  const name =
    against === "python"
      ? peerNames[file.split(".").at(-1)]
      : { cat: "cat", whole: "one file" }[against];
  return modes.map((/** @type {string} */ mode, /** @type {number} */ at) => {
    const ours = measured[mode];
    // Run by run, so that both stand for the same moment.
    const share = median(
      ours.map((/** @type {any} */ run, /** @type {number} */ i) => peer[i].seconds / run.seconds),
    );
    const cells = [
      title,
      name,
      mode === "raw" ? "its bytes" : mode,
      show(median1(ours, "seconds")) + speed(file, median1(ours, "seconds")),
      show(median1(peer, "seconds")) + speed(file, median1(peer, "seconds")),
      share.toFixed(2),
      at === 0 ? `>= ${wanted}` : "",
      `${show(median1(ours, "cpuSeconds"))} / ${against === "cat" ? "" : show(median1(peer, "cpuSeconds"))}`,
      `${median1(ours, "peakMegabytes").toFixed(0)} / ${against === "cat" ? "" : median1(peer, "peakMegabytes").toFixed(0)}`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

/** @type {Record<string, string>} */
const peerNames = { parquet: "pyarrow", h5: "h5py", zarr: "zarr-python" };

/**
 * For plain files, which are as large as what is read of them.
 * @param {string} file
 * @param {number} seconds
 */
function speed(file, seconds) {
  if (!/^float16/.test(file)) return "";
  const { size } = statSync(join(cache, "reading", file));
  return ` (${(size / seconds / 1e9).toFixed(1)} GB/s)`;
}
