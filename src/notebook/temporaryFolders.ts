import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isRunning, processSpace } from "../files/processes.ts";

const namePattern = /^([0-9a-f]{8})-(\d+)-[0-9a-f]+$/;

/** A folder that is gone, with all in it, when it is disposed of. */
export interface TemporaryFolder {
  readonly path: string;
  dispose(): void;
}

/** Folders for copies that must not stay: each goes when it is disposed of, and with its process at the latest. */
export class TemporaryFolders {
  readonly #root: string;
  readonly #open = new Set<TemporaryFolder>();

  /** @param root holds nothing else; made when it is needed */
  constructor(root: string) {
    this.#root = root;
  }

  /** A new one, which only this user may read. @throws what the file system throws */
  async make(): Promise<TemporaryFolder> {
    const random = randomBytes(6).toString("hex");
    const path = join(this.#root, `${processSpace}-${process.pid}-${random}`);
    await mkdir(path, { recursive: true, mode: 0o700 });
    const folder: TemporaryFolder = {
      path,
      dispose: () => {
        this.#open.delete(folder);
        // A virus scanner may hold a file for a moment, on Windows.
        rmSync(path, { recursive: true, force: true, maxRetries: 3 });
      },
    };
    this.#open.add(folder);
    return folder;
  }

  /** Removes what processes left that ended without {@link dispose}; those that run, and other machines', stay. */
  async sweep(): Promise<void> {
    const names = await readdir(this.#root).catch(() => []);
    for (const name of names) {
      const [, space, pid] = namePattern.exec(name) ?? [];
      if (space !== processSpace || isRunning(Number(pid))) continue;
      await rm(join(this.#root, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }

  dispose(): void {
    for (const folder of [...this.#open]) folder.dispose();
  }
}
