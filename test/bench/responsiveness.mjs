// The host's longest stall during a large run, its saving included, and how soon cancels are answered: it fails
// if one takes more than 200 ms.
//
//   node test/bench/responsiveness.mjs [--data flat-10000] [--cancel 0.3,1,2,4,6]
//
// Takes data that `npm run bench` has made, and the built worker.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { cache, here, prepareData, preparePeers, root } from "./environment.mjs";
import { workloads } from "./workloads.mjs";

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "flat-10000" },
    cancel: { type: "string", default: "0.3,1,2,4,6" },
  },
});
const workload = workloads.find(({ name }) => name === options.data);
if (workload === undefined) throw new Error(`There is no workload ${options.data}.`);
const files = prepareData(workload, preparePeers());
const program = join(cache, "responsivenessRun.cjs");
await build({
  entryPoints: [join(here, "responsivenessRun.ts")],
  outfile: program,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  logLevel: "error",
});
const { status } = spawnSync(
  process.execPath,
  [program, join(root, "dist", "worker.js"), ...files, options.cancel],
  { stdio: "inherit" },
);
process.exitCode = status ?? 1;
