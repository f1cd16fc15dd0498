// Eigenlens and its peers side by side, interleaved, in one run; prints ratios with medians.
//
//   npm run bench -- [--only eigen,him] [--repeats 3] [--engine tensorflow] [--write]
//
// Everything goes to a dated JSON in output/, and with --write into the table of README.md. Times of a busy
// machine mean little: the load average stands beside them.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { prepareTensorflow } from "../tensorflow/prepare.mjs";
import { cache, here, peerEnvironment, prepareData, preparePeers, root } from "./environment.mjs";
import { publish } from "./report.mjs";
import { renderTable } from "./table.mjs";
import { workloads } from "./workloads.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    repeats: { type: "string", default: "3" },
    engine: { type: "string", default: "auto" },
    write: { type: "boolean", default: false },
  },
});
const repeats = Number(options.repeats);
const wanted = options.only?.split(",") ?? [""];
const chosen = workloads.filter(({ name }) => wanted.some((prefix) => name.startsWith(prefix)));
if (chosen.length === 0) throw new Error(`No workload begins with ${options.only}.`);

const python = preparePeers();
if (options.engine === "tensorflow") process.env["EIGENLENS_TENSORFLOW"] = prepareTensorflow();
const eigenRun = join(cache, "eigenRun.cjs");
await build({
  entryPoints: [join(here, "eigenRun.ts")],
  outfile: eigenRun,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  logLevel: "error",
});
const results = [];
for (const workload of chosen) {
  console.error(`${workload.title} ...`);
  results.push(measure(workload));
}
publish("bench", { results }, renderTable, options.write);

/** @param {import("./workloads.mjs").Workload} workload */
function measure(workload) {
  const contenders = workload.kind === "run" ? runContenders(workload) : eigenContenders(workload);
  /** @type {Record<string, any[]>} */
  const measured = {};
  for (let repeat = 0; repeat < repeats; repeat++) {
    // In turns, so that what disturbs the machine disturbs everybody.
    for (const [name, take] of Object.entries(contenders)) (measured[name] ??= []).push(take());
  }
  return { ...workload, load: loadavg()[0], measured };
}

/** @param {import("./workloads.mjs").Workload} workload */
function runContenders(workload) {
  const files = prepareData(workload, python);
  const peers = (workload.peers ?? []).map((peer) => [
    peer,
    () => timed(python, [join(here, "peers.py"), peer, ...files], peerEnvironment()),
  ]);
  return {
    eigenlens: () => runEigenlens(files, workload.options ?? []),
    ...Object.fromEntries(peers),
  };
}

/** @param {import("./workloads.mjs").Workload} workload */
function eigenContenders({ task = [], order }) {
  const ours = { eigenlens: () => timed(process.execPath, [eigenRun, ...task]) };
  if (order === undefined) return ours;
  const peer = [join(here, "peers.py"), "eigh", String(order)];
  return { ...ours, eigh: () => timed(python, peer, peerEnvironment()) };
}

/**
 * @param {string[]} files
 * @param {string[]} flags
 */
function runEigenlens(files, flags) {
  const peakFile = join(tmpdir(), `eigenlens-peak-${process.pid}`);
  const program = [
    ...[
      "--import",
      pathToFileURL(join(here, "reportPeak.mjs")).href,
      join(root, "dist", "cli.js"),
      "run",
    ],
    ...[...files, "--json", "--engine", options.engine, ...flags],
  ];
  const found = timed(process.execPath, program, { ...process.env, EIGENLENS_PEAK_FILE: peakFile });
  const measured = JSON.parse(readFileSync(peakFile, "utf8"));
  rmSync(peakFile);
  const { seconds, separation, plan, compression } = found;
  return {
    process: found.process,
    read: seconds.read,
    compute: seconds.compress + seconds.separate,
    total: seconds.total,
    ...measured,
    components: compression.components,
    plan,
    eigenvalues: separation.eigenvalues,
  };
}

/**
 * What the program printed as JSON, and the seconds of its whole process.
 * @param {string} command
 * @param {string[]} flags
 * @param {NodeJS.ProcessEnv} [environment]
 */
function timed(command, flags, environment = process.env) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, flags, {
    env: environment,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${command} ${flags.join(" ")} failed:\n${stderr}`);
  return { process: (performance.now() - started) / 1000, ...JSON.parse(stdout) };
}
