import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { memorySource } from "../../../../src/activations/sources/memorySource.ts";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import { readDocument } from "../../../../src/runs/reading/readDocument.ts";
import { himVsHer, realEngine } from "../support/realEngine.ts";

describe("the engine's client", () => {
  let real: ReturnType<typeof realEngine>;
  let stored: Uint8Array;
  const read = (): Promise<RunDocument> => readDocument(memorySource("stored", stored));

  beforeAll(async () => {
    real = realEngine();
    const { document } = await real.engine.run(himVsHer);
    stored = await encodeDocument(document);
  });
  afterAll(() => real.dispose());

  it("runs the sample data with the known result", async () => {
    const { summary } = await read();
    expect(summary.compression.components).toBe(74);
    expect(summary.separation.eigenvalues[0]).toBeCloseTo(187.918, 3);
    expect(summary.swapped.eigenvalues[0]).toBeCloseTo(170.033, 3);
  });

  it("opens a run, solves it again and gives components", async () => {
    const view = await real.engine.open("a", read);
    expect(view.controls).toMatchObject({ shrinkage: 0.01, variance: 0.99 });
    const again = await real.engine.resolve({ runId: "a", shrinkage: 0.1, variance: 0.9 });
    expect(again.summary.compression.components).toBeLessThan(74);
    const component = await real.engine.component({ runId: "a", direction: "swapped", index: 0 });
    expect(component.filter).toHaveLength(3072);
    expect(Math.hypot(...component.filter)).toBeCloseTo(1, 12);
  });

  it("loads a run again when the worker has let it go, solved as it was", async () => {
    await real.engine.open("first", read);
    const before = await real.engine.resolve({ runId: "first", shrinkage: 0.2, variance: 0.9 });
    const asBefore = { runId: "first", direction: "forward", index: 0 } as const;
    const { eigenvalue } = await real.engine.component(asBefore);
    for (const runId of ["b", "c", "d", "e", "f"]) await real.engine.open(runId, read);
    const component = await real.engine.component(asBefore);
    expect(component.eigenvalue).toBe(eigenvalue);
    expect(component.eigenvalue).toBe(before.summary.separation.eigenvalues[0]);
  });

  it("refuses a run that was closed", async () => {
    await real.engine.open("closed", read);
    real.engine.close("closed");
    await expect(
      real.engine.component({ runId: "closed", direction: "forward", index: 0 }),
    ).rejects.toMatchObject({ code: "usage" });
  });

  it("proposes him as target", async () => {
    const proposal = await real.engine.propose(["samples/her.npy", "samples/him.npy"]);
    expect(proposal.target?.name).toBe("him");
    expect(proposal.reference?.name).toBe("her");
    expect(proposal.mustChoose).toBe(false);
  });

  it("cancels a run and leaves the next one whole", async () => {
    const stop = new AbortController();
    const run = real.engine.run(himVsHer, { signal: stop.signal });
    stop.abort();
    await expect(run).rejects.toMatchObject({ code: "cancelled" });
    const { document } = await real.engine.run(himVsHer);
    expect(document.summary.compression.components).toBe(74);
  });
});
