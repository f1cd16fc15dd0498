import { EigenlensError } from "../../../errors.ts";

/** What any file may ask for, however small it is. */
const freeBytes = 2 ** 25;
/** Objects of a plain list of floats take twice the nine bytes that each has in the file. */
const bytesPerFileByte = 2;

/**
 * Memory that one file may make its reader take: a few bytes of a pickle can name an object, and refer to it, any
 * number of times, so that everything made is counted and bounded by the size of the file itself.
 */
export class PickleBudget {
  readonly #most: number;
  #used = 0;

  readonly #path: string;
  readonly #fileBytes: number;

  /** @param fileBytes as the file lies on disk, before anything in it is inflated */
  constructor(path: string, fileBytes: number) {
    this.#path = path;
    this.#fileBytes = fileBytes;
    this.#most = freeBytes + bytesPerFileByte * fileBytes;
  }

  /** The longest pickle that is read, in bytes. */
  get longestPickle(): number {
    return Math.min(2 ** 28, this.#most);
  }

  /** Bytes counted so far; what was made in vain is given back through {@link restore}. */
  get used(): number {
    return this.#used;
  }

  restore(used: number): void {
    this.#used = used;
  }

  /**
   * Counts memory before it is taken.
   * @param bytes an estimate
   * @throws EigenlensError "file-format" once all that was counted is more than the file warrants
   */
  charge(bytes: number): void {
    this.#used += bytes;
    if (this.#used > this.#most) {
      throw new EigenlensError(
        "file-format",
        `${this.#path}: its pickle refers to itself too often, or makes far more objects than a file of ${this.#fileBytes} bytes should: save a plain dictionary of tensors.`,
      );
    }
  }
}
