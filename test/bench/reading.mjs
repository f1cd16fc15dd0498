// How fast files are read: `cat FILE > /dev/null` and the libraries of Python side by side with our readers,
// interleaved, in one run; prints ratios with medians.
//
//   npm run bench:reading -- [--only wide,chunked] [--repeats 5] [--write]
//
// Everything goes to a dated JSON in output/, and with --write into the table of README.md.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { apartFromLibraries, libraryBundles } from "../../src/activations/libraries/bundles.mjs";
import { cache, here, prepareReadingPeers } from "./environment.mjs";
import { renderReadingTable } from "./readingTable.mjs";
import { readingWorkloads } from "./readingWorkloads.mjs";
import { publish } from "./report.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    repeats: { type: "string", default: "5" },
    write: { type: "boolean", default: false },
  },
});
const repeats = Number(options.repeats);
const wanted = options.only?.split(",") ?? [""];
const chosen = readingWorkloads.filter(({ file }) =>
  wanted.some((prefix) => file.startsWith(prefix)),
);
if (chosen.length === 0) throw new Error(`No file begins with ${options.only}.`);

const python = prepareReadingPeers();
const peers = join(here, "readingPeers.py");
const data = join(cache, "reading");
const missing = chosen.find(({ file }) => !existsSync(join(data, file)));
if (missing !== undefined) {
  mkdirSync(data, { recursive: true });
  run(python, [peers, "write", data]);
}
const program = join(cache, "readingRun.cjs");
await bundle();

const results = [];
for (const workload of chosen) {
  console.error(`${workload.title} ...`);
  results.push(measure(workload));
}
publish("reading", { repeats, results }, renderReadingTable, options.write);

/** Our readers as the engine bundles them, the libraries beside them. */
async function bundle() {
  const node = {
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    minify: true,
    keepNames: true,
    logLevel: "error",
  };
  await Promise.all([
    build({ ...node, ...libraryBundles, outdir: join(cache, "libraries") }),
    build({
      ...node,
      entryPoints: [join(here, "readingRun.ts")],
      outfile: program,
      plugins: [apartFromLibraries],
    }),
  ]);
}

/** @param {import("./readingWorkloads.mjs").ReadingWorkload} workload */
function measure(workload) {
  const path = join(data, workload.file);
  const smallOf = (/** @type {string} */ file) => file.replace(/(\.\w+(?:\.d)?)$/, "-small$1");
  const small = smallOf(path);
  const whole = join(data, workload.file.replace(/^shards(.*)\.d$/, "whole$1"));
  /** @type {Record<string, any[]>} */
  const measured = {};
  const take = (/** @type {string} */ name, /** @type {any} */ found) =>
    (measured[name] ??= []).push(found);
  const readPeer = () => {
    if (workload.against === "cat") return cat(path);
    if (workload.against === "python") return run(python, [peers, "read", path, small]);
    return run(process.execPath, [program, "float64", whole, smallOf(whole)]);
  };
  // Once for nothing, so that the file lies in memory for everybody.
  readPeer();
  for (let repeat = 0; repeat < repeats; repeat++) {
    // In turns, so that what disturbs the machine disturbs everybody.
    take("peer", readPeer());
    for (const mode of workload.modes) {
      take(mode, run(process.execPath, [program, mode, path, small]));
    }
  }
  if (workload.against !== "cat") {
    for (const { rows, columns, first, last } of measured.float64 ?? []) {
      const [theirs] = measured.peer ?? [];
      const same = rows === theirs.rows && columns === theirs.columns;
      if (!(same && close(first, theirs.first) && close(last, theirs.last))) {
        throw new Error(`${path}: we read other values than the peer.`);
      }
    }
  }
  return { ...workload, load: loadavg()[0], measured };
}

/**
 * @param {number} a
 * @param {number} b
 */
function close(a, b) {
  return Math.abs(a - b) <= 1e-9 * Math.abs(b);
}

/** @param {string} path */
function cat(path) {
  const nowhere = openSync("/dev/null", "w");
  const started = performance.now();
  const { status } = spawnSync("cat", [path], { stdio: ["ignore", nowhere, "inherit"] });
  const seconds = (performance.now() - started) / 1000;
  closeSync(nowhere);
  if (status !== 0) throw new Error(`cat ${path} failed.`);
  return { seconds };
}

/**
 * What the program printed as JSON.
 * @param {string} command
 * @param {string[]} flags
 */
function run(command, flags) {
  const { status, stdout, stderr } = spawnSync(command, flags, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${flags.join(" ")} failed:\n${stderr}`);
  return stdout === "" ? {} : JSON.parse(stdout);
}
