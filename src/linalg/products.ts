import type {
  BlockOptions,
  BlockStore,
  DefiniteEigenSolver,
  EigenSolver,
  HeldMatrix,
  HeldRows,
  PartialEigenSolver,
  SpectrumEnds,
} from "./capabilities.ts";
import type { EngineName } from "./engines/engineNames.ts";
import type { KernelEngine } from "./kernels/kernelEngine.ts";
import type { Matrix } from "./matrix.ts";

/**
 * The dense products on which everything rests; one engine implements them all. Calls are synchronous:
 * an engine that has threads makes them work while the calling thread takes its own share.
 *
 * The optional members are capabilities: what an engine does better itself than others could over its products.
 */
export interface Products {
  readonly engine: EngineName;
  readonly threads: number;
  /** `A A'`, `[n, n]` of `A [n, m]`: the Gram matrix of rows. Both triangles are filled. */
  gram(a: Matrix): Matrix;
  /** `sum += weight * A'A`, `[m, m]` of `A [n, m]`, lower triangle only: the streamed covariance. */
  addCrossProduct(sum: Matrix, a: Matrix, weight?: number): void;
  /** `op(A) op(B)`, where op transposes on request. */
  multiply(
    a: Matrix,
    b: Matrix,
    options?: { readonly transposeA?: boolean; readonly transposeB?: boolean },
  ): Matrix;
  /** `B A B'`, `[k, k]` of `B [k, n]` and a symmetric `A [n, n]`; {@link congruence} where an engine lacks it. */
  congruence?(b: Matrix, a: Matrix): Matrix;
  /** Both ends of the spectrum of a symmetric matrix; undefined where all eigenvalues should be looked at. */
  spectrumEnds?(a: Matrix): SpectrumEnds | undefined;
  readonly eigen?: EigenSolver;
  readonly definiteEigen?: DefiniteEigenSolver;
  readonly partialEigen?: PartialEigenSolver;
  /** @throws EigenlensError "memory" if it does not fit */
  holdMatrix?(rows: number, columns: number): HeldMatrix;
  /** @throws EigenlensError "memory" if they do not fit */
  holdRows?(rows: number, columns: number): HeldRows;
  /** @throws EigenlensError "memory" if they do not fit */
  openBlocks?(columns: number, options: BlockOptions): BlockStore;
  /** The WebAssembly kernels, if it runs on them: for algorithms that work in their memory from end to end. */
  readonly kernels?: KernelEngine;
  /** Ends threads and frees memory; idempotent. */
  dispose(): Promise<void>;
}

/** `B A B'`, `[k, k]` of `B [k, n]` and a symmetric `A [n, n]`. */
export function congruence(products: Products, b: Matrix, a: Matrix): Matrix {
  return (
    products.congruence?.(b, a) ??
    products.multiply(products.multiply(b, a), b, { transposeB: true })
  );
}
