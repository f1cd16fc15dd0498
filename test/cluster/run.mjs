// Moments on a real Dask cluster: `npm run test:cluster -- [--rows 60000] [--columns 256]`. Makes its virtual environment
// under .cache/ once; needs a build.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const environment = join(root, ".cache/cluster");
const binaries = join(environment, process.platform === "win32" ? "Scripts" : "bin");
const python = join(binaries, process.platform === "win32" ? "python.exe" : "python");
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "60000" },
    columns: { type: "string", default: "256" },
  },
});

/** @param {string} command @param {string[]} parameters @param {NodeJS.ProcessEnv} [more] */
function run(command, parameters, more = {}) {
  const { status, error } = spawnSync(command, parameters, {
    stdio: "inherit",
    cwd: root,
    env: { ...process.env, ...more },
  });
  if (error !== undefined) console.error(`${command} cannot be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(python)) run("python3", ["-m", "venv", environment]);
const flags = ["--quiet", "--upgrade", "--disable-pip-version-check"];
run(python, ["-m", "pip", "install", ...flags, "-r", join(here, "requirements.txt")]);
const files = join(environment, "files");
run(python, [join(here, "write.py"), files, values.rows, values.columns]);
run("npx", ["vitest", "run", "--config", join(here, "vitest.config.ts")], {
  EIGENLENS_CLUSTER_FILES: files,
  EIGENLENS_CLUSTER_PYTHON: python,
});
