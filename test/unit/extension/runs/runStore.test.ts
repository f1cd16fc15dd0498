import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { EigenlensError } from "../../../../src/errors.ts";
import { readDocumentFile } from "../../../../src/runs/reading/readDocument.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { RunStore } from "../../../../extension/runs/runStore.ts";
import { himVsHer, realEngine } from "../support/realEngine.ts";

describe("the run store", () => {
  let real: ReturnType<typeof realEngine>;
  let document: RunDocument;
  let folder: string;
  let warnings: string[];
  const open = () =>
    new RunStore(
      join(folder, "runs"),
      (line) => warnings.push(line),
      (path) => readDocumentFile(path, nodeFileSystem),
    );

  beforeAll(async () => {
    real = realEngine();
    document = await real.engine.calls.run(himVsHer);
  });
  afterAll(() => real.dispose());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "eigenlens-store-"));
    warnings = [];
  });
  afterEach(async () => {
    await chmod(join(folder, "runs"), 0o755).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });

  it("is empty before the first run, and makes no folder for that", async () => {
    expect(await open().list()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("stores a run whole and lists it, also in a later session", async () => {
    const { runId, inSampleRatio } = await open().add(document);
    expect(runId).toMatch(/^him-vs-her-\d{8}T\d{6}-[0-9a-f]{6}$/);
    expect(inSampleRatio).toBeCloseTo(21286, 0);
    const later = open();
    expect((await later.list()).map((entry) => entry.runId)).toEqual([runId]);
    const read = await later.read(runId);
    expect(read.summary).toEqual(document.summary);
    expect(read.tensors["separation.filters"]).toEqual(document.tensors["separation.filters"]);
  });

  it("puts the newest first", async () => {
    const store = open();
    const at = (created: string) => store.add({ ...document, created });
    const older = await at("2026-01-01T00:00:00.000Z");
    const newer = await at("2026-01-02T00:00:00.000Z");
    expect((await store.list()).map(({ runId }) => runId)).toEqual([newer.runId, older.runId]);
  });

  it("forgets a deleted run and says so when it is asked for", async () => {
    const store = open();
    const { runId } = await store.add(document);
    await store.delete(runId);
    expect(await store.list()).toEqual([]);
    await expect(store.read(runId)).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringContaining("not stored any more"),
    });
  });

  it("loses no change where two come at once", async () => {
    const store = open();
    const { runId } = await store.add(document);
    const warn = (warning: string) =>
      store.update(runId, (stored) => {
        const warnings = [...stored.summary.warnings, warning];
        return { ...stored, summary: { ...stored.summary, warnings } };
      });
    await Promise.all([warn("one"), warn("two"), warn("three")]);
    expect((await store.read(runId)).summary.warnings.slice(-3)).toEqual(["one", "two", "three"]);
    await expect(store.update("gone", (stored) => stored)).rejects.toThrow(/not stored any more/);
    await warn("four");
    expect((await store.read(runId)).summary.warnings.at(-1)).toBe("four");
  });

  it("keeps a validation with its run", async () => {
    const store = open();
    const { runId } = await store.add(document);
    const summary = { ...document.summary, warnings: ["replaced"] };
    await store.update(runId, (stored) => ({ ...stored, summary }));
    expect((await store.read(runId)).summary.warnings).toEqual(["replaced"]);
    expect(await store.list()).toHaveLength(1);
  });

  it("rebuilds a damaged index from the documents", async () => {
    const { runId } = await open().add(document);
    await writeFile(join(folder, "runs", "index.json"), "{ half");
    expect((await open().list()).map((entry) => entry.runId)).toEqual([runId]);
    expect(warnings).toHaveLength(1);
    expect(JSON.parse(await readFile(join(folder, "runs", "index.json"), "utf8"))).toHaveLength(1);
  });

  it("sees the runs that another window stored meanwhile", async () => {
    const [first, second] = [open(), open()];
    await first.list();
    const { runId } = await second.add(document);
    expect((await first.list()).map((entry) => entry.runId)).toEqual([runId]);
  });

  it("leaves out a damaged document with one line, once until it changes", async () => {
    const { runId } = await open().add(document);
    const store = open();
    const broken = join(folder, "runs", "broken.ged.safetensors");
    await writeFile(broken, "no tensors here");
    const lists = await Promise.all([store.list(), store.list(), store.list()]);
    for (const list of lists) expect(list.map((entry) => entry.runId)).toEqual([runId]);
    await store.add(document);
    await store.list();
    expect(warnings).toEqual([
      expect.stringMatching(/broken\.ged\.safetensors is not an Eigenlens run document/),
    ]);
    await writeFile(broken, "still none, but others");
    await store.list();
    expect(warnings).toHaveLength(2);
  });

  it.each(["internal", "memory"] as const)("tries a document again after %s", async (code) => {
    const { runId } = await open().add(document);
    await rm(join(folder, "runs", "index.json"));
    let failures = 1;
    const store = new RunStore(
      join(folder, "runs"),
      (line) => warnings.push(line),
      async (path) => {
        if (failures-- > 0) throw new EigenlensError(code, "The worker ended.");
        return readDocumentFile(path, nodeFileSystem);
      },
    );
    expect(await store.list()).toEqual([]);
    expect((await store.list()).map((entry) => entry.runId)).toEqual([runId]);
    expect(warnings).toEqual(["The worker ended."]);
  });

  it("sees what another window changed in a run", async () => {
    const [first, second] = [open(), open()];
    const { runId } = await first.add(document);
    await first.list();
    const named = { ...document.summary, target: { ...document.summary.target, name: "changed" } };
    await second.update(runId, (stored) => ({ ...stored, summary: named }));
    expect((await first.list()).map(({ target }) => target)).toEqual(["changed"]);
    expect((await open().list()).map(({ target }) => target)).toEqual(["changed"]);
  });

  it("leaves nothing half-written where it cannot write", async () => {
    await writeFile(join(folder, "runs"), "a file where the folder should be");
    await expect(open().add(document)).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["runs"]);
  });

  it("does not follow a name out of its folder", () => {
    expect(() => open().pathOf("../secrets")).toThrow(/does not name a run/);
    expect(() => open().pathOf("..")).toThrow(/does not name a run/);
  });

  it("keeps every one of many runs that are stored at the same time", async () => {
    const store = open();
    await Promise.all(Array.from({ length: 8 }, () => store.add(document)));
    expect(await store.list()).toHaveLength(8);
    expect(
      (await readdir(join(folder, "runs"))).filter((name) => name.endsWith(".partial")),
    ).toEqual([]);
  });
});
