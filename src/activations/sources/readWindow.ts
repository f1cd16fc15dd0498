import type { ByteSource } from "../byteSource.ts";

const windowBytes = 4 * 2 ** 20;

/** Small parts of a file one after the other: each read brings what follows with it. */
export class ReadWindow {
  readonly #source: ByteSource;
  readonly #memory: Uint8Array<ArrayBuffer>;
  #bytes = new Uint8Array(0);
  #start = 0;

  /** @param most bytes that one read brings, unless more are asked for */
  constructor(source: ByteSource, most = windowBytes) {
    this.#source = source;
    this.#memory = new Uint8Array(Math.min(most, source.byteLength));
  }

  get byteLength(): number {
    return this.#source.byteLength;
  }

  /**
   * @returns `length` bytes from `offset`, valid until the next call
   * @throws EigenlensError "file-access" if the file is shorter than that
   */
  async at(offset: number, length: number): Promise<Uint8Array> {
    const first = offset - this.#start;
    if (first >= 0 && first + length <= this.#bytes.length) {
      return this.#bytes.subarray(first, first + length);
    }
    if (length > this.#memory.length) return this.#source.read(offset, length);
    const bytes = this.#memory.subarray(
      0,
      Math.max(length, Math.min(this.#memory.length, this.byteLength - offset)),
    );
    this.#bytes = new Uint8Array(0);
    await this.#source.readInto(offset, bytes);
    this.#bytes = bytes;
    this.#start = offset;
    return bytes.subarray(0, length);
  }
}
