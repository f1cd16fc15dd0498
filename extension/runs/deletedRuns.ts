import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { EigenlensError } from "../../src/errors.ts";
import { hasCode } from "../../src/files/hasCode.ts";
import { documentEnding, reportsEnding } from "../../src/runs/reports/reportsFile.ts";

/** Milliseconds after which a deleted run may go if there is no room, and after which it goes. */
const keptAtLeast = 60 * 60 * 1000;
const keptAtMost = 24 * keptAtLeast;

/** The documents that were deleted, kept in a folder of their own until nobody can want them back any more. */
export class DeletedRuns {
  readonly #runs: string;
  readonly #folder: string;

  /** @param runs folder of the documents that are not deleted */
  constructor(runs: string) {
    this.#runs = runs;
    this.#folder = join(runs, "deleted");
  }

  /** Takes a document out of the runs; one that is gone already is no fault. */
  async take(runId: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const place = this.#placeOf(runId);
    try {
      await rename(join(this.#runs, runId + documentEnding), place);
    } catch (cause) {
      if (hasCode(cause, "ENOENT")) return;
      throw cause;
    }
    const now = new Date();
    await utimes(place, now, now);
    await this.#moveReports(this.#runs, this.#folder, runId);
  }

  /** @throws EigenlensError "file-access" if it was swept meanwhile */
  async giveBack(runId: string): Promise<void> {
    const path = join(this.#runs, runId + documentEnding);
    if (await isThere(path)) return;
    // First, so that nobody sees the run without them; those of a run that is gone hurt nobody.
    await this.#moveReports(this.#folder, this.#runs, runId);
    try {
      await rename(this.#placeOf(runId), path);
    } catch (cause) {
      if (!hasCode(cause, "ENOENT")) throw cause;
      throw new EigenlensError(
        "file-access",
        `The run ${runId} was deleted too long ago to be brought back: run the separation again.`,
        { cause },
      );
    }
  }

  /**
   * Removes for good what was deleted a day ago, and the oldest of what was deleted an hour ago while all of it takes
   * more than `room` bytes.
   */
  async sweep(room: number): Promise<void> {
    const now = Date.now();
    const documents = await this.#list();
    let byteLength = documents.reduce((sum, document) => sum + document.byteLength, 0);
    for (const document of documents.sort((a, b) => a.deleted - b.deleted)) {
      const age = now - document.deleted;
      if (!(age > keptAtMost || (age > keptAtLeast && byteLength > room))) continue;
      await rm(document.path, { force: true });
      await rm(document.reports, { force: true });
      byteLength -= document.byteLength;
    }
  }

  async #list() {
    const names = await readdir(this.#folder).catch(() => [] as string[]);
    const found: { path: string; reports: string; byteLength: number; deleted: number }[] = [];
    for (const name of names) {
      if (!name.endsWith(documentEnding)) continue;
      const path = join(this.#folder, name);
      const reports = path.slice(0, -documentEnding.length) + reportsEnding;
      const there = await stat(path).catch(() => undefined);
      const beside = await stat(reports).catch(() => undefined);
      if (there === undefined) continue;
      const byteLength = there.size + (beside?.size ?? 0);
      found.push({ path, reports, byteLength, deleted: there.mtimeMs });
    }
    return found;
  }

  /** Those of a run that has none are no fault. */
  async #moveReports(from: string, to: string, runId: string): Promise<void> {
    try {
      await rename(join(from, runId + reportsEnding), join(to, runId + reportsEnding));
    } catch (cause) {
      if (!hasCode(cause, "ENOENT")) throw cause;
    }
  }

  #placeOf(runId: string): string {
    return join(this.#folder, runId + documentEnding);
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
