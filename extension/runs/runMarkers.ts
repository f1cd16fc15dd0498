import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRunning, processSpace } from "../../src/files/processes.ts";

const openPattern = /^(.+)@([0-9a-f]{8})-(\d+)-[0-9a-f]+$/;

/**
 * Which runs stay whatever room they take: those that the user pinned and those that a window shows. Each is an
 * empty file, so that windows need not wait for each other; what a window that crashed left counts no more.
 */
export class RunMarkers {
  readonly #pinned: string;
  readonly #open: string;

  constructor(folder: string) {
    this.#pinned = join(folder, "pinned");
    this.#open = join(folder, "open");
  }

  async pin(runId: string): Promise<void> {
    await mkdir(this.#pinned, { recursive: true });
    await writeFile(join(this.#pinned, runId), "");
  }

  async unpin(runId: string): Promise<void> {
    await rm(join(this.#pinned, runId), { force: true });
  }

  async pinned(): Promise<ReadonlySet<string>> {
    return new Set(await readdir(this.#pinned).catch(() => [] as string[]));
  }

  /** @returns ends it */
  async showing(runId: string): Promise<() => Promise<void>> {
    await mkdir(this.#open, { recursive: true });
    const random = randomBytes(4).toString("hex");
    const place = join(this.#open, `${runId}@${processSpace}-${process.pid}-${random}`);
    await writeFile(place, "");
    return () => rm(place, { force: true });
  }

  /** The runs that some window shows. */
  async shown(): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const name of await readdir(this.#open).catch(() => [] as string[])) {
      const [, runId, space, pid] = openPattern.exec(name) ?? [];
      if (runId === undefined) continue;
      if (space === processSpace && !isRunning(Number(pid))) {
        await rm(join(this.#open, name), { force: true }).catch(() => undefined);
      } else {
        found.add(runId);
      }
    }
    return found;
  }
}
