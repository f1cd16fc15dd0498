import type {} from "./webAssembly.d.ts";
import { EigenlensError } from "../../errors.ts";

const alignment = 64;
const pageBytes = 65536;

/**
 * Pieces of one growing WebAssembly memory: first fit, neighbours joined when freed. The memory itself
 * never shrinks, but what was freed is used again before it grows.
 */
export class SharedHeap {
  readonly #memory: WebAssembly.Memory;
  readonly #used = new Map<number, number>();
  readonly #limit: number;
  /** Free pieces by ascending address; the last one ends where the memory ends. */
  #free: { address: number; bytes: number }[];

  /**
   * @param start first byte that the heap may use
   * @param limit bytes beyond which the memory must not grow
   */
  constructor(memory: WebAssembly.Memory, start: number, limit: number) {
    this.#memory = memory;
    this.#limit = limit;
    this.#free = [{ address: start, bytes: memory.buffer.byteLength - start }];
  }

  /** Bytes in use now. */
  get usedBytes(): number {
    let sum = 0;
    for (const bytes of this.#used.values()) sum += bytes;
    return sum;
  }

  /**
   * The address of new memory of this length, aligned to 64 bytes, contents undefined.
   * @throws EigenlensError "memory" if it would pass the limit or the system refuses
   */
  allocate(bytes: number): number {
    const wanted = Math.max(alignment, Math.ceil(bytes / alignment) * alignment);
    let at = this.#free.findIndex((piece) => piece.bytes >= wanted);
    if (at < 0) {
      this.#grow(wanted);
      at = this.#free.length - 1;
    }
    const piece = this.#free[at];
    const address = piece.address;
    piece.address += wanted;
    piece.bytes -= wanted;
    if (piece.bytes === 0) this.#free.splice(at, 1);
    this.#used.set(address, wanted);
    return address;
  }

  /** Gives back what {@link allocate} returned. */
  release(address: number): void {
    const bytes = this.#used.get(address);
    if (bytes === undefined) throw new RangeError(`Nothing is allocated at ${address}.`);
    this.#used.delete(address);
    let at = this.#free.findIndex((piece) => piece.address > address);
    if (at < 0) at = this.#free.length;
    this.#free.splice(at, 0, { address, bytes });
    this.#join(at);
    if (at > 0) this.#join(at - 1);
  }

  /** Joins piece `at` with the one behind it where they touch. */
  #join(at: number): void {
    const piece = this.#free[at];
    const next = this.#free[at + 1];
    if (next === undefined || piece.address + piece.bytes !== next.address) return;
    piece.bytes += next.bytes;
    this.#free.splice(at + 1, 1);
  }

  #grow(wanted: number): void {
    const end = this.#memory.buffer.byteLength;
    const last = this.#free.at(-1);
    const reusable = last !== undefined && last.address + last.bytes === end ? last.bytes : 0;
    const pages = Math.ceil((wanted - reusable) / pageBytes);
    if (end + pages * pageBytes > this.#limit) throw this.#refuse(wanted);
    try {
      this.#memory.grow(pages);
    } catch (error) {
      throw this.#refuse(wanted, error);
    }
    if (last !== undefined && reusable > 0) last.bytes += pages * pageBytes;
    else this.#free.push({ address: end, bytes: pages * pageBytes });
  }

  #refuse(wanted: number, cause?: unknown): EigenlensError {
    const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
    return new EigenlensError(
      "memory",
      `The computing engine needs ${megabytes(wanted)} MB more than the ${megabytes(this.usedBytes)} MB in use, and cannot grow so far: choose fewer rows, or single precision.`,
      { cause },
    );
  }
}
