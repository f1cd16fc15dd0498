import { EigenlensError } from "../errors.ts";
import type { FileStat, FileSystem } from "./byteSource.ts";

/** So many questions at once: a zarr folder has a file a chunk. */
const batch = 64;

/**
 * Remembers which files were opened through a file system (the source, its shards, its sidecars, its chunks), and
 * what each was like then; and which were looked for in vain.
 */
export class TrackedFiles {
  readonly #fileSystem: FileSystem;
  readonly #seen = new Map<string, FileStat | undefined>();
  readonly #absent = new Set<string>();
  readonly #listed = new Map<string, string>();
  /** The file system that is watched: to be used for everything that is an input. */
  readonly fileSystem: FileSystem;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
    this.fileSystem = {
      open: async (path) => {
        if (fileSystem.tellsFound !== true) await this.add(path);
        const source = await fileSystem.open(path);
        if (!this.#seen.has(path)) this.#seen.set(path, source.found);
        return source;
      },
      list: async (path) => {
        const names = await fileSystem.list(path);
        this.#listed.set(path, namesText(names));
        return names;
      },
      stat: async (path) => {
        const found = await fileSystem.stat(path);
        if (found === undefined) this.#absent.add(path);
        return found;
      },
      ...(fileSystem.linksOut === undefined
        ? {}
        : { linksOut: fileSystem.linksOut.bind(fileSystem) }),
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
    await inBatches([...this.#seen], ([path, before]) => this.#check(path, before));
  }

  /**
   * Whether reading everything again would give the same: nothing has changed, nothing that was looked for has
   * appeared, and folders have the same names in them. Never rejects.
   */
  async isUnchanged(): Promise<boolean> {
    try {
      await this.checkUnchanged();
      let same = true;
      await inBatches([...this.#absent], async (path) => {
        if ((await this.#fileSystem.stat(path)) !== undefined) same = false;
      });
      await inBatches([...this.#listed], async ([path, before]) => {
        if (namesText(await this.#fileSystem.list(path)) !== before) same = false;
      });
      return same;
    } catch {
      return false;
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

async function inBatches<Item>(
  items: readonly Item[],
  ask: (item: Item) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += batch) {
    await Promise.all(items.slice(start, start + batch).map(ask));
  }
}

function namesText(names: readonly string[] | undefined): string {
  return JSON.stringify(names && [...names].sort());
}
