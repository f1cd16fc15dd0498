// Files written by the newest libraries of Python must read back equal: `npm run test:peers -- [--without-torch]
// [--count 200] [--seed 1]`. Makes its virtual environment under .cache/ once.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const environment = join(root, ".cache/peers");
const python = join(
  environment,
  process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
);
const { values } = parseArgs({
  options: {
    "without-torch": { type: "boolean", default: false },
    count: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
  },
});

function run(command, parameters, options = {}) {
  const { status, error } = spawnSync(command, parameters, {
    stdio: "inherit",
    cwd: root,
    ...options,
  });
  if (error !== undefined) console.error(`${command} cannot be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(python)) run("python3", ["-m", "venv", environment]);
const packages = ["requirements.txt", "notebook/jupyter.txt"].flatMap((name) => [
  "-r",
  join(here, name),
]);
if (!values["without-torch"]) packages.push("-r", join(here, "models.txt"));
run(python, [
  "-m",
  "pip",
  "install",
  "--quiet",
  "--upgrade",
  "--disable-pip-version-check",
  ...packages,
]);
const files = join(environment, "files");
const flags = values["without-torch"] ? ["--without-torch"] : [];
run(python, [join(here, "write.py"), files, values.count, values.seed, ...flags]);
run(python, [join(here, "moments.py"), files, values.seed, ...flags]);
const sources = join(environment, "sources");
run(python, [join(here, "sources.py"), sources]);
const model = join(environment, "tiny");
if (!values["without-torch"]) run(python, [join(here, "model.py"), model]);
const left = values["without-torch"]
  ? ["directions", "capture"].flatMap((name) => ["--exclude", `test/peers/${name}.test.ts`])
  : [];
const options = {
  env: {
    ...process.env,
    EIGENLENS_PEER_FILES: files,
    EIGENLENS_PEER_SOURCES: sources,
    ...(values["without-torch"] ? {} : { EIGENLENS_PEER_MODEL: model }),
    EIGENLENS_PEER_PYTHON: python,
  },
};
run("npx", ["vitest", "run", "--config", join(here, "vitest.config.ts"), ...left], options);
// In the editor, from the bundles of `npm run build`.
const editor = join(here, "notebook/editor/vitest.config.ts");
if (existsSync(join(root, "dist/extension.js")))
  run("npx", ["vitest", "run", "--config", editor], options);
else console.log("Without a build (npm run build) the notebook is not tried in the editor.");
