import { createHash } from "node:crypto";
import type { ByteSource } from "../../activations/byteSource.ts";
import { planHash, type ByteRange, type HashPlan } from "./hashPlan.ts";

/** What was read before its turn is kept up to so many bytes, and pieces, altogether. */
const mostAhead = 32 * 2 ** 20;
const mostPieces = 256;
/** What nobody has read is read in steps of so many bytes. */
const stepBytes = 4 * 2 ** 20;

interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * The hash of one file, fed with what others read of it, so that a file that is read anyway is not read again for
 * its hash. SHA-256 takes bytes in the order of the file: what comes too early waits, within bounds; what never came
 * is read in the end.
 */
export class StreamedHash {
  readonly #plan: HashPlan;
  readonly #hash = createHash("sha256");
  #ranges: number;
  /** The next byte that the hash wants. */
  #next: number;
  #ahead: Piece[] = [];
  #aheadBytes = 0;
  #digest: string | undefined;

  /** @param byteLength of the file */
  constructor(byteLength: number) {
    this.#plan = planHash(byteLength);
    this.#hash.update(this.#plan.lead);
    this.#ranges = 0;
    this.#next = this.#plan.ranges[0]?.start ?? 0;
    this.#enterRange();
  }

  /** Whether nothing remains to be read. */
  get isComplete(): boolean {
    return this.#range === undefined;
  }

  /** The range that is being hashed. */
  get #range(): ByteRange | undefined {
    return this.#plan.ranges[this.#ranges];
  }

  /** Takes bytes of the file from `offset` on; the memory may be used again afterwards. */
  see(offset: number, bytes: Uint8Array): void {
    if (this.isComplete) return;
    if (offset > this.#next) {
      this.#keep(offset, bytes);
      return;
    }
    this.#take(offset, bytes);
    this.#takeKept();
  }

  /**
   * Reads what nobody has read, and closes the hash.
   * @param source of the same file
   * @returns as {@link hashSource} does
   * @throws EigenlensError "file-access" if the file cannot be read
   */
  async finish(source: ByteSource): Promise<string> {
    for (let range = this.#range; range !== undefined; range = this.#range) {
      const { stop } = range;
      const offset = this.#next;
      const known = this.#ahead.reduce((least, piece) => Math.min(least, piece.offset), stop);
      const step = new Uint8Array(Math.min(stepBytes, known - offset));
      await source.readInto(offset, step);
      this.see(offset, step);
    }
    this.#digest ??= this.#hash.digest("hex");
    return this.#plan.prefix + this.#digest;
  }

  #take(offset: number, bytes: Uint8Array): void {
    const end = offset + bytes.byteLength;
    for (let range = this.#range; range !== undefined; range = this.#range) {
      if (this.#next < offset || this.#next >= end) break;
      const stop = Math.min(end, range.stop);
      this.#hash.update(bytes.subarray(this.#next - offset, stop - offset));
      this.#next = stop;
      this.#enterRange();
    }
  }

  /** Goes on to the next range once the present one is hashed. */
  #enterRange(): void {
    for (let range = this.#range; range !== undefined && this.#next >= range.stop;) {
      this.#ranges += 1;
      range = this.#range;
      if (range !== undefined) this.#next = range.start;
    }
  }

  #keep(offset: number, bytes: Uint8Array): void {
    const isFull =
      this.#aheadBytes + bytes.byteLength > mostAhead || this.#ahead.length === mostPieces;
    const isWanted = this.#plan.ranges.some(
      ({ start, stop }) => offset < stop && offset + bytes.byteLength > start,
    );
    if (isFull || !isWanted) return;
    this.#ahead.push({ offset, bytes: new Uint8Array(bytes) });
    this.#aheadBytes += bytes.byteLength;
  }

  /** Takes what has waited for its turn, and lets go what is not wanted any more. */
  #takeKept(): void {
    for (let before = -1; before !== this.#next && this.#ahead.length > 0;) {
      before = this.#next;
      for (const { offset, bytes } of this.#ahead) this.#take(offset, bytes);
    }
    this.#ahead = this.isComplete
      ? []
      : this.#ahead.filter(({ offset, bytes }) => offset + bytes.byteLength > this.#next);
    this.#aheadBytes = this.#ahead.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  }
}
