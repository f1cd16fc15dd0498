import { copyFile, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ShownRun } from "../../../../extension/runs/shownRun.ts";
import { RunStore } from "../../../../extension/runs/runStore.ts";
import type { StoredRun } from "../../../../extension/runs/storedRun.ts";
import { staleSources, statOnDisk, storedRun } from "../../../../extension/runs/storedRun.ts";
import { himVsHer, realEngine } from "../support/realEngine.ts";

const validation = { folds: 5, repeats: 1, permutations: 0, seed: 1, extended: false };

describe("a shown run", () => {
  let real: ReturnType<typeof realEngine>;
  let folder: string;
  let store: RunStore;
  let stored: StoredRun;

  beforeAll(async () => {
    real = realEngine();
    folder = await mkdtemp(join(tmpdir(), "eigenlens-shown-"));
    const target = { path: join(folder, "him.npy"), name: "him" };
    const reference = { path: join(folder, "her.npy"), name: "her" };
    await copyFile("samples/him.npy", target.path);
    await copyFile("samples/her.npy", reference.path);
    store = new RunStore(join(folder, "runs"), (line) => real.log.warn(line), {
      document: (path) => real.engine.calls.readDocument({ path }),
      record: (path) => real.engine.calls.readRecord({ path }),
    });
    const document = await real.engine.calls.run({ ...himVsHer, target, reference });
    const { runId } = await store.add(document);
    stored = storedRun(store, runId, document);
  });
  afterAll(async () => {
    await real.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const resolve = (run: ShownRun, shrinkage: number, variance = 0.99) =>
    run.resolve({ solution: { shrinkage, variance }, components: [] });

  it("asks for a component once, and again after another shrinkage", async () => {
    const run = await ShownRun.open(stored, real.engine);
    const choice = { direction: "forward", index: 1 } as const;
    const first = run.component(run.header.made, choice);
    expect(run.component(run.header.made, choice)).toBe(first);
    const { eigenvalue } = await first;
    await resolve(run, 0.1);
    expect((await run.component(run.solution.choice, choice)).eigenvalue).toBeLessThan(eigenvalue);
    // A request that comes late says what it is about.
    expect((await run.component(run.header.made, choice)).eigenvalue).toBe(eigenvalue);
  });

  it("brings the components with the solution, as many as it has", async () => {
    const run = await ShownRun.open(stored, real.engine);
    const components = [
      { direction: "forward", index: 0 },
      { direction: "swapped", index: 1 },
      { direction: "forward", index: 40 },
    ] as const;
    const solved = await run.resolve({ solution: { shrinkage: 0.1, variance: 0.5 }, components });
    expect(solved?.components.map(({ direction, index }) => [direction, index])).toEqual([
      ["forward", 0],
      ["swapped", 1],
    ]);
    expect(solved?.components[0]?.eigenvalue).toBe(
      solved?.solution.summary.directions.forward.eigenvalues[0],
    );
  });

  it("lets only the youngest of overlapping choices win", async () => {
    const run = await ShownRun.open(stored, real.engine);
    const [older, younger] = await Promise.all([resolve(run, 0.5), resolve(run, 0.2)]);
    expect(older).toBeUndefined();
    expect(younger?.solution.choice.shrinkage).toBe(0.2);
    expect(run.view.controls.shrinkage).toBe(0.2);
  });

  it("shows nothing of what was asked for before the page began anew", async () => {
    const run = await ShownRun.open(stored, real.engine);
    const asked = resolve(run, 0.5);
    run.dropRequests();
    expect(await asked).toBeUndefined();
    expect(run.solution.choice).toEqual(run.header.made);
    expect((await resolve(run, 0.2))?.solution.choice.shrinkage).toBe(0.2);
  });

  it("has the new report even if it cannot be saved", async () => {
    const saveValidation = () => Promise.reject(new Error("The disk is full."));
    const run = await ShownRun.open({ ...stored, saveValidation }, real.engine);
    const asMade = { solution: run.header.made, options: validation };
    const { signal } = new AbortController();
    await expect(run.validate(asMade, signal, () => undefined)).rejects.toThrow(/disk is full/);
    expect(run.reportOn(run.header.made)?.directions.forward.heldOut).toBeDefined();
  });

  it("is unchanged by another panel of the same run, which is solved anew and closed", async () => {
    const run = await ShownRun.open(stored, real.engine);
    const choice = { direction: "forward", index: 2 } as const;
    const before = await run.shown.component(choice);
    const { view } = run;
    const other = await ShownRun.open(stored, real.engine);
    await resolve(other, 0.4);
    const moved = await other.shown.component(choice);
    expect(run.view).toEqual(view);
    expect(await run.component(run.solution.choice, choice)).toEqual(before);
    expect(moved.choice.shrinkage).toBe(0.4);
    expect(moved.filter).not.toEqual(before.filter);
    other.close();
    const third = { direction: "forward", index: 3 } as const;
    expect((await run.shown.component(third)).choice).toEqual(run.header.made);
  });

  it("gives the inspector one solution, whatever is chosen meanwhile", async () => {
    const run = await ShownRun.open(stored, real.engine);
    const { shown } = run;
    await resolve(run, 0.4);
    const component = await shown.component({ direction: "forward", index: 5 });
    expect(component.choice).toEqual(run.header.made);
    expect(component.eigenvalue).toBe(shown.view.summary.directions.forward.eigenvalues[5]);
    expect(run.shown.view.controls.shrinkage).toBe(0.4);
  });

  it("repeats itself with the options it was made with, or those chosen since", async () => {
    const run = await ShownRun.open(stored, real.engine);
    expect(run.request().options).toEqual(stored.record.options);
    await resolve(run, 0.1, 0.9);
    expect(run.request().options).toMatchObject({ shrinkage: 0.1, keep: { share: 0.9 } });
    await resolve(run, 0.01, 0.99);
    expect(run.request().options).toEqual(stored.record.options);
    expect(run.request().target).toMatchObject({ path: join(folder, "him.npy"), name: "him" });
  });

  it("keeps a validation of the run as made, and not of another solution", async () => {
    const run = await ShownRun.open(stored, real.engine);
    const signal = new AbortController().signal;
    await resolve(run, 0.1, 0.99);
    const anew = { solution: run.solution.choice, options: validation };
    const other = await run.validate(anew, signal, () => undefined);
    expect(run.validation).toBe(other);
    expect((await stored.read()).summary.validation).toBeNull();
    await resolve(run, 0.01, 0.99);
    expect(run.validation).toBeNull();
    const asMade = { solution: run.header.made, options: validation };
    const report = await run.validate(asMade, signal, () => undefined);
    expect((await stored.read()).summary.validation?.directions.forward.heldOut).toEqual(
      report.directions.forward.heldOut,
    );
    expect(run.view.summary.validation).toEqual(report);
    const [entry] = await store.list();
    expect(entry?.heldOutRatio).toBe(report.directions.forward.heldOut?.ratio);
  });

  it("keeps transfers with the run, as it was made, and lets them go", async () => {
    const run = await ShownRun.open(stored, real.engine);
    const rows = { start: 40, stop: 53 };
    const { target, reference } = run.request();
    const request = {
      target: { ...target, rows },
      reference: { ...reference, rows },
      permutations: 20,
      seed: 1,
    };
    const { signal } = new AbortController();
    await run.transfer(request, signal, () => undefined);
    await resolve(run, 0.5, 0.9);
    await run.transfer({ ...request, seed: 2 }, signal, () => undefined);
    // What is shown was solved anew; the transfers are of what was saved.
    const [second, first] = run.transfers;
    expect(second?.forward[0]?.transferred).toEqual(first?.forward[0]?.transferred);
    expect((await stored.read()).transfers).toEqual(run.transfers);
    const again = await ShownRun.open(
      storedRun(store, stored.runId, await stored.read()),
      real.engine,
    );
    expect(again.transfers.map(({ seed }) => seed)).toEqual([2, 1]);
    await again.removeTransfer(again.transfers[0]?.created ?? "");
    expect((await stored.read()).transfers?.map(({ seed }) => seed)).toEqual([1]);
    expect((await again.document()).transfers).toHaveLength(1);
  });

  it("keeps transfers of a file of the user's for as long as it is shown", async () => {
    const { read, record } = stored;
    const place = "file.ged.safetensors";
    const file = { runId: "file", record: { ...record, transfers: [] }, place, read };
    const run = await ShownRun.open(file, real.engine);
    const { target, reference } = run.request();
    const request = { target, reference, permutations: 0, seed: 3 };
    await run.transfer(request, new AbortController().signal, () => undefined);
    expect(run.keepsTransfers).toBe(false);
    expect(run.transfers.map(({ seed }) => seed)).toEqual([3]);
    expect((await stored.read()).transfers?.map(({ seed }) => seed)).not.toContain(3);
    expect((await run.document()).transfers).toEqual(run.transfers);
  });

  it("stops a transfer that is cancelled, and keeps nothing of it", async () => {
    const run = await ShownRun.open(stored, real.engine);
    const { target, reference } = run.request();
    const stop = new AbortController();
    const request = { target, reference, permutations: 1_000_000, seed: 4 };
    const transfer = run.transfer(request, stop.signal, () => stop.abort());
    await expect(transfer).rejects.toMatchObject({ code: "cancelled" });
    expect(run.transfers.map(({ seed }) => seed)).not.toContain(4);
  });

  it("knows which of its files changed since", async () => {
    const { record } = stored;
    expect(await staleSources(record, statOnDisk)).toEqual([]);
    const him = join(folder, "him.npy");
    await utimes(him, new Date("2040-01-01"), new Date("2040-01-01"));
    expect(await staleSources(record, statOnDisk)).toEqual([him]);
    const her = join(folder, "her.npy");
    await writeFile(her, "shorter");
    expect(await staleSources(record, statOnDisk)).toEqual([him, her]);
    await rm(him);
    expect(await staleSources(record, statOnDisk)).toEqual([him, her]);
  });
});
