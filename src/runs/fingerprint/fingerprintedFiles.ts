import type { ByteSource, FileSystem } from "../../activations/byteSource.ts";
import { isPattern } from "../../activations/folders/glob.ts";
import { hashListing, hashPattern } from "./hashListing.ts";
import { HeadMemory } from "./headMemory.ts";
import { StreamedHash } from "./streamedHash.ts";

/** One file, however often it is opened. */
interface WatchedFile {
  readonly byteLength: number;
  readonly hash: StreamedHash;
  readonly head: HeadMemory;
  source: ByteSource;
  /** Openings that were not closed. */
  users: number;
}

/**
 * A file system that hashes some files while others read them. A file that is opened twice (two tensors of one
 * container) is one file underneath, and its header is read once.
 */
export class FingerprintedFiles {
  readonly #fileSystem: FileSystem;
  readonly #paths: ReadonlySet<string>;
  readonly #files = new Map<string, Promise<WatchedFile>>();
  /** To be used for everything that is read. */
  readonly fileSystem: FileSystem;

  /** @param paths of the files or folders whose hash will be wanted; others are only passed on */
  constructor(fileSystem: FileSystem, paths: readonly string[]) {
    this.#fileSystem = fileSystem;
    this.#paths = new Set(paths);
    this.fileSystem = {
      open: (path) => (this.#paths.has(path) ? this.#open(path) : fileSystem.open(path)),
      list: (path) => fileSystem.list(path),
      stat: (path) => fileSystem.stat(path),
      ...(fileSystem.linksOut === undefined
        ? {}
        : { linksOut: fileSystem.linksOut.bind(fileSystem) }),
    };
  }

  /** Whether the hash of a path costs no more reading. */
  async isKnown(path: string): Promise<boolean> {
    return (await this.#files.get(path))?.hash.isComplete === true;
  }

  /**
   * The hash of a file or folder; what nobody has read of it is read now.
   * @returns as {@link hashSource} says
   * @throws EigenlensError "file-access" if the file cannot be read
   */
  async hash(path: string): Promise<string> {
    const known = await this.#files.get(path);
    if (known?.hash.isComplete === true) return known.hash.finish(known.source);
    const found = await this.#fileSystem.stat(path);
    if (found?.kind === "folder") return hashListing(path, this.#fileSystem);
    if (found === undefined && isPattern(path)) return hashPattern(path, this.#fileSystem);
    const source = await this.#open(path);
    try {
      const file = await this.#files.get(path);
      return await (file?.hash ?? new StreamedHash(source.byteLength)).finish(source);
    } finally {
      await source.close();
    }
  }

  async #open(path: string): Promise<ByteSource> {
    const before = this.#files.get(path);
    const opened = this.#openWatched(path, before);
    this.#files.set(path, opened);
    try {
      return watchedSource(await opened);
    } catch (error) {
      if (this.#files.get(path) === opened) {
        if (before === undefined) this.#files.delete(path);
        else this.#files.set(path, before);
      }
      throw error;
    }
  }

  async #openWatched(path: string, before: Promise<WatchedFile> | undefined): Promise<WatchedFile> {
    const known = await before?.catch(() => undefined);
    if (known !== undefined && known.users > 0) {
      known.users += 1;
      return known;
    }
    const source = await this.#fileSystem.open(path);
    const { byteLength } = source;
    if (known?.byteLength === byteLength) {
      known.source = source;
      known.users = 1;
      return known;
    }
    const [hash, head] = [new StreamedHash(byteLength), new HeadMemory(byteLength)];
    return { byteLength, hash, head, source, users: 1 };
  }
}

/** One opening of a watched file. */
function watchedSource(file: WatchedFile): ByteSource {
  const { source, hash, head } = file;
  const { path, byteLength, localPath } = source;
  let isClosed = false;

  async function readInto(offset: number, destination: Uint8Array): Promise<void> {
    await head.read(source, offset, destination, (from, bytes) => hash.see(from, bytes));
  }

  return {
    path,
    byteLength,
    ...(localPath === undefined ? {} : { localPath }),
    readInto,
    async read(offset, length) {
      // The file's own words for what it does not hold, before memory is taken.
      if (offset + length > byteLength) return source.read(offset, length);
      const bytes = new Uint8Array(length);
      await readInto(offset, bytes);
      return bytes;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      file.users -= 1;
      if (file.users === 0) await source.close();
    },
  };
}
