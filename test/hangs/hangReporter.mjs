import { descendantsOf, describeProcess } from "./processTree.mjs";

/** @import { Reporter } from "vitest/node" */

/** No test may take so long: vitest's own limits end whatever waits, but not what blocks its thread. */
const usualSilenceMilliseconds = 10 * 60_000;

/**
 * Ends a run in which nothing has happened for long, or that is told to end, and says which tests were running and what
 * their processes did. Tests that fail are named at once, since a file whose tests fail one after the other for want of
 * an answer takes longer than a run may.
 * @implements {Reporter}
 */
export default class HangReporter {
  /** @type {Map<string, string>} per file that runs, the test that was last heard of */
  #running = new Map();
  #last = Date.now();
  #silenceMilliseconds;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /** @param {{ silenceMilliseconds?: number }} [options] */
  constructor({ silenceMilliseconds = usualSilenceMilliseconds } = {}) {
    this.#silenceMilliseconds = silenceMilliseconds;
  }

  onTestRunStart() {
    this.#last = Date.now();
    this.#timer = setInterval(() => this.#look(), 1_000);
    this.#timer.unref();
    process.once("SIGTERM", this.#toldToEnd);
  }

  /** @param {import("vitest/node").TestModule} module */
  onTestModuleQueued(module) {
    this.#heard(module.moduleId, "before its first test");
  }

  /** @param {import("vitest/node").TestCase} test */
  onTestCaseReady(test) {
    this.#heard(test.module.moduleId, `in "${test.fullName}"`);
  }

  /** @param {import("vitest/node").TestCase} test */
  onTestCaseResult(test) {
    this.#heard(test.module.moduleId, `after "${test.fullName}"`);
    const { state, errors = [] } = test.result();
    if (state !== "failed") return;
    const [reason = ""] = (errors[0]?.message ?? "").split("\n");
    console.log(`failed: ${test.module.moduleId} "${test.fullName}": ${reason}`);
  }

  /** @param {import("vitest/node").TestModule} module */
  onTestModuleEnd(module) {
    this.#last = Date.now();
    this.#running.delete(module.moduleId);
  }

  onTestRunEnd() {
    clearInterval(this.#timer);
    process.off("SIGTERM", this.#toldToEnd);
  }

  #toldToEnd = () => this.#end("The run is told to end. These tests were running:");

  /**
   * @param {string} file
   * @param {string} where
   */
  #heard(file, where) {
    this.#last = Date.now();
    this.#running.set(file, where);
  }

  #look() {
    const seconds = (Date.now() - this.#last) / 1000;
    if (seconds * 1000 < this.#silenceMilliseconds) return;
    this.#end(`Nothing has happened for ${seconds.toFixed(0)} s. These tests hang:`);
  }

  /** @param {string} why */
  #end(why) {
    console.log(`\n${why}`);
    for (const [file, where] of this.#running) console.log(`  ${file}, last heard of ${where}`);
    const descendants = descendantsOf(process.pid);
    for (const line of descendants.flatMap(describeProcess)) console.log(`  ${line}`);
    // What blocks its thread does not end by being asked.
    try {
      for (const { pid } of descendants.reverse()) process.kill(pid, "SIGKILL");
    } finally {
      process.exit(1);
    }
  }
}
