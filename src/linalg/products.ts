import type { Matrix } from "./matrix.ts";

/**
 * The dense products on which everything rests; one engine implements them all. Calls are synchronous:
 * an engine that has threads makes them work while the calling thread takes its own share.
 */
export interface Products {
  /** "wasm" (threads on shared memory), "tensorflow", or "script" (plain TypeScript, for tests and tiny sizes). */
  readonly engine: "wasm" | "tensorflow" | "script";
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
  /** Ends threads and frees memory; idempotent. */
  dispose(): Promise<void>;
}
