import { close, closeSync, fstatSync, open, read, type Stats } from "node:fs";
import { promisify } from "node:util";

const openNumber = promisify(open);
const closeNumber = promisify(close);
const readBytes = promisify(read);

/**
 * A file of the local disk that is open for reading. It costs half of what a `FileHandle` does, which counts if there
 * are a hundred thousand files, and is as safe: no number is read that the system may have given to another file.
 */
export class Descriptor {
  /** As the system found it when it was opened. */
  readonly stats: Stats;
  readonly #number: number;
  #reading = 0;
  #closing: Promise<void> | undefined;
  #ended: (() => void) | undefined;

  private constructor(number: number, stats: Stats) {
    this.#number = number;
    this.stats = stats;
  }

  /**
   * @param flags of `fs.open`
   * @throws as `node:fs` does
   */
  static async open(path: string, flags: number): Promise<Descriptor> {
    const number = await openNumber(path, flags);
    try {
      // At once: the system has just looked at it, and each turn of Node's threads would cost more.
      return new Descriptor(number, fstatSync(number));
    } catch (cause) {
      await closeNumber(number);
      throw cause;
    }
  }

  /** @returns what the system says of it now @throws as `node:fs` does */
  statNow(): Stats {
    this.#checkOpen();
    return fstatSync(this.#number);
  }

  /**
   * Reads up to `length` bytes from `position` into `destination` from `offset`.
   * @returns how many were read; 0 at the end of the file
   * @throws as `node:fs` does
   */
  async read(
    destination: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<number> {
    this.#checkOpen();
    this.#reading++;
    try {
      return (await readBytes(this.#number, destination, offset, length, position)).bytesRead;
    } finally {
      this.#reading--;
      if (this.#reading === 0) this.#ended?.();
    }
  }

  /** Closes it once the last read has ended; again, it does nothing more. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#reading > 0) await new Promise<void>((resolve) => (this.#ended = resolve));
    // Nothing was written that the system would still have to bring to the disk.
    closeSync(this.#number);
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new Error("the file was closed before it was read");
  }
}
