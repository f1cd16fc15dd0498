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
    const document = await real.engine.calls.run(himVsHer);
    stored = await encodeDocument(document);
  });
  afterAll(() => real.dispose());

  it("runs the sample data with the known result", async () => {
    const { summary } = await read();
    expect(summary.compression.components).toBe(74);
    expect(summary.directions.forward.eigenvalues[0]).toBeCloseTo(187.918, 3);
    expect(summary.directions.swapped.eigenvalues[0]).toBeCloseTo(170.033, 3);
  });

  it("opens a run, solves it again and gives components", async () => {
    const { header } = await real.engine.open(read);
    const { run } = header;
    expect(header.made).toEqual({ shrinkage: 0.01, variance: 0.99 });
    const solution = { shrinkage: 0.1, variance: 0.9 };
    const again = await real.engine.resolve({ run, solution });
    expect(again.summary.compression.components).toBeLessThan(74);
    const component = await real.engine.component({
      ...{ run, solution, direction: "swapped", index: 0 },
    });
    expect(component.choice).toEqual(solution);
    expect(component.filter).toHaveLength(3072);
    expect(Math.hypot(...component.filter)).toBeCloseTo(1, 12);
  });

  it("has nothing to do with what another panel of the same run was told", async () => {
    const { header } = await real.engine.open(read);
    const other = await real.engine.open(read);
    expect(other.header.run).toBe(header.run);
    const ask = (shrinkage: number) =>
      real.engine.component({
        ...{ run: header.run, solution: { shrinkage, variance: 0.99 } },
        ...{ direction: "forward", index: 2 },
      });
    const before = await ask(0.01);
    const [moved, still] = await Promise.all([ask(0.4), ask(0.01)]);
    expect(still).toEqual(before);
    expect(moved.eigenvalue).toBeLessThan(before.eigenvalue);
    expect(Math.abs(moved.filter[2236] - before.filter[2236])).toBeGreaterThan(0.01);
  });

  it("loads a run again when the worker has let it go", async () => {
    const loads: string[] = [];
    const reading = async () => {
      loads.push("load");
      return { ...(await read()), created: "2026-03-03T00:00:00.000Z" };
    };
    const { header } = await real.engine.open(reading);
    const { run } = header;
    const request = { run, solution: { shrinkage: 0.2, variance: 0.9 } };
    const asked = { ...request, direction: "forward", index: 0 } as const;
    const before = await real.engine.component(asked);
    real.engine.restart();
    const [component, solution] = await Promise.all([
      real.engine.component(asked),
      real.engine.resolve(request),
    ]);
    expect(component).toEqual(before);
    expect(solution.summary.directions.forward.eigenvalues[0]).toBe(component.eigenvalue);
    // Two that wait for the same run share its load.
    expect(loads).toEqual(["load", "load"]);
  });

  it("says so when what is at the place now is another run, and shows nothing of it", async () => {
    let document = { ...(await read()), created: "2025-01-01T00:00:00.000Z" };
    const reading = () => Promise.resolve(structuredClone(document));
    const { header } = await real.engine.open(reading);
    document = { ...document, created: "2026-01-01T00:00:00.000Z" };
    real.engine.restart();
    const request = { run: header.run, solution: header.made };
    await expect(real.engine.resolve(request)).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringMatching(/changed since it was opened/) as string,
    });
  });

  it("takes a question that has no meaning for one, not for a run that was let go", async () => {
    let loads = 0;
    const { header } = await real.engine.open(() => {
      loads += 1;
      return read();
    });
    const request = { run: header.run, solution: header.made };
    await expect(
      real.engine.component({ ...request, direction: "forward", index: 500 }),
    ).rejects.toMatchObject({ code: "usage" });
    await expect(
      real.engine.resolve({ ...request, solution: { shrinkage: 2, variance: 0.9 } }),
    ).rejects.toMatchObject({ code: "usage" });
    expect(loads).toBe(1);
  });

  it("keeps a run until the last panel that shows it is closed", async () => {
    const readings = [() => read(), () => read()] as const;
    const document = { ...(await read()), created: "2026-02-02T00:00:00.000Z" };
    const [first, second] = readings;
    const { header } = await real.engine.open(first, structuredClone(document));
    await real.engine.open(second, structuredClone(document));
    const request = { run: header.run, solution: header.made };
    real.engine.close(header.run, first);
    // Closed twice by the same panel: the other still has its run.
    real.engine.close(header.run, first);
    expect((await real.engine.resolve(request)).run).toBe(header.run);
    real.engine.close(header.run, second);
    await expect(real.engine.resolve(request)).rejects.toMatchObject({ code: "usage" });
  });

  it("proposes him as target", async () => {
    const proposal = await real.engine.calls.propose({
      paths: ["samples/her.npy", "samples/him.npy"],
    });
    expect(proposal.target?.name).toBe("him");
    expect(proposal.reference?.name).toBe("her");
    expect(proposal.mustChoose).toBe(false);
  });

  it("cancels a run and leaves the next one whole", async () => {
    const stop = new AbortController();
    const run = real.engine.calls.run(himVsHer, { signal: stop.signal });
    stop.abort();
    await expect(run).rejects.toMatchObject({ code: "cancelled" });
    const document = await real.engine.calls.run(himVsHer);
    expect(document.summary.compression.components).toBe(74);
  });
});
