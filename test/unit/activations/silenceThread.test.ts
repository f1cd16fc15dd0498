import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Starts a thread as the readers do, waits for its answer, and is then at its end: nothing lets its event loop turn
 * so many more times but the thread.
 */
const program = `
  const { Worker } = require("node:worker_threads");
  const worker = new Worker(process.argv[2], { stdout: true, stderr: true });
  worker.once("message", () => {
    worker.unref();
    let turns = 0;
    setInterval(() => ++turns === 20 && process.exit(3), 100).unref();
  });
`;

/** Whether the program ends by itself. */
function ends(thread: string): boolean {
  const main = join(folder, "main.cjs");
  writeFileSync(main, program);
  const path = join(folder, "thread.cjs");
  buildSync({
    stdin: { contents: thread, resolveDir: root, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: path,
  });
  const { status } = spawnSync(process.execPath, [main, path], { timeout: 50_000 });
  expect([0, 3]).toContain(status);
  return status === 0;
}

const printing = `
  import { parentPort } from "node:worker_threads";
  parentPort.on("message", () => {});
  console.error("a library's own words");
  parentPort.postMessage("ready");
`;

it("a thread whose library prints does not keep its program alive", () => {
  expect(ends(printing)).toBe(false);
  expect(ends(`import "./src/activations/silenceThread.ts";${printing}`)).toBe(true);
});
