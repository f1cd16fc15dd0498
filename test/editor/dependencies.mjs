import { readFileSync } from "node:fs";
import { join } from "node:path";
import { npmCommand, runCommand } from "./commands.mjs";
import { root } from "./paths.mjs";

/**
 * Installs the project's own dependencies with `npm ci` where node_modules is missing or not what
 * package-lock.json asks for. Versions are compared, not times: a checkout changes times.
 * @param {(line: string) => void} report takes one line of progress
 */
export async function ensureDependencies(report) {
  const difference = firstDifference();
  if (!difference) return;
  report(`Dependencies: npm ci (${difference}) ...`);
  const npm = npmCommand();
  const options = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  await runCommand(npm.command, [...npm.args, ...options], { cwd: root, show: true });
}

/**
 * @typedef {object} LockedPackage
 * @property {string} version
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [peer]
 */

/** @returns {string | undefined} what is missing or of another version */
function firstDifference() {
  const wanted = packagesOf(join(root, "package-lock.json"));
  if (!wanted) throw new Error(`package-lock.json is missing in ${root}: restore it from git.`);
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (!installed) return "node_modules is missing or incomplete";
  for (const [path, { version, optional, devOptional }] of Object.entries(wanted)) {
    const found = installed[path];
    // Optional packages are for other platforms, or could not be built here.
    if (path === "" || ((optional || devOptional) && !found)) continue;
    if (found?.version !== version) return `${path.replace("node_modules/", "")} is not ${version}`;
  }
  return undefined;
}

/**
 * @param {string} lockFile
 * @returns {Record<string, LockedPackage> | undefined} undefined where there is no such file
 */
function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
}
