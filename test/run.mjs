// npm test: sets up what is missing, then checks everything in real parts. A part that fails does
// not keep the others from running; the last line is the result of all. What runs on Node is tested on the Node at
// hand and on the editor's, which users have.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { ensureBrowser } from "./editor/browser.mjs";
import { cleanEnvironment, runCommand } from "./editor/commands.mjs";
import { ensureDependencies } from "./editor/dependencies.mjs";
import { tryDesktop } from "./editor/desktop.mjs";
import { ensureEditor } from "./editor/install.mjs";
import { packageExtension } from "../scripts/package.mjs";
import { root } from "./editor/paths.mjs";

/** A part that takes longer hangs, even on a machine that is busy with other things. */
const LIMIT_MILLISECONDS = 60 * 60_000;
/** What depends on Node; the webviews' tests run in a browser, and the fuzzers' time is better spent once. */
const ON_EVERY_NODE = ["test/unit/", "test/golden/", "test/formats/", "test/fuzz/regressions"];
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
 * Runs one set of vitest tests, each of which counts, under the name of the Node that it runs on.
 * @param {string} what
 * @param {string} configuration
 * @param {{ program?: string, only?: readonly string[] }} [options] another Node than this one; folders of tests
 */
async function tests(what, configuration, { program = process.execPath, only = [] } = {}) {
  const start = Date.now();
  const version = versionOf(program);
  const name = `${what} on Node ${version}`;
  console.log(`\n--- ${name}`);
  const report = join(reports, `${configuration}.${version}.json`);
  rmSync(report, { force: true });
  const hangs = `--reporter=${join(root, "test/hangs/hangReporter.mjs")}`;
  const reporters = ["--reporter=default", "--reporter=json", hangs, `--outputFile.json=${report}`];
  /** @type {unknown} */
  let ended;
  try {
    const args = ["run", "--config", configuration, ...reporters, ...only];
    await node("vitest/vitest.mjs", args, program);
  } catch (error) {
    ended = error;
  }
  const failedBefore = count.failed;
  try {
    countReport(report, version);
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

/**
 * @param {string} path of what vitest's JSON reporter wrote
 * @param {string} version of the Node that it ran on
 */
function countReport(path, version) {
  const report = /** @type {TestReport} */ (JSON.parse(readFileSync(path, "utf8")));
  for (const file of report.testResults) {
    const name = `Node ${version}: ${relative(root, file.name)}`;
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
 * @param {string} [program] another Node than this one; whatever it starts finds the same one on PATH
 */
function node(script, args, program = process.execPath) {
  const environment = program === process.execPath ? process.env : cleanEnvironment(program);
  const options = { cwd: root, show: true, environment, limitMilliseconds: LIMIT_MILLISECONDS };
  return runCommand(program, [join(modules, script), ...args], options);
}

/** @param {string} program a Node */
function versionOf(program) {
  return execFileSync(program, ["-p", "process.versions.node"], { encoding: "utf8" }).trim();
}

/** @param {number} start */
function seconds(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

mkdirSync(reports, { recursive: true });
const report = (/** @type {string} */ line) => console.log(line);
await part("Dependencies", () => ensureDependencies(report));
await part("Browser", () => ensureBrowser(report));
/** @type {string | undefined} */
let editorNode;
await part("Editor", async () => {
  const editor = await ensureEditor(report);
  editorNode = editor.node;
  return `${editor.entry}, on Node ${versionOf(editor.node)}`;
});
await part("Build", () =>
  runCommand(process.execPath, [join(root, "esbuild.mjs")], { cwd: root, show: true }),
);
for (const project of ["src", "extension", "webview", "test"]) {
  await part(`Types of ${project}`, () => node("typescript/bin/tsc", ["-p", project]));
}
await part("Index access", () =>
  runCommand(process.execPath, [join(root, "scripts/typecheck/indexAccess.mjs")], {
    cwd: root,
    show: true,
  }),
);
await part("Lint", () => node("eslint/bin/eslint.js", ["--max-warnings", "0", "."]));
await part("Format", () => node("prettier/bin/prettier.cjs", ["--check", "."]));
await part("Package", packageExtension);
await part("Desktop VS Code", tryDesktop);
await tests("Unit, golden, formats, fuzz and webview tests", "vitest.config.ts");
if (editorNode) {
  const options = { program: editorNode, only: ON_EVERY_NODE };
  await tests("Unit, golden, formats and fuzz regression tests", "vitest.config.ts", options);
}
await tests("End-to-end tests in VS Code", "vitest.e2e.config.ts");

if (failures.length > 0)
  console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join("\n")}`);
console.log(`\n${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed > 0 ? 1 : 0;
