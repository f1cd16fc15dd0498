// The report as a table, and the table in the README.
import { readFileSync, writeFileSync } from "node:fs";

const end = "<!-- end of table -->";

/** @param {any} report as bench.mjs made it */
export function renderTable(report) {
  const lines = [
    `${report.date.slice(0, 10)}, Node ${report.node}, ${report.processor}, ${report.cores} cores, load ${report.load.toFixed(1)}`,
    "",
    "| workload | peer | ours | peer's | ratio | wanted | whole process | processor time | memory (MB) | eigenvalues |",
    "|---|---|---|---|---|---|---|---|---|---|",
  ];
  for (const result of report.results) lines.push(...rowsOf(result));
  return lines.join("\n");
}

/** @param {any} result */
function rowsOf({ title, measured, limits = {}, latencyLimit, memoryLimit, kind }) {
  const ours = measured.eigenlens;
  const time = (/** @type {any} */ run) => (kind === "run" ? run.total : run.compute);
  const memory = `${median(ours.map((/** @type {any} */ run) => run.peakMegabytes)).toFixed(0)}${memoryLimit ? ` (<= ${memoryLimit})` : ""}`;
  if (latencyLimit !== undefined) {
    const p95 = median(ours.map((/** @type {any} */ run) => run.p95));
    const typical = median(ours.map(time));
    return [
      `| ${title} | | ${show(typical)}, p95 ${show(p95)} | | | p95 <= ${show(latencyLimit)} | | | ${memory} | |`,
    ];
  }
  return Object.keys(measured)
    .filter((peer) => peer !== "eigenlens")
    .map((peer) => {
      const theirs = measured[peer];
      const pick = peer === "svd" ? (/** @type {any} */ run) => run.compute : time;
      const ratio = medianRatio(ours, theirs, pick);
      const whole = medianRatio(ours, theirs, (/** @type {any} */ run) => run.process);
      const limit = limits[peer] === undefined ? "" : `<= ${limits[peer]}`;
      const processor = [ours, theirs].map((/** @type {any[]} */ runs) => processorTime(runs));
      const peerMemory = median(theirs.map((/** @type {any} */ run) => run.peakMegabytes));
      return `| ${title} | ${peer} | ${show(median(ours.map(pick)))} | ${show(median(theirs.map(pick)))} | ${ratio.toFixed(2)} | ${limit} | ${whole.toFixed(2)} | ${processor.join(" / ")} | ${memory} / ${peerMemory.toFixed(0)} | ${agreement(ours[0], theirs[0])} |`;
    });
}

/** @param {any[]} runs */
function processorTime(runs) {
  const known = runs
    .map((run) => run.cpu)
    .filter((/** @type {unknown} */ cpu) => cpu !== undefined);
  return known.length === 0 ? "" : show(median(known));
}

/**
 * Ratios are taken run by run, so that both stand for the same moment.
 * @param {any[]} ours
 * @param {any[]} theirs
 * @param {(run: any) => number} pick
 */
function medianRatio(ours, theirs, pick) {
  return median(ours.map((run, i) => pick(run) / pick(theirs[i])));
}

/**
 * Largest relative difference of the generalized eigenvalues, beside the largest of them.
 * @param {any} ours
 * @param {any} theirs
 */
function agreement(ours, theirs) {
  if (ours.eigenvalues === undefined || theirs.eigenvalues === undefined) {
    return ours.residual === undefined ? "" : `residual ${ours.residual.toExponential(1)}`;
  }
  if (ours.eigenvalues.length !== theirs.eigenvalues.length) {
    return `${ours.eigenvalues.length} against ${theirs.eigenvalues.length} components`;
  }
  const scale = Math.abs(theirs.eigenvalues[0]);
  const differences = ours.eigenvalues.map((/** @type {number} */ value, /** @type {number} */ i) =>
    Math.abs(value - theirs.eigenvalues[i]),
  );
  return `within ${(Math.max(...differences) / scale).toExponential(0)}`;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** @param {number} seconds */
export function show(seconds) {
  return seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;
}

/**
 * Puts a table into its place in a README.
 * @param {string} path
 * @param {"bench" | "reading"} script that made it: which of the places
 * @param {string} table
 */
export function writeReadme(path, script, table) {
  const text = readFileSync(path, "utf8");
  const begin = `<!-- table: written by ${script}.mjs --write -->`;
  const start = text.indexOf(begin);
  if (start === -1) throw new Error(`${path} lacks ${begin}.`);
  const head = text.slice(0, start + begin.length);
  const tail = text.slice(text.indexOf(end, start));
  writeFileSync(path, `${head}\n\n${table}\n\n${tail}`);
}
