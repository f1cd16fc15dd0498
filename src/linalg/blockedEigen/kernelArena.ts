import type { KernelEngine } from "../kernels/kernelEngine.ts";

/** Pieces of the kernels' memory that one computation holds and gives back together. */
export class KernelArena {
  readonly kernels: KernelEngine;
  readonly #held = new Set<number>();

  constructor(kernels: KernelEngine) {
    this.kernels = kernels;
  }

  /** The address of so many float64 values, contents undefined. */
  doubles(length: number): number {
    return this.bytes(length * 8);
  }

  /** The address of so many bytes, contents undefined. */
  bytes(length: number): number {
    const address = this.kernels.heap.allocate(length);
    this.#held.add(address);
    return address;
  }

  /** Gives one piece back before the others. */
  release(address: number): void {
    this.#held.delete(address);
    this.kernels.heap.release(address);
  }

  /** Gives everything back. */
  releaseAll(): void {
    for (const address of this.#held) this.kernels.heap.release(address);
    this.#held.clear();
  }

  /**
   * Zeroed memory with one piece a thread: a word by which a thread says that it took part, then so many
   * float64 values.
   */
  partials(length: number): { address: number; bytes: number } {
    // A cache line more, so that two threads never write to the same one.
    const bytes = 8 * (Math.ceil((length + 1) / 8) * 8 + 8);
    const address = this.bytes(bytes * this.kernels.threads);
    this.kernels.doubles(address, (bytes / 8) * this.kernels.threads).fill(0);
    return { address, bytes };
  }
}
