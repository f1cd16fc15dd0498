// Validation side by side with numpy, in turns: covariances in label-free directions that were found once, the Gram
// matrix of every fold, and, for few rows, the usual way (a PCA of the rows in every fold and permutation).
//
//   node test/bench/validation.mjs [--python PYTHON] [--rows 53] [--repeats 3] [--permutations 1000]
//     [--peer-permutations 10]
//
// 53 rows are those of samples/; any other number is drawn (decaying spectrum, 3072 columns). The peers do fewer
// permutations and are scaled up, which the output says; they run on one thread, and processor seconds of one
// permutation are compared, since on a busy machine the clock says little and waiting threads spin. PYTHON needs numpy
// and scipy.
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
    repeats: { type: "string", default: "3" },
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
  /** @param {string} permutations */
  const ours = (permutations) =>
    JSON.parse(
      run(process.execPath, [join(folder, "run.cjs"), data, permutations, options.repeats]),
    );
  const ways = Number(options.rows) > 100 ? ["reduced", "gram"] : ["reduced", "gram", "usual"];
  const turns = ways.map((way) => {
    const { permutations, repeats } = options;
    const theirs = peer(way, data, options["peer-permutations"], permutations, repeats);
    return { theirs, own: ours(permutations), folds: ours("0") };
  });
  const compared = turns.map(({ theirs, own, folds }) => {
    const each = (own.cpuSeconds - folds.cpuSeconds) / Number(options.permutations);
    return {
      way: theirs.way,
      cpuSecondsPerPermutation: each,
      ofPeer: each / theirs.cpuSecondsPerPermutation,
      secondsOfPeer: own.seconds / theirs.seconds,
    };
  });
  const result = {
    date: new Date().toISOString(),
    processors: availableParallelism(),
    rows: Number(options.rows),
    repeats: Number(options.repeats),
    permutations: Number(options.permutations),
    turns,
    compared,
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
  const env = { ...process.env, OPENBLAS_NUM_THREADS: "1" };
  delete env.OPENBLAS_CORETYPE;
  delete env.OPENBLAS_L2_SIZE;
  const done = spawnSync(program, words, { encoding: "utf8", env, maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`${program} ${words.join(" ")}\n${done.stderr}`);
  return done.stdout;
}
