import { IdleTimer } from "../../threads/idleTimer.ts";

/** Smaller ones cost less than looking for them. */
const leastBytes = 2 ** 16;
const idleMilliseconds = 3000;

/**
 * Buffers that were read or unpacked into and are not looked at any more, for what is read next: the system takes
 * longer to find new memory and to clear it than a core takes to fill it. They are let go when nothing was read for
 * some seconds.
 */
export class SpareBuffers {
  readonly #most: number;
  #kept: ArrayBuffer[] = [];
  /** Those that nobody else has in use: no view of them is left when they are given back. */
  readonly #lent = new WeakSet<ArrayBufferLike>();
  readonly #idleTimer = new IdleTimer(idleMilliseconds, () => this.clear());

  /** @param most bytes that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** Counted anew: a buffer that its reader passes on to another thread all the same has no bytes any more. */
  get byteLength(): number {
    return this.#kept.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** So many bytes, of whatever was in them before: at the beginning of a spare buffer that is hardly longer, or new. */
  take(byteLength: number): Uint8Array {
    const buffer = this.find(byteLength) ?? new ArrayBuffer(byteLength);
    if (byteLength >= leastBytes) this.#lent.add(buffer);
    return new Uint8Array(buffer, 0, byteLength);
  }

  /** A spare buffer of so many bytes or some more, if there is one: nothing is taken for what may not be needed. */
  find(byteLength: number): ArrayBuffer | undefined {
    let found: ArrayBuffer | undefined;
    for (const each of this.#kept) {
      const fits = each.byteLength >= byteLength && each.byteLength <= byteLength + byteLength / 4;
      if (fits && (found === undefined || each.byteLength < found.byteLength)) found = each;
    }
    if (found === undefined || byteLength < leastBytes) return undefined;
    this.#kept.splice(this.#kept.indexOf(found), 1);
    return found;
  }

  /** A buffer that came from elsewhere and is only this program's part that will give it back. */
  lend(buffer: ArrayBufferLike): void {
    this.#lent.add(buffer);
  }

  /** Whether all of this buffer belongs to whoever has these bytes. */
  isLent({ buffer }: Uint8Array): boolean {
    return this.#lent.has(buffer);
  }

  /** Keeps the buffer in which these bytes lie, if it was lent: nobody looks at it any more. */
  giveBack({ buffer }: Uint8Array): void {
    if (!(buffer instanceof ArrayBuffer) || !this.#lent.delete(buffer)) return;
    this.#idleTimer.begin();
    if (buffer.byteLength < leastBytes) return;
    this.#kept.push(buffer);
    while (this.byteLength > this.#most) this.#kept.shift();
  }

  clear(): void {
    this.#kept = [];
  }
}
