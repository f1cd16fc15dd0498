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
  /** With their sizes: a buffer that its reader passes on to another thread all the same has none any more. */
  #kept: { readonly buffer: ArrayBuffer; readonly byteLength: number }[] = [];
  #keptBytes = 0;
  /** Those that nobody else has in use: no view of them is left when they are given back. */
  readonly #lent = new WeakSet<ArrayBufferLike>();
  readonly #idleTimer = new IdleTimer(idleMilliseconds, () => this.clear());

  /** @param most bytes that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  get byteLength(): number {
    return this.#keptBytes;
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
    for (const { buffer } of this.#kept) {
      const size = buffer.byteLength;
      const fits = size >= byteLength && size <= byteLength + byteLength / 4;
      if (fits && (found === undefined || size < found.byteLength)) found = buffer;
    }
    if (found === undefined || byteLength < leastBytes) return undefined;
    this.#forget(this.#kept.findIndex(({ buffer }) => buffer === found));
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
    this.#kept.push({ buffer, byteLength: buffer.byteLength });
    this.#keptBytes += buffer.byteLength;
    while (this.#keptBytes > this.#most) this.#forget(0);
  }

  clear(): void {
    this.#kept = [];
    this.#keptBytes = 0;
  }

  #forget(place: number): void {
    for (const { byteLength } of this.#kept.splice(place, 1)) this.#keptBytes -= byteLength;
  }
}
