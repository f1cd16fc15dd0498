import { EigenlensError } from "../../errors.ts";
import { blockedDefiniteEigen, blockedEigen } from "../blockedEigen/blockedEigen.ts";
import { KernelBlocks } from "../blocks/kernelBlocks.ts";
import type {
  BlockOptions,
  BlockStore,
  DefiniteEigenSolver,
  EigenSolver,
  HeldMatrix,
  HeldRows,
  PartialEigenSolver,
  SpectrumEnds,
} from "../capabilities.ts";
import { kernelCongruence } from "./kernelCongruence.ts";
import { KernelMatrix } from "./kernelMatrix.ts";
import type { KernelProducts } from "./kernelProducts.ts";
import { KernelRows } from "./kernelRows.ts";
import { KernelEngine, type KernelOptions } from "../kernels/kernelEngine.ts";
import { matrix, mirrorLowerTriangle, type Matrix } from "../matrix.ts";
import { checkInnerDimension, checkSquareSum, type ProductOptions } from "../productShapes.ts";
import { spectrumEnds } from "../partialEigen/spectrumEnds.ts";
import { partialSymmetricEigen } from "../partialEigen/partialSymmetricEigen.ts";

/**
 * Float64 values that a factor may occupy in the shared memory at a time (64 MB); longer sums are taken in
 * pieces, so that the memory stays bounded whatever the operands are.
 */
const pieceLength = 1 << 23;

/** The products on WebAssembly kernels and threads; the default engine. */
export class WasmProducts implements KernelProducts {
  readonly engine = "wasm";
  /** The kernels themselves, for what needs more than products (eigensolvers, streaming). */
  readonly kernels: KernelEngine;
  /** From the order on at which the kernels' panels pay. */
  readonly eigen: EigenSolver;
  /** From the order on at which the kernels' blocks pay. */
  readonly definiteEigen: DefiniteEigenSolver;
  readonly partialEigen: PartialEigenSolver;

  constructor(kernels: KernelEngine) {
    this.kernels = kernels;
    this.eigen = {
      smallestOrder: 32,
      decompose: (copyLower, n, wanted, checkpoint) =>
        blockedEigen(kernels, copyLower, n, wanted, checkpoint),
    };
    this.definiteEigen = {
      smallestOrder: 48,
      decompose: (s, r, wanted, checkpoint) =>
        blockedDefiniteEigen(kernels, s, r, wanted, checkpoint),
    };
    this.partialEigen = {
      smallestOrder: 768,
      decompose: (a, wanted) => partialSymmetricEigen(a, { products: this, ...wanted }),
    };
  }

  get threads(): number {
    return this.kernels.threads;
  }

  gram(a: Matrix): Matrix {
    const product = this.#product(a, a, { transposeB: true }, true);
    mirrorLowerTriangle(product);
    return product;
  }

  addCrossProduct(sum: Matrix, a: Matrix, weight = 1): void {
    checkSquareSum(sum, a.columns);
    const product = this.#product(a, a, { transposeA: true }, true);
    const n = a.columns;
    for (let i = 0; i < n; i++) {
      for (let at = i * n; at <= i * n + i; at++) sum.values[at] += weight * product.values[at];
    }
  }

  multiply(a: Matrix, b: Matrix, options: ProductOptions = {}): Matrix {
    return this.#product(a, b, options, false);
  }

  congruence(b: Matrix, a: Matrix): Matrix {
    checkInnerDimension(b, a, {});
    return kernelCongruence(this.kernels, b, a);
  }

  spectrumEnds(a: Matrix): SpectrumEnds | undefined {
    return spectrumEnds(a, this);
  }

  holdMatrix(rows: number, columns: number): HeldMatrix {
    return new KernelMatrix(this.kernels, rows, columns);
  }

  holdRows(rows: number, columns: number): HeldRows {
    return new KernelRows(this, rows, columns);
  }

  openBlocks(columns: number, options: BlockOptions): BlockStore {
    return new KernelBlocks(this.kernels, columns, options);
  }

  dispose(): Promise<void> {
    return this.kernels.dispose();
  }

  /** `op(A) op(B)`, only its lower triangle where `lower` (then B is A, transposed). */
  #product(a: Matrix, b: Matrix, options: ProductOptions, lower: boolean): Matrix {
    const { rows, columns, depth } = checkInnerDimension(a, b, options);
    const product = matrix(rows, columns);
    if (product.values.length === 0 || depth === 0) return product;
    const { kernels } = this;
    const transposeA = options.transposeA === true;
    const transposeB = options.transposeB === true;
    const widest = Math.max(rows, lower ? 0 : columns);
    const piece = Math.min(depth, Math.max(256, Math.floor(pieceLength / widest)));
    const left = kernels.allocateDoubles(rows * piece);
    const right = lower ? left : kernels.allocateDoubles(columns * piece);
    const c = kernels.allocateDoubles(rows * columns);
    try {
      for (let start = 0; start < depth; start += piece) {
        const steps = Math.min(piece, depth - start);
        copyPiece(a, transposeA, start, steps, kernels.doubles(left, rows * steps));
        if (!lower)
          copyPiece(b, !transposeB, start, steps, kernels.doubles(right, columns * steps));
        const rightIsA = lower ? transposeA : !transposeB;
        kernels.multiply({
          a: { address: left, outer: transposeA ? 1 : steps, step: transposeA ? rows : 1 },
          b: { address: right, outer: rightIsA ? 1 : steps, step: rightIsA ? columns : 1 },
          c,
          cRow: columns,
          rows,
          columns,
          depth: steps,
          lower,
          overwrite: start === 0,
        });
      }
      product.values.set(kernels.doubles(c, rows * columns));
    } finally {
      kernels.heap.release(left);
      if (!lower) kernels.heap.release(right);
      kernels.heap.release(c);
    }
    return product;
  }
}

/**
 * Copies steps `start` to `start + steps` of the summed dimension.
 * @param depthIsRows whether the summed dimension runs along the rows of `source`
 */
function copyPiece(
  source: Matrix,
  depthIsRows: boolean,
  start: number,
  steps: number,
  destination: Float64Array,
): void {
  const { rows, columns, values } = source;
  if (depthIsRows) {
    destination.set(values.subarray(start * columns, (start + steps) * columns));
  } else if (steps === columns) {
    destination.set(values);
  } else {
    for (let row = 0; row < rows; row++) {
      const from = row * columns + start;
      destination.set(values.subarray(from, from + steps), row * steps);
    }
  }
}

/**
 * Compiles the kernels and starts their threads (a few milliseconds).
 * @throws EigenlensError "internal" if this runtime has no SIMD or threads in WebAssembly; use the
 *   `script` engine there
 */
export async function createWasmProducts(options: KernelOptions = {}): Promise<WasmProducts> {
  const kernels = await KernelEngine.create(options);
  if (kernels === undefined) {
    throw new EigenlensError(
      "internal",
      "This runtime has no WebAssembly with SIMD and threads: choose the engine `script`.",
    );
  }
  return new WasmProducts(kernels);
}
