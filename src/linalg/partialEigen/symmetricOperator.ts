/** A symmetric matrix A, `[n, n]`, known by what it does to vectors. */
export interface SymmetricOperator {
  /** n */
  readonly order: number;
  /**
   * `Y := X A`, which is `(A X')'`, for the rows of X.
   * @param source address of X, `[count, n]`, in the kernels' memory
   * @param destination address of Y, `[count, n]`
   */
  apply(source: number, count: number, destination: number): void;
  /** What was applied so far is no part of a search: an operator that remembers its images drops them. */
  forget?(): void;
}
