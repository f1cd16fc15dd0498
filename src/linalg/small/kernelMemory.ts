import type { KernelEngine } from "../kernels/kernelEngine.ts";

/** A piece of the kernels' memory, by address and as values. */
export interface KernelPiece {
  /** In bytes. */
  readonly address: number;
  readonly values: Float64Array;
}

/**
 * Named pieces of the kernels' memory that are kept between fits, so that nothing is allocated or copied back and
 * forth in each of thousands. A piece holds until it is asked for again under the same name.
 */
export class KernelMemory {
  readonly kernels: KernelEngine;
  readonly #pieces = new Map<string, KernelPiece>();

  constructor(kernels: KernelEngine) {
    this.kernels = kernels;
  }

  /**
   * At least `length` float64 under `name`; what they hold is left over from their last use.
   * @throws EigenlensError "memory" if the kernels' memory cannot grow so far
   */
  piece(name: string, length: number): KernelPiece {
    const known = this.#pieces.get(name);
    if (known !== undefined && known.values.length >= length) return known;
    if (known !== undefined) this.kernels.heap.release(known.address);
    this.#pieces.delete(name);
    const address = this.kernels.allocateDoubles(length);
    const piece = { address, values: this.kernels.doubles(address, length) };
    this.#pieces.set(name, piece);
    return piece;
  }
}
