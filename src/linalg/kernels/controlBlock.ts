/**
 * Where things lie in the first page of the kernels' shared memory, in bytes; `assembly/layout.ts` says the
 * same to the other side.
 */
export const controlBlock = {
  helpers: 192,
  spin: 200,
  scratch: 204,
  scratchBytes: 208,
  /** Where the heap begins: the first page is the control block's. */
  heapStart: 65536,
} as const;

/** The kinds of job in `assembly/jobs.ts`. */
export const jobKind = {
  productDouble: 1,
  productSingle: 2,
  centringDouble: 3,
  centringSingle: 4,
  symmetricVector: 5,
  secularRoots: 6,
  secularVectors: 7,
  innerProducts: 8,
} as const;
