// npm test: sets up what is missing, then checks everything in real parts. A part that fails does
// not keep the others from running; the last line is the result of all.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { ensureBrowser } from "./editor/browser.mjs";
import { runCommand } from "./editor/commands.mjs";
import { ensureDependencies } from "./editor/dependencies.mjs";
import { ensureEditor } from "./editor/install.mjs";
import { packageExtension } from "./editor/package.mjs";
import { root } from "./editor/paths.mjs";

/** A part that takes longer hangs. */
const LIMIT_MILLISECONDS = 10 * 60_000;
const reports = join(root, ".cache", "test");
const modules = join(root, "node_modules");

const count = { passed: 0, failed: 0 };
/** @type {string[]} */
const failures = [];

/**
 * Runs one part and counts it as one test.
 * @param {string} name
 * @param {() => Promise<unknown>} work throws where the part fails
 */
async function part(name, work) {
  const start = Date.now();
  console.log(`\n--- ${name}`);
  try {
    const said = await work();
    if (typeof said === "string" && said) console.log(said);
    count.passed += 1;
    console.log(`    ok (${seconds(start)})`);
  } catch (error) {
    fail(name, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Runs one set of vitest tests, each of which counts.
 * @param {string} name
 * @param {string} configuration
 */
async function tests(name, configuration) {
  const start = Date.now();
  console.log(`\n--- ${name}`);
  const report = join(reports, `${configuration}.json`);
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  /** @type {unknown} */
  let ended;
  try {
    await node("vitest/vitest.mjs", ["run", "--config", configuration, ...reporters]);
  } catch (error) {
    ended = error;
  }
  const failedBefore = count.failed;
  try {
    countReport(report);
  } catch (error) {
    fail(name, `no report of the tests: ${error instanceof Error ? error.message : error}`);
  }
  // An error outside every test, a hook or a time limit.
  if (ended instanceof Error && count.failed === failedBefore) fail(name, ended.message);
  console.log(`    (${seconds(start)})`);
}

/**
 * @typedef {object} TestReport
 * @property {{ name: string, status: string, message: string, assertionResults: { status: string, fullName: string }[] }[]} testResults
 */

/** @param {string} path of what vitest's JSON reporter wrote */
function countReport(path) {
  const report = /** @type {TestReport} */ (JSON.parse(readFileSync(path, "utf8")));
  for (const file of report.testResults) {
    const name = relative(root, file.name);
    for (const test of file.assertionResults) {
      if (test.status === "passed") count.passed += 1;
      // A test that did not run proves nothing: skipped ones count as failed.
      else fail(`${name}: ${test.fullName}`, test.status);
    }
    const failed = file.assertionResults.some((test) => test.status === "failed");
    if (file.status === "failed" && !failed) fail(name, file.message || "could not be loaded");
  }
}

/**
 * @param {string} name
 * @param {string} reason
 */
function fail(name, reason) {
  count.failed += 1;
  failures.push(name);
  console.log(`    FAILED ${name}: ${reason}`);
}

/**
 * Runs a tool from node_modules, its output shown.
 * @param {string} script
 * @param {readonly string[]} args
 */
function node(script, args) {
  const options = { cwd: root, show: true, limitMilliseconds: LIMIT_MILLISECONDS };
  return runCommand(process.execPath, [join(modules, script), ...args], options);
}

/** @param {number} start */
function seconds(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

mkdirSync(reports, { recursive: true });
const report = (/** @type {string} */ line) => console.log(line);
await part("Dependencies", () => ensureDependencies(report));
await part("Browser", () => ensureBrowser(report));
await part("Editor", async () => (await ensureEditor(report)).entry);
await part("Build", () =>
  runCommand(process.execPath, [join(root, "esbuild.mjs")], { cwd: root, show: true }),
);
for (const project of ["src", "extension", "webview", "test"]) {
  await part(`Types of ${project}`, () => node("typescript/bin/tsc", ["-p", project]));
}
await part("Lint", () => node("eslint/bin/eslint.js", ["--max-warnings", "0", "."]));
await part("Format", () => node("prettier/bin/prettier.cjs", ["--check", "."]));
await part("Package", packageExtension);
await tests("Unit, golden, formats, fuzz and webview tests", "vitest.config.ts");
await tests("End-to-end tests in VS Code", "vitest.e2e.config.ts");

if (failures.length > 0)
  console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join("\n")}`);
console.log(`\n${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed > 0 ? 1 : 0;
