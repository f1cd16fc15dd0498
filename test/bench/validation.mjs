// Validation side by side with numpy, in one run: the usual way (a PCA of the rows in every fold and permutation)
// and the same Gram-space procedure in numpy.
//
//   node test/bench/validation.mjs [--python PYTHON] [--rows 53] [--permutations 1000] [--peer-permutations 10]
//
// 53 rows are those of samples/; any other number is drawn (decaying spectrum, 3072 columns). The peers do fewer
// permutations and are scaled up, which the output says. PYTHON needs numpy and scipy. On a machine that is busy
// with other things, set OPENBLAS_NUM_THREADS=1 and compare CPU seconds: waiting threads of the peers would spin.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    rows: { type: "string", default: "53" },
    permutations: { type: "string", default: "1000" },
    "peer-permutations": { type: "string", default: "10" },
  },
});
const folder = mkdtempSync(join(tmpdir(), "eigenlens-bench-"));
try {
  const common = {
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "error",
  };
  await Promise.all([
    build({
      ...common,
      entryPoints: ["test/bench/validationRun.ts"],
      outfile: join(folder, "run.cjs"),
    }),
    build({
      ...common,
      entryPoints: ["src/ged/validation/tasks/validationThread.ts"],
      outfile: join(folder, "validation-thread.js"),
    }),
  ]);
  const data = join(folder, "data");
  mkdirSync(data);
  const peer = (...words) =>
    JSON.parse(run(options.python, ["test/bench/validationPeers.py", ...words]));
  peer("write", options.rows, data);
  const ours = JSON.parse(
    run(process.execPath, [join(folder, "run.cjs"), data, options.permutations]),
  );
  const peers = ["gram", "usual"].map((way) =>
    peer(way, data, options["peer-permutations"], options.permutations),
  );
  const again = JSON.parse(
    run(process.execPath, [join(folder, "run.cjs"), data, options.permutations]),
  );
  const best = Math.min(ours.seconds, again.seconds);
  const result = {
    date: new Date().toISOString(),
    processors: availableParallelism(),
    rows: Number(options.rows),
    permutations: Number(options.permutations),
    eigenlens: [ours, again],
    peers,
    ratios: Object.fromEntries(peers.map((one) => [one.way, one.seconds / best])),
  };
  mkdirSync("test/bench/output", { recursive: true });
  writeFileSync(
    `test/bench/output/validation-${options.rows}.json`,
    JSON.stringify(result, null, 1),
  );
  console.log(JSON.stringify(result, null, 1));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(program, words) {
  const env = { ...process.env };
  delete env.OPENBLAS_CORETYPE;
  delete env.OPENBLAS_L2_SIZE;
  const done = spawnSync(program, words, { encoding: "utf8", env, maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`${program} ${words.join(" ")}\n${done.stderr}`);
  return done.stdout;
}
