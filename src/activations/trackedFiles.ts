import { EigenlensError } from "../errors.ts";
import type { FileStat, FileSystem } from "./byteSource.ts";

/** So many questions at once: a zarr folder has a file a chunk. */
const batch = 64;

/**
 * Remembers which files were opened through a file system (the source, its shards, its sidecars, its chunks), and
 * what each was like then.
 */
export class TrackedFiles {
  readonly #fileSystem: FileSystem;
  readonly #seen = new Map<string, FileStat | undefined>();
  /** The file system that is watched: to be used for everything that is an input. */
  readonly fileSystem: FileSystem;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
    this.fileSystem = {
      open: async (path) => {
        await this.add(path);
        return fileSystem.open(path);
      },
      list: (path) => fileSystem.list(path),
      stat: (path) => fileSystem.stat(path),
    };
  }

  /** Everything added or opened so far. */
  get paths(): readonly string[] {
    return [...this.#seen.keys()];
  }

  /** Counts a file or a folder among the inputs before it is opened. */
  async add(path: string): Promise<void> {
    if (this.#seen.has(path)) return;
    const found = await this.#fileSystem.stat(path).catch(() => undefined);
    if (!this.#seen.has(path)) this.#seen.set(path, found);
  }

  /**
   * Whether everything is still what it was when it was first opened: a file that is rewritten meanwhile gives rows
   * of two versions.
   * @throws EigenlensError "file-access" if something is gone or has changed
   */
  async checkUnchanged(): Promise<void> {
    const all = [...this.#seen];
    for (let start = 0; start < all.length; start += batch) {
      const some = all.slice(start, start + batch);
      await Promise.all(some.map(([path, before]) => this.#check(path, before)));
    }
  }

  async #check(path: string, before: FileStat | undefined): Promise<void> {
    if (before === undefined) return;
    const now = await this.#fileSystem.stat(path);
    if (now === undefined) {
      throw new EigenlensError(
        "file-access",
        `${path} vanished while it was read: restore it or choose another file, then try again.`,
      );
    }
    const same =
      now.modified === before.modified &&
      now.byteLength === before.byteLength &&
      now.identity === before.identity;
    if (same) return;
    throw new EigenlensError(
      "file-access",
      `${path} changed while it was read, so its rows may be of two versions: wait until it is written, then try again.`,
    );
  }
}
