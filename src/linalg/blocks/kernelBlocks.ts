import type { BlockOptions, BlockStore } from "../capabilities.ts";
import { jobKind } from "../kernels/controlBlock.ts";
import type { KernelEngine } from "../kernels/kernelEngine.ts";
import { matrix, unfoldLowerTriangle, type Matrix } from "../matrix.ts";
import { suitableBlockRows } from "./suitableBlockRows.ts";

/** Two blocks and the sum in the kernels' shared memory; helpers multiply one while the other is filled. */
export class KernelBlocks implements BlockStore {
  readonly blockRows: number;
  readonly #kernels: KernelEngine;
  readonly #columns: number;
  readonly #single: boolean;
  readonly #blocks: [number, number];
  readonly #mean: number;
  readonly #sum: number;
  readonly #views: (Float32Array | Float64Array)[];
  #current = 0;
  #released = false;

  /** @throws EigenlensError "memory" if the shared memory cannot grow to hold them */
  constructor(kernels: KernelEngine, columns: number, options: BlockOptions) {
    const { single, blockRows = suitableBlockRows(columns, single) } = options;
    this.blockRows = blockRows;
    this.#kernels = kernels;
    this.#columns = columns;
    this.#single = single;
    const length = blockRows * columns;
    const bytes = length * (single ? 4 : 8);
    this.#sum = kernels.allocateDoubles(columns * columns);
    this.#mean = kernels.allocateDoubles(columns);
    this.#blocks = [kernels.heap.allocate(bytes), kernels.heap.allocate(bytes)];
    this.#views = this.#blocks.map((address) =>
      single ? kernels.singles(address, length) : kernels.doubles(address, length),
    );
    kernels.doubles(this.#sum, columns * columns).fill(0);
  }

  get block(): Float32Array | Float64Array {
    return this.#views[this.#current];
  }

  add(rows: number, mean: Float64Array): void {
    const kernels = this.#kernels;
    const address = this.#blocks[this.#current];
    kernels.centre(address, rows, this.#columns, this.#mean, this.#single);
    mean.set(kernels.doubles(this.#mean, this.#columns));
    kernels.start(
      this.#task(address, rows, this.#single ? jobKind.productSingle : jobKind.productDouble),
    );
    this.#current = 1 - this.#current;
  }

  addRows(rows: Float64Array, count: number): void {
    const kernels = this.#kernels;
    const address = kernels.allocateDoubles(rows.length);
    kernels.doubles(address, rows.length).set(rows);
    kernels.multiply(this.#task(address, count, jobKind.productDouble));
    kernels.heap.release(address);
  }

  takeSum(factor: number): Matrix {
    this.#kernels.finish();
    const n = this.#columns;
    const sum = matrix(n, n);
    unfoldLowerTriangle(this.#kernels.doubles(this.#sum, n * n), n, factor, sum.values);
    return sum;
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#kernels.finish();
    for (const address of [...this.#blocks, this.#mean, this.#sum]) {
      this.#kernels.heap.release(address);
    }
  }

  #task(address: number, rows: number, kind: number) {
    const n = this.#columns;
    const factor = { address, outer: 1, step: n };
    return {
      a: factor,
      b: factor,
      c: this.#sum,
      cRow: n,
      rows: n,
      columns: n,
      depth: rows,
      lower: true,
      kind,
    };
  }
}
