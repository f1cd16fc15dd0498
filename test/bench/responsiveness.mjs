// What the user waits for: the host's longest stall during a large run, its saving included, and during a validation of
// the samples, and how soon cancels are answered (it fails if one takes more than 200 ms); how soon the panel's figures
// follow its slider, and how soon after a click on Validate the first picture is held out.
//
//   node test/bench/responsiveness.mjs [--only host|panel] [--data flat-10000] [--cancel 0.3,1,2,4,6]
//
// The host's part takes data that `npm run bench` has made, and the built worker; the panel's the samples and a
// Chromium.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { cache, here, prepareData, preparePeers, root } from "./environment.mjs";
import { workloads } from "./workloads.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    data: { type: "string", default: "flat-10000" },
    cancel: { type: "string", default: "0.3,1,2,4,6" },
  },
});

if (options.only !== "panel") {
  const workload = workloads.find(({ name }) => name === options.data);
  if (workload === undefined) throw new Error(`There is no workload ${options.data}.`);
  const files = prepareData(workload, preparePeers());
  await run("responsivenessRun", [join(root, "dist", "worker.js"), ...files, options.cancel]);
}
if (options.only !== "host") await run("panelResponsiveness", []);

/** Runs a program of this folder in a process of its own. */
async function run(name, words) {
  const program = join(cache, `${name}.cjs`);
  await build({
    entryPoints: [join(here, `${name}.ts`)],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // Libraries that are no plain scripts, or find their own files beside them.
    external: ["esbuild", "h5wasm", "playwright-core"],
    define: { "import.meta.dirname": JSON.stringify(here) },
    loader: { ".so": "base64" },
    logLevel: "error",
  });
  const { status } = spawnSync(process.execPath, [program, ...words], {
    stdio: "inherit",
    cwd: root,
  });
  if (status !== 0) process.exitCode = status ?? 1;
}
