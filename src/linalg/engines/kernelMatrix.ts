import type { HeldMatrix } from "../capabilities.ts";
import type { KernelEngine } from "../kernels/kernelEngine.ts";
import { matrix, type Matrix } from "../matrix.ts";

/** A matrix in the kernels' shared memory, so that products with it copy nothing. */
export class KernelMatrix implements HeldMatrix {
  readonly matrix: Matrix;
  readonly address: number;
  readonly #kernels: KernelEngine;
  #released = false;

  /** @throws EigenlensError "memory" if it does not fit */
  constructor(kernels: KernelEngine, rows: number, columns: number) {
    this.#kernels = kernels;
    this.address = kernels.allocateDoubles(rows * columns);
    this.matrix = matrix(rows, columns, kernels.doubles(this.address, rows * columns));
  }

  /** Frees its memory; idempotent. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#kernels.heap.release(this.address);
  }
}
