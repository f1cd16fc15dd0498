import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ByteSource } from "../../src/activations/byteSource.ts";
import { describeError, EigenlensError } from "../../src/errors.ts";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { documentParts, readDocument } from "../../src/runs/documentFile.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { writeContent } from "../../src/files/writeWholeFile.ts";
import type { RunEntry } from "./runEntry.ts";
import { entryOf, newRunId, parseEntry } from "./runEntry.ts";

const documentEnding = ".ged.safetensors";
const indexName = "index.json";

/**
 * The past runs: one document a run in one folder, and an index that spares opening them. The index is
 * only a cache: documents that it lacks are read, entries without a document are dropped, so that
 * several windows may share the folder.
 */
export class RunStore {
  readonly #folder: string;
  readonly #warn: (message: string) => void;
  #entries: Map<string, RunEntry> | undefined;
  /** Writers of the index wait for each other. */
  #tail: Promise<unknown> = Promise.resolve();
  #updates: Promise<unknown> = Promise.resolve();

  /** @param warn gets one line for each document that cannot be read */
  constructor(folder: string, warn: (message: string) => void) {
    this.#folder = folder;
    this.#warn = warn;
  }

  /** Newest first. */
  async list(): Promise<readonly RunEntry[]> {
    const entries = await this.#inTurn(() => this.#refresh());
    return [...entries.values()].sort((a, b) => b.created.localeCompare(a.created));
  }

  pathOf(runId: string): string {
    if (!/^[\w.-]+$/.test(runId) || runId.startsWith(".")) {
      throw new EigenlensError("usage", `"${runId}" does not name a run: open one from Runs.`);
    }
    return join(this.#folder, runId + documentEnding);
  }

  /** @throws EigenlensError "file-access" where the run was deleted, "file-format" where it is damaged */
  async read(runId: string): Promise<RunDocument> {
    const path = this.pathOf(runId);
    let source: ByteSource;
    try {
      source = await nodeFileSystem.open(path);
    } catch (cause) {
      throw new EigenlensError(
        "file-access",
        `The run ${runId} is not stored any more: run the separation again.`,
        { cause },
      );
    }
    try {
      return await readDocument(source);
    } finally {
      await source.close();
    }
  }

  /** Stores a new run under a name of its own, whole or not at all. */
  async add(document: RunDocument): Promise<RunEntry> {
    const { target, reference } = document.summary;
    const runId = newRunId(
      { target: target.name, reference: reference.name },
      document.created,
      randomBytes(3).toString("hex"),
    );
    return this.#write(runId, document);
  }

  /**
   * Changes a run's document (it was validated, transferred); changes wait for each other, so that none
   * is lost.
   * @throws EigenlensError as {@link read} does
   */
  update(runId: string, change: (document: RunDocument) => RunDocument): Promise<RunDocument> {
    const updated = this.#updates.then(async () => {
      const document = change(await this.read(runId));
      await this.#write(runId, document);
      return document;
    });
    this.#updates = updated.catch(() => undefined);
    return updated;
  }

  async delete(runId: string): Promise<void> {
    await rm(this.pathOf(runId), { force: true });
    await this.#inTurn(() => this.#refresh());
  }

  async #write(runId: string, document: RunDocument): Promise<RunEntry> {
    const parts = documentParts(document);
    const byteLength = parts.reduce((sum, part) => sum + part.byteLength, 0);
    return this.#inTurn(async () => {
      await mkdir(this.#folder, { recursive: true });
      await writeContent(this.pathOf(runId), parts);
      const entries = await this.#refresh();
      const entry = entryOf(runId, document, byteLength);
      entries.set(runId, entry);
      await this.#writeIndex(entries);
      return entry;
    });
  }

  /** Brings the index into line with the folder. */
  async #refresh(): Promise<Map<string, RunEntry>> {
    const known = this.#entries ?? (await this.#readIndex());
    const names = await readdir(this.#folder).catch(() => [] as string[]);
    const entries = new Map<string, RunEntry>();
    let changed = this.#entries === undefined;
    for (const name of names) {
      if (!name.endsWith(documentEnding)) continue;
      const runId = name.slice(0, -documentEnding.length);
      const entry = known.get(runId) ?? (await this.#entryFromDocument(runId));
      if (!entry) continue;
      changed ||= !known.has(runId);
      entries.set(runId, entry);
    }
    changed ||= known.size !== entries.size;
    this.#entries = entries;
    if (changed && names.length > 0) await this.#writeIndex(entries);
    return entries;
  }

  async #entryFromDocument(runId: string): Promise<RunEntry | undefined> {
    try {
      const document = await this.read(runId);
      const { size } = await stat(this.pathOf(runId));
      return entryOf(runId, document, size);
    } catch (thrown) {
      this.#warn(describeError(thrown).message);
      return undefined;
    }
  }

  async #readIndex(): Promise<Map<string, RunEntry>> {
    const entries = new Map<string, RunEntry>();
    try {
      const parsed: unknown = JSON.parse(await readFile(join(this.#folder, indexName), "utf8"));
      for (const value of Array.isArray(parsed) ? parsed : []) {
        const entry = parseEntry(value);
        if (entry) entries.set(entry.runId, entry);
      }
    } catch (thrown) {
      // A missing index is rebuilt from the documents; a damaged one too, but that is worth a line.
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT")) {
        this.#warn(`The index of past runs is read anew: ${describeError(thrown).message}`);
      }
    }
    return entries;
  }

  #writeIndex(entries: ReadonlyMap<string, RunEntry>): Promise<void> {
    return writeContent(join(this.#folder, indexName), JSON.stringify([...entries.values()]));
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(action, action);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}
