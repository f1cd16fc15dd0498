import type { ByteSource } from "../../activations/byteSource.ts";

/** Headers are seldom longer; what is longer is read again by whoever opens the file once more. */
const longestHead = 2 ** 20;

/**
 * Remembers the beginning of a file as far as it was read without a gap: every opening of a file reads its header, and
 * what tells its format.
 */
export class HeadMemory {
  readonly #memory: Uint8Array;
  #length = 0;

  constructor(byteLength: number) {
    this.#memory = new Uint8Array(Math.min(longestHead, byteLength));
  }

  /**
   * Fills `destination` with the bytes from `offset` on, reading only what is not remembered.
   * @param see gets what was read, and from where
   */
  async read(
    source: ByteSource,
    offset: number,
    destination: Uint8Array,
    see: (offset: number, bytes: Uint8Array) => void,
  ): Promise<void> {
    const known = Math.max(0, Math.min(destination.byteLength, this.#length - offset));
    destination.set(this.#memory.subarray(offset, offset + known));
    if (known === destination.byteLength) return;
    const rest = destination.subarray(known);
    await source.readInto(offset + known, rest);
    this.#remember(offset + known, rest);
    see(offset + known, rest);
  }

  #remember(offset: number, bytes: Uint8Array): void {
    const room = this.#memory.length - this.#length;
    if (offset !== this.#length || room === 0) return;
    this.#memory.set(bytes.subarray(0, room), offset);
    this.#length += Math.min(room, bytes.byteLength);
  }
}
