import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { RunStore } from "../../../../extension/runs/runStore.ts";
import type { RunEntry } from "../../../../extension/runs/runEntry.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { documentReaders } from "../../../support/documentReaders.ts";
import { makeRun } from "../../../support/makeRun.ts";
import { childProgram, startChild } from "../../../support/childProgram.ts";

/** A window of its own: adds transfers to a run, one by one, and says what became of each. */
const window = `
  import { RunStore } from "./extension/runs/runStore.ts";
  import { documentReaders } from "./test/support/documentReaders.ts";
  import { someTransfer } from "./test/support/someTransfer.ts";
  const [folder = "", runId = "", name = "", times = ""] = process.argv.slice(2);
  async function main() {
    const store = new RunStore(
      folder,
      (line) => console.log("warning", line),
      documentReaders,
    );
    for (let i = 0; i < Number(times); i++) {
      try {
        await store.report(runId, (known) => ({
          ...known,
          transfers: [...known.transfers, someTransfer(name + i)],
        }));
        console.log("made");
      } catch (thrown) {
        console.log((thrown as Error).message);
        return;
      }
    }
  }
  void main();
`;

let document: RunDocument;
let programs: string;
let program: string;
let folder: string;
const warnings: string[] = [];
const open = () => new RunStore(folder, (line) => warnings.push(line), documentReaders);
const updates = (runId: string, name: string, times: number) =>
  startChild(program, folder, runId, name, `${times}`);

