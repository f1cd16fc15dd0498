// The peers' virtual environment and the seeded data, made once, in .cache/bench.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "../..");
export const cache = join(root, ".cache", "bench");

/** Python of an environment with the newest peers; created where it is missing. */
export function preparePeers() {
  return prepareEnvironment(join(cache, "venv"), join(here, "requirements.txt"));
}

/** The same with the libraries that read files: the environment of `npm run test:peers`. */
export function prepareReadingPeers() {
  return prepareEnvironment(
    join(root, ".cache", "peers"),
    join(root, "test", "peers", "requirements.txt"),
  );
}

/**
 * @param {string} folder
 * @param {string} packages a list for pip
 */
function prepareEnvironment(folder, packages) {
  const python = join(folder, "bin", "python");
  const ready = join(folder, "ready");
  if (!existsSync(ready)) {
    mkdirSync(folder, { recursive: true });
    run("python3", ["-m", "venv", folder]);
    run(python, ["-m", "pip", "install", "--quiet", "--upgrade", "-r", packages]);
    writeFileSync(ready, "");
  }
  return python;
}

/**
 * The two files of a workload.
 * @param {Pick<import("./workloads.mjs").Workload, "name" | "data">} workload
 * @param {string} python
 * @returns {string[]}
 */
export function prepareData({ name, data = [] }, python) {
  if (data.length === 2) return data.map((path) => join(root, path));
  const files = ["target", "reference"].map((condition) => join(cache, `${name}-${condition}.npy`));
  if (!files.every(existsSync)) run(python, [join(here, "peers.py"), "draw", cache, name, ...data]);
  return files;
}

/** The environment of a peer: as many threads as there are cores, and OpenBLAS free to know the machine. */
export function peerEnvironment() {
  const cores = String(availableParallelism());
  const environment = {
    ...process.env,
    OPENBLAS_NUM_THREADS: cores,
    OMP_NUM_THREADS: cores,
    PYTHONWARNINGS: "ignore",
  };
  delete environment.OPENBLAS_CORETYPE;
  delete environment.OPENBLAS_L2_SIZE;
  return environment;
}

/**
 * @param {string} command
 * @param {string[]} options
 */
function run(command, options) {
  const { status, error } = spawnSync(command, options, { stdio: ["ignore", 2, 2] });
  if (error || status !== 0) {
    throw new Error(`${command} ${options.join(" ")} failed: ${error ?? `exit ${status}`}`);
  }
}
