import { KernelArena } from "../blockedEigen/kernelArena.ts";
import type { KernelEngine } from "../kernels/kernelEngine.ts";
import { matrix, unfoldLowerTriangle, type Matrix } from "../matrix.ts";

/** Columns of the triangle that are multiplied at a time: what lies above their diagonal block is left out. */
const panelColumns = 384;

/**
 * `B A B'` for a symmetric A on the kernels. With `A = H + H'`, H the lower triangle with half of the diagonal, it is
 * `(B H) B' + B (B H)'`: the product with a triangle costs half, and of the rest only a triangle is formed.
 * @param b `[k, n]`
 * @param a `[n, n]` symmetric, only its lower triangle is read
 * @returns `[k, k]`, both triangles
 * @throws EigenlensError "memory" if the shared memory cannot grow to hold it
 */
export function kernelCongruence(kernels: KernelEngine, b: Matrix, a: Matrix): Matrix {
  const { rows: k, columns: n } = b;
  const arena = new KernelArena(kernels);
  try {
    const basis = arena.doubles(k * n);
    kernels.doubles(basis, k * n).set(b.values);
    const image = arena.doubles(k * n);
    const panel = arena.doubles(n * Math.min(n, panelColumns));
    for (let start = 0; start < n; start += panelColumns) {
      const columns = Math.min(panelColumns, n - start);
      const depth = n - start;
      copyHalf(a, start, columns, kernels.doubles(panel, depth * columns));
      kernels.multiply({
        a: { address: basis + 8 * start, outer: n, step: 1 },
        b: { address: panel, outer: 1, step: columns },
        c: image + 8 * start,
        cRow: n,
        rows: k,
        columns,
        depth,
        overwrite: true,
      });
    }
    arena.release(panel);
    const sum = arena.doubles(k * k);
    const [left, right] = [image, basis].map((address) => ({ address, outer: n, step: 1 }));
    const square = { c: sum, cRow: k, rows: k, columns: k, depth: n, lower: true };
    kernels.multiply({ a: left, b: right, ...square, overwrite: true });
    kernels.multiply({ a: right, b: left, ...square });
    const product = matrix(k, k);
    unfoldLowerTriangle(kernels.doubles(sum, k * k), k, 1, product.values);
    return product;
  } finally {
    arena.releaseAll();
  }
}

/** Rows from `start` on of some columns of H, `[n - start, columns]`. */
function copyHalf(
  { columns: n, values }: Matrix,
  start: number,
  columns: number,
  panel: Float64Array,
): void {
  for (let row = start; row < n; row++) {
    const to = (row - start) * columns;
    const from = row * n + start;
    const within = Math.min(columns, row - start + 1);
    panel.set(values.subarray(from, from + within), to);
    panel.fill(0, to + within, to + columns);
    if (row - start < columns) panel[to + row - start] /= 2;
  }
}
