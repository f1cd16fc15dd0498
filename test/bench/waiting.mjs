// What users wait for, by the clock: whole processes of the built command line, start to exit.
//
//   node test/bench/waiting.mjs [--only start|rows-53|rows-400|rows-2000|layers-32] [--repeats 3] [--beside FOLDER]
//
// --beside runs another checkout's build in turns with this one, since machines differ more than programs. Prints
// medians of seconds by the clock, and of processor seconds.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cache, prepareData, preparePeers, root } from "./environment.mjs";
import { median } from "./table.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    repeats: { type: "string", default: "3" },
    beside: { type: "string" },
  },
});
const columns = 3072;
const validation = ["--validate", "--permutations", "1000", "--no-extended", "--json"];
const samples = ["him.npy", "her.npy"].map((name) => join(root, "samples", name));

/** @type {readonly { name: string, wanted: number, words: () => string[], times?: number }[]} */
const workloads = [
  { name: "start", wanted: 0.25, words: () => ["run", ...samples], times: 5 },
  {
    name: "rows-53",
    wanted: 4,
    words: () => ["run", ...drawn("rows-53", 53), ...validation],
    times: 2,
  },
  { name: "rows-400", wanted: 90, words: () => ["run", ...drawn("rows-400", 400), ...validation] },
  {
    name: "rows-2000",
    wanted: 300,
    words: () => ["run", ...drawn("rows-2000", 2000), ...validation],
  },
  {
    name: "layers-32",
    wanted: 120,
    words: () => ["sweep", ...drawnLayers(32), "--permutations", "1000", "--no-extended", "--json"],
  },
];

/**
 * Two conditions of the peers' data, made once.
 * @param {string} name
 * @param {number} rows
 * @param {string} [contrast] how many times the target's deviation is larger in a few directions
 * @returns {string[]}
 */
function drawn(name, rows, contrast = "3") {
  const data = [String(rows), String(columns), "decaying", "float32", contrast];
  return prepareData({ name, data }, preparePeers());
}

/**
 * The two conditions of each layer.
 * @param {number} count
 * @returns {string[]}
 */
function drawnLayers(count) {
  const folder = join(cache, `layers-${count}`);
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, layer) => {
    const own = ["him", "her"].map((name) => join(folder, `layer${layer}_${name}.npy`));
    if (!own.every(existsSync)) {
      const files = drawn("layer", 53, String(1 + layer / count));
      for (const [at, file] of files.entries()) renameSync(file, own[at] ?? "");
    }
    return own;
  }).flat();
}

/**
 * @param {string} command
 * @param {string[]} words
 * @returns {string} standard error
 */
function run(command, words) {
  const { status, stderr } = spawnSync(command, words, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} ${words.join(" ")} failed: ${stderr}`);
  return stderr;
}

/**
 * Seconds by the clock and of processor time.
 * @param {string} folder of a checkout
 * @param {string[]} words
 */
function timed(folder, words) {
  const usage = ["--import", join(root, "test", "support", "reportUsage.mjs")];
  const started = performance.now();
  const stderr = run(process.execPath, [...usage, join(folder, "dist", "cli.js"), ...words]);
  const clock = (performance.now() - started) / 1000;
  const { seconds } = JSON.parse(stderr.slice(stderr.lastIndexOf("\n") + 1));
  return { clock, processor: Number(seconds) };
}

mkdirSync(cache, { recursive: true });
const programs = [root, ...(options.beside === undefined ? [] : [options.beside])];
console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? ""}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
);
for (const { name, wanted, words, times = 1 } of workloads) {
  if (options.only !== undefined && options.only !== name) continue;
  const line = words();
  const turns = Array.from({ length: times * Number(options.repeats) }, () =>
    programs.map((folder) => timed(folder, line)),
  );
  for (const [at, folder] of programs.entries()) {
    const clock = median(turns.map((turn) => turn[at]?.clock ?? Number.NaN));
    const processor = median(turns.map((turn) => turn[at]?.processor ?? Number.NaN));
    const figures = `${clock.toFixed(2)} s by the clock, ${processor.toFixed(2)} s of processor time`;
    console.log(`${name}: ${figures} (wanted: ${wanted} s) ${at === 0 ? "" : folder}`.trimEnd());
  }
}
