import type { KernelArena } from "../blockedEigen/kernelArena.ts";
import { matrix, type Matrix } from "../matrix.ts";
import { symmetricEigen } from "../symmetricEigen.ts";

/** Some rows W in the kernels' memory, `[rows, n]`. */
interface Rows {
  readonly address: number;
  readonly rows: number;
  readonly n: number;
}

/**
 * Replaces W `[rows, n]` by orthonormal rows of the same span, `W = C W'`, through the eigenvectors of
 * `W W'`.
 * @param inner room for `[rows, rows]`
 * @param negligible lengths up to this count as zero
 * @returns C `[rows, rank]`, and the length of the shortest direction that was kept
 */
export function normaliseRows(
  arena: KernelArena,
  { address, rows, n }: Rows,
  inner: number,
  negligible: number,
): { factor: Matrix; shortest: number } {
  const { kernels } = arena;
  kernels.multiply({
    a: { address, outer: n, step: 1 },
    b: { address, outer: n, step: 1 },
    c: inner,
    cRow: rows,
    rows,
    columns: rows,
    depth: n,
    overwrite: true,
    lower: true,
  });
  const gram = matrix(rows, rows, kernels.doubles(inner, rows * rows).slice());
  const { values, vectors } = symmetricEigen(gram);
  const threshold = Math.max(negligible ** 2, 1e-14 * (values[0] ?? 0));
  let rank = 0;
  while (rank < rows && values[rank] > threshold) rank++;
  const factor = matrix(rows, rank);
  const inverse = matrix(rank, rows);
  for (let r = 0; r < rank; r++) {
    const length = Math.sqrt(values[r]);
    for (let i = 0; i < rows; i++) {
      const component = vectors.values[r * rows + i];
      factor.values[i * rank + r] = component * length;
      inverse.values[r * rows + i] = component / length;
    }
  }
  replaceRows(arena, address, n, inverse);
  return { factor, shortest: rank === 0 ? 0 : Math.sqrt(values[rank - 1]) };
}

/** `W := M W` */
function replaceRows(arena: KernelArena, address: number, n: number, m: Matrix): void {
  if (m.rows === 0) return;
  const { kernels } = arena;
  const left = arena.doubles(m.values.length);
  kernels.doubles(left, m.values.length).set(m.values);
  const result = arena.doubles(m.rows * n);
  kernels.multiply({
    a: { address: left, outer: m.columns, step: 1 },
    b: { address, outer: 1, step: n },
    c: result,
    cRow: n,
    rows: m.rows,
    columns: n,
    depth: m.columns,
    overwrite: true,
  });
  kernels.doubles(address, m.rows * n).set(kernels.doubles(result, m.rows * n));
  arena.release(left);
  arena.release(result);
}
