import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { controlBlock } from "../../../../src/linalg/kernels/controlBlock.ts";
import { KernelEngine } from "../../../../src/linalg/kernels/kernelEngine.ts";
import { childProgram, startChild } from "../../../support/childProgram.ts";

/** Twenty products behind the back of an engine that ends its helpers, twenty times. */
const disposing = `
  import { KernelEngine } from "./src/linalg/kernels/kernelEngine.ts";
  import { setTimeout as delay } from "node:timers/promises";
  const n = 400;
  async function main() {
    for (let turn = 0; turn < 20; turn++) {
      const engine = await KernelEngine.create({ threads: 8, beyondProcessors: true });
      const address = engine.allocateDoubles(n * n);
      const c = engine.allocateDoubles(n * n);
      const a = { address, outer: n, step: 1 };
      engine.doubles(address, n * n).fill(1);
      const task = { a, b: a, c, cRow: n, rows: n, columns: n, depth: n, overwrite: true };
      engine.multiply(task);
      await delay(30); // The helper has started.
      const disposed = engine.dispose();
      for (let product = 0; product < 20; product++) engine.multiply(task);
      if (engine.doubles(c, n * n).some((value) => value !== n)) throw new Error("a wrong product");
      await disposed;
    }
    console.log("done");
  }
  void main();
`;

// In a process of its own: what waits for a helper that is gone blocks its thread for good.
it("multiplies alone, and right, once its helpers end", async () => {
  const folder = await mkdtemp(join(tmpdir(), "eigenlens-kernels-"));
  const child = startChild(await childProgram(folder, disposing));
  const limit = setTimeout(() => child.kill("SIGKILL"), 60_000);
  try {
    expect(await child.ended).toEqual({ code: 0, signal: null, output: "done\n", errors: "" });
  } finally {
    clearTimeout(limit);
    await rm(folder, { recursive: true, force: true });
  }
});

it("opens no job for helpers that are told to end", async () => {
  const engine = await KernelEngine.create({ threads: 3, beyondProcessors: true });
  const helpers = engine?.integers(controlBlock.helpers, 1);
  expect(helpers?.[0]).toBe(2);
  const disposed = engine?.dispose();
  expect(helpers?.[0]).toBe(0);
  await disposed;
});
