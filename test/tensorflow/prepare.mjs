// Makes `@tensorflow/tfjs-node` loadable from packages alone, without the download of libtensorflow that its
// install script wants: the library and headers come out of the wheel `tensorflow-cpu`, and the package's own
// binding is compiled against them (needs python3 with pip, g++ and make). Everything lies in
// .cache/tensorflow and is made only once.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const packageVersion = "4.22.0";
const wheelVersion = "2.21.0";

/** The folder from which the prepared package can be loaded. */
export const tensorflowFolder = join(root, ".cache", "tensorflow");
const done = join(tensorflowFolder, `ready-${process.versions.modules}`);

/** Prepares the package if that was not done before; throws with the command that failed. */
export function prepareTensorflow() {
  if (existsSync(done)) return tensorflowFolder;
  mkdirSync(tensorflowFolder, { recursive: true });
  writeFileSync(join(tensorflowFolder, "package.json"), '{ "private": true }\n');
  const folder = join(tensorflowFolder, "node_modules", "@tensorflow", "tfjs-node");
  if (!existsSync(folder)) {
    run("npm", ["install", "--ignore-scripts", `@tensorflow/tfjs-node@${packageVersion}`]);
  }
  unpackWheel();
  linkLibraries(folder);
  compile(folder);
  writeFileSync(done, "");
  return tensorflowFolder;
}

function unpackWheel() {
  const wheels = join(tensorflowFolder, "wheel");
  if (existsSync(join(wheels, "tensorflow"))) return;
  run("python3", [
    ...["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest", wheels],
    ...["--python-version", "3.11", "--platform", "manylinux_2_27_x86_64"],
    `tensorflow-cpu==${wheelVersion}`,
  ]);
  const wheel = readdirSync(wheels).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw new Error(`pip left no wheel in ${wheels}.`);
  const program = [
    "import sys, zipfile",
    "wheel = zipfile.ZipFile(sys.argv[1])",
    "wanted = ('include/tensorflow/c/', 'include/tensorflow/core/platform/', 'include/tsl/',",
    "          'include/xla/tsl/', 'libtensorflow_cc.so.2', 'libtensorflow_framework.so.2')",
    "names = [n for n in wheel.namelist() if n[len('tensorflow/'):].startswith(wanted)]",
    "wheel.extractall(sys.argv[2], names)",
  ].join("\n");
  run("python3", ["-c", program, join(wheels, wheel), wheels]);
  rmSync(join(wheels, wheel));
}

/**
 * `deps/` as the package's binding expects it; the C interface is part of the C++ library.
 * @param {string} folder of the package
 */
function linkLibraries(folder) {
  const source = join(tensorflowFolder, "wheel", "tensorflow");
  const dependencies = join(folder, "deps");
  rmSync(dependencies, { recursive: true, force: true });
  mkdirSync(join(dependencies, "lib"), { recursive: true });
  symlinkSync(join(source, "include"), join(dependencies, "include"));
  const libraries = {
    "libtensorflow.so": "libtensorflow_cc.so.2",
    "libtensorflow.so.2": "libtensorflow_cc.so.2",
    "libtensorflow_cc.so.2": "libtensorflow_cc.so.2",
    "libtensorflow_framework.so": "libtensorflow_framework.so.2",
    "libtensorflow_framework.so.2": "libtensorflow_framework.so.2",
  };
  for (const [name, target] of Object.entries(libraries)) {
    symlinkSync(join(source, target), join(dependencies, "lib", name));
  }
}

/** @param {string} folder of the package */
function compile(folder) {
  const prefix = dirname(dirname(process.execPath));
  // Node's own headers where they are installed beside it; node-gyp fetches them otherwise.
  const headers = existsSync(join(prefix, "include", "node")) ? [`--nodedir=${prefix}`] : [];
  const builder = join(tensorflowFolder, "node_modules", ".bin", "node-pre-gyp");
  run(builder, ["install", "--build-from-source", ...headers], folder);
}

/**
 * @param {string} command
 * @param {string[]} options
 */
function run(command, options, folder = tensorflowFolder) {
  const { status, error } = spawnSync(command, options, { cwd: folder, stdio: "inherit" });
  if (error || status !== 0) {
    throw new Error(`${command} ${options.join(" ")} failed in ${folder}: ${error ?? status}`);
  }
}