beforeAll(async () => {
  document = await makeRun();
  programs = await mkdtemp(join(tmpdir(), "eigenlens-window-"));
  program = await childProgram(programs, window);
});
afterAll(() => rm(programs, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-windows-"));
  warnings.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("two windows", () => {
  it.each([1, 2, 3])("lose none of their changes to one run (%d)", async () => {
    const { runId } = await open().add(document);
    const ended = await Promise.all([updates(runId, "a", 10).ended, updates(runId, "b", 10).ended]);
    for (const { output } of ended) expect(output).toBe("made\n".repeat(10));
    const { transfers = [] } = await open().read(runId);
    const made = transfers.flatMap((each) => each.warnings);
    const named = (name: string) => made.filter((each) => each.startsWith(name));
    expect(made).toHaveLength(20);
    for (const name of ["a", "b"]) {
      expect(named(name)).toEqual(Array.from({ length: 10 }, (_, i) => `${name}${i}`));
    }
  });

  it("do not bring back a run that one of them deletes while the other changes it", async () => {
    const store = open();
    const { runId } = await store.add(document);
    const other = updates(runId, "a", 100_000);
    await new Promise((resolve) => other.stdout?.once("data", resolve));
    await store.delete(runId);
    const { output } = await other.ended;
    expect(output).toMatch(/^(made\n)+The run [^\n]+ is not stored any more[^\n]+\n$/);
    expect(await store.list()).toEqual([]);
    expect(await open().list()).toEqual([]);
  });

  it("that end in the middle of a change keep the other from nothing, and harm no run", async () => {
    const { runId } = await open().add(document);
    const other = updates(runId, "a", 1000);
    await new Promise((resolve) => other.stdout?.once("data", resolve));
    other.kill("SIGKILL");
    const { output } = await other.ended;
    const store = open();
    // Whichever of its changes was the last: it is there whole.
    const { transfers = [] } = await store.read(runId);
    const made = transfers.flatMap((each) => each.warnings);
    expect(made).toEqual(Array.from(made, (_, i) => `a${i}`));
    expect(made.length).toBeGreaterThanOrEqual(output.split("made").length - 1);
    await store.report(runId, (known) => ({ ...known, transfers: [] }));
    expect((await store.read(runId)).transfers).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  it("see each other's runs come and go", async () => {
    const [first, second] = [open(), open()];
    const { runId } = await first.add(document);
    expect(await second.list()).toHaveLength(1);
    const undo = await second.delete(runId);
    expect(await first.list()).toEqual([]);
    await undo();
    expect(await first.list()).toHaveLength(1);
    expect(warnings).toEqual([]);
  });
});

describe("a deleted run", () => {
  it("comes back as it was", async () => {
    const store = open();
    const { runId } = await store.add(document);
    const bytes = await readFile(store.pathOf(runId));
    const undo = await store.delete(runId);
    await expect(store.read(runId)).rejects.toThrow(/not stored any more/);
    await undo();
    expect(await readFile(store.pathOf(runId))).toEqual(bytes);
    await undo();
    expect(await store.list()).toHaveLength(1);
  });

  it("waits for the changes that began before, and they are part of what comes back", async () => {
    const store = open();
    const { runId } = await store.add(document);
    const changed = store.report(runId, (known) => ({ ...known, transfers: [] }));
    const deleted = store.delete(runId);
    const late = store.report(runId, (known) => known);
    await changed;
    const undo = await deleted;
    await expect(late).rejects.toThrow(/not stored any more/);
    await undo();
    expect((await store.read(runId)).transfers).toEqual([]);
  });

  it("goes for good a day later, with the next one", async () => {
    const store = open();
    const [old, recent] = [await store.add(document), await store.add(document)];
    const undoOld = await store.delete(old.runId);
    const [name = ""] = await readdir(join(folder, "deleted"));
    const { mtimeMs } = await stat(join(folder, "deleted", name));
    const before = mtimeMs / 1000 - 25 * 60 * 60;
    await utimes(join(folder, "deleted", name), before, before);
    const undoRecent = await store.delete(recent.runId);
    await expect(undoOld()).rejects.toThrow(/deleted too long ago/);
    await undoRecent();
    expect((await store.list()).map(({ runId }) => runId)).toEqual([recent.runId]);
  });
});

describe("a store with a limit", () => {
  let removed: string[][];
  let limit: number;
  const limited = () =>
    new RunStore(folder, (line) => warnings.push(line), documentReaders, {
      bytes: () => limit,
      removed: (runs: readonly RunEntry[]) => removed.push(runs.map(({ runId }) => runId)),
    });
  const created = (day: number) => `2026-01-${String(day).padStart(2, "0")}T00:00:00.000Z`;
  const ids = async (store: RunStore) => (await store.list()).map(({ runId }) => runId);
  let size: number;

  beforeEach(async () => {
    removed = [];
    limit = Infinity;
    size = (await limited().add({ ...document, created: created(1) })).byteLength;
  });

  it("lets the oldest go and tells of all of them at once", async () => {
    const store = limited();
    const [first = ""] = await ids(store);
    const second = await store.add({ ...document, created: created(2) });
    const third = await store.add({ ...document, created: created(3) });
    expect(removed).toEqual([]);
    limit = 2.5 * size;
    const fourth = await store.add({ ...document, created: created(4) });
    expect(removed).toEqual([[first, second.runId]]);
    expect(await ids(store)).toEqual([fourth.runId, third.runId]);
    await store.list();
    expect(removed).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it("keeps what is pinned, what a window shows, and what was just made", async () => {
    const store = limited();
    const [first = ""] = await ids(store);
    const shown = await store.add({ ...document, created: created(2) });
    const third = await store.add({ ...document, created: created(3) });
    await store.markers.pin(first);
    const close = await open().markers.showing(shown.runId);
    limit = 1;
    // Older than all others, and yet just made.
    const made = await store.add({ ...document, created: created(0) });
    expect(removed).toEqual([[third.runId]]);
    expect((await ids(store)).sort()).toEqual([first, shown.runId, made.runId].sort());
    await close();
    await store.markers.unpin(first);
    const last = await store.add({ ...document, created: created(5) });
    expect(await ids(store)).toEqual([last.runId]);
  });

  it("does not count on windows that ended without a word", async () => {
    const store = limited();
    const [first = ""] = await ids(store);
    const ended = startChild(program, folder, first, "a", "0");
    await ended.ended;
    await (
      await store.markers.showing(first)
    )();
    const marker = await store.markers.showing(first);
    const [name = ""] = await readdir(join(folder, "open"));
    await marker();
    await writeFile(join(folder, "open", name.replace(`-${process.pid}-`, `-${ended.pid}-`)), "");
    limit = 1;
    await store.add({ ...document, created: created(2) });
    expect(removed).toEqual([[first]]);
    expect(await readdir(join(folder, "open"))).toEqual([]);
  });

  it("keeps what it removed for an hour, and no longer if there is no room", async () => {
    const store = limited();
    const [first = ""] = await ids(store);
    limit = 1;
    await store.add({ ...document, created: created(2) });
    const [name = ""] = await readdir(join(folder, "deleted"));
    expect(name.startsWith(first)).toBe(true);
    const { mtimeMs } = await stat(join(folder, "deleted", name));
    const before = mtimeMs / 1000 - 2 * 60 * 60;
    await utimes(join(folder, "deleted", name), before, before);
    await store.add({ ...document, created: created(3) });
    expect(await readdir(join(folder, "deleted"))).not.toContain(name);
    expect((await stat(join(folder, "deleted"))).isDirectory()).toBe(true);
  });
});
