import { matrix } from "../matrix.ts";
import type { Products } from "../products.ts";
import { KernelMemory } from "./kernelMemory.ts";
import { multiplyRows } from "./tiles.ts";

/** Fewer multiplications than this are done sooner than an engine is called. */
const smallestForEngine = 60_000;

/**
 * What a fit works with: named memory that is kept between fits, since hundreds of thousands of small ones are
 * made and allocating would cost as much as computing, and the engine for the larger products. A buffer holds
 * until it is asked for again under the same name.
 */
export class Workspace {
  readonly products: Products | undefined;
  /** The same in the kernels' memory, for what works there from end to end; absent without kernels. */
  readonly memory: KernelMemory | undefined;
  readonly #buffers = new Map<string, Float64Array>();

  /** @param products an engine of one thread; plain TypeScript where absent */
  constructor(products?: Products) {
    this.products = products;
    const kernels = products?.kernels;
    this.memory = kernels === undefined ? undefined : new KernelMemory(kernels);
  }

  /** At least `length` float64 under `name`; what they hold is left over from their last use. */
  buffer(name: string, length: number): Float64Array {
    let buffer = this.#buffers.get(name);
    if (buffer === undefined || buffer.length < length) {
      buffer = new Float64Array(length);
      this.#buffers.set(name, buffer);
    }
    return buffer;
  }

  /** `c = a b'` for `a` [n, depth], `b` [m, depth], `c` [n, m]. */
  multiplyRows(
    a: Float64Array,
    n: number,
    b: Float64Array,
    m: number,
    depth: number,
    c: Float64Array,
  ): void {
    if (this.products === undefined || n * m * depth < smallestForEngine) {
      multiplyRows(a, n, b, m, depth, c);
      return;
    }
    const left = matrix(n, depth, a.subarray(0, n * depth));
    const right = matrix(m, depth, b.subarray(0, m * depth));
    c.set(this.products.multiply(left, right, { transposeB: true }).values);
  }

  /** `c = a a'`, at least its lower triangle. */
  gram(a: Float64Array, n: number, depth: number, c: Float64Array): void {
    if (this.products === undefined || (n * n * depth) / 2 < smallestForEngine) {
      multiplyRows(a, n, a, n, depth, c, true);
      return;
    }
    c.set(this.products.gram(matrix(n, depth, a.subarray(0, n * depth))).values);
  }
}
