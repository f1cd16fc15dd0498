import { chmod, copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EigenlensError } from "../../../../src/errors.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import type { ValidationReport } from "../../../../src/ged/validation/report.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { RunStore } from "../../../../extension/runs/runStore.ts";
import { documentReaders } from "../../../support/documentReaders.ts";
import { someTransfer } from "../../../support/someTransfer.ts";
import { himVsHer, realEngine } from "../support/realEngine.ts";

describe("the run store", () => {
  let real: ReturnType<typeof realEngine>;
  let document: RunDocument;
  let folder: string;
  let warnings: string[];
  let validation: ValidationReport;
  const reportsOf = (runId: string) => join(folder, "runs", `${runId}.ged.reports.json`);
  const open = () =>
    new RunStore(join(folder, "runs"), (line) => warnings.push(line), documentReaders);

  beforeAll(async () => {
    real = realEngine();
    document = await real.engine.calls.run(himVsHer);
    validation = await real.engine.calls.validate({
      ...himVsHer,
      validation: {
        ...defaultValidationOptions,
        repeats: 1,
        permutations: 19,
        extended: false,
      },
    });
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
      store.report(runId, (known) => ({
        ...known,
        transfers: [...known.transfers, someTransfer(warning)],
      }));
    const kept = async () => (await store.read(runId)).transfers?.flatMap((each) => each.warnings);
    await Promise.all([warn("one"), warn("two"), warn("three")]);
    expect(await kept()).toEqual(["one", "two", "three"]);
    await expect(store.report("gone", (known) => known)).rejects.toThrow(/not stored any more/);
    await warn("four");
    expect(await kept()).toEqual(["one", "two", "three", "four"]);
  });

  it("keeps a validation with its run", async () => {
    const store = open();
    const { runId } = await store.add(document);
    const state = async () => {
      const { ino, size, mtimeNs } = await stat(store.pathOf(runId), { bigint: true });
      return { ino, size, mtimeNs };
    };
    const written = await state();
    await store.report(runId, (known) => ({ ...known, validation }));
    expect((await store.read(runId)).summary.validation).toEqual(validation);
    expect(await store.list()).toEqual([
      expect.objectContaining({ verdict: validation.directions.forward.verdict }),
    ]);
    // No tensor was written again.
    expect(await state()).toEqual(written);
  });

  it("calls a run what the user calls it, whatever is reported of it later", async () => {
    const store = open();
    const { runId, name } = await store.add(document);
    expect(name).toBeUndefined();
    await store.rename(runId, "first try");
    await store.report(runId, (known) => ({ ...known, validation }));
    const later = open();
    expect((await later.list()).map((entry) => entry.name)).toEqual(["first try"]);
    const read = await later.read(runId);
    expect([read.name, read.summary.validation?.scheme]).toEqual(["first try", validation.scheme]);
    await later.rename(runId, undefined);
    expect((await open().list())[0]).not.toHaveProperty("name");
    expect(await open().read(runId)).not.toHaveProperty("name");
  });

  it("duplicates a run with its reports, and neither knows of the other", async () => {
    const store = open();
    const { runId } = await store.add(document);
    await store.report(runId, (known) => ({ ...known, validation }));
    const copy = await store.duplicate(runId, "a copy");
    expect(copy.runId).not.toBe(runId);
    await store.delete(runId);
    const [kept, ...others] = await open().list();
    expect([kept.runId, kept.name, others.length]).toEqual([copy.runId, "a copy", 0]);
    const read = await store.read(copy.runId);
    expect(read.summary.validation?.scheme).toEqual(validation.scheme);
    expect(read.tensors["separation.filters"]).toEqual(document.tensors["separation.filters"]);
    await store.rename(copy.runId, undefined);
    expect((await open().list())[0]).not.toHaveProperty("name");
  });

  it("takes no reports for those of a run that they do not belong to", async () => {
    const store = open();
    const [first, second] = [
      await store.add(document),
      await store.add({ ...document, created: "2026-01-01T00:00:00.000Z" }),
    ];
    await store.report(first.runId, (known) => ({ ...known, validation }));
    await copyFile(reportsOf(first.runId), reportsOf(second.runId));
    expect((await open().read(second.runId)).summary).toEqual(document.summary);
  });

  it.each([
    ["cut short", (text: string) => text.slice(0, -40), /JSON/],
    ["changed", (text: string) => text.replace("folds", "Folds"), /checksum/],
    ["emptied", () => "", /JSON/],
    ["of a later version", (text: string) => text.replace('"version":1', '"version":2'), /newer/],
    ["something else", () => "[1, 2]", /they are none/],
  ])("opens a run whose reports are %s without them, and says so", async (_, harm, words) => {
    const store = open();
    const { runId } = await store.add(document);
    await store.report(runId, (known) => ({ ...known, validation }));
    const text = await readFile(reportsOf(runId), "utf8");
    const harmed = harm(text);
    expect(harmed).not.toBe(text);
    await writeFile(reportsOf(runId), harmed);
    const { summary } = await open().read(runId);
    expect(summary.validation).toBeNull();
    expect(summary.warnings.at(-1)).toMatch(/reports kept beside this run cannot be read/);
    expect(summary.warnings.at(-1)).toMatch(words);
    // The next report takes their place.
    await open().report(runId, (known) => ({ ...known, validation }));
    const healed = (await open().read(runId)).summary;
    expect(healed).toEqual({ ...document.summary, validation });
  });

  it("brings a deleted run back with its reports", async () => {
    const store = open();
    const { runId } = await store.add(document);
    await store.report(runId, (known) => ({ ...known, validation }));
    const undo = await store.delete(runId);
    expect(await readdir(join(folder, "runs"))).not.toContain(`${runId}.ged.reports.json`);
    await undo();
    expect((await store.read(runId)).summary.validation).toEqual(validation);
    expect((await open().list())[0]?.verdict).toBe(validation.directions.forward.verdict);
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
    const store = new RunStore(join(folder, "runs"), (line) => warnings.push(line), {
      ...documentReaders,
      async document(path) {
        if (failures-- > 0) throw new EigenlensError(code, "The worker ended.");
        return documentReaders.document(path);
      },
    });
    expect(await store.list()).toEqual([]);
    expect((await store.list()).map((entry) => entry.runId)).toEqual([runId]);
    expect(warnings).toEqual(["The worker ended."]);
  });

  it("sees what another window changed in a run", async () => {
    const [first, second] = [open(), open()];
    const { runId } = await first.add(document);
    await first.list();
    await second.report(runId, (known) => ({ ...known, validation }));
    expect((await first.list()).map(({ verdict }) => verdict)).toEqual([
      validation.directions.forward.verdict,
    ]);
    expect((await open().list()).map(({ verdict }) => verdict)).toEqual([
      validation.directions.forward.verdict,
    ]);
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
