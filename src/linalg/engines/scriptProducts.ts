import { matrix, mirrorLowerTriangle, transposed, type Matrix } from "../matrix.ts";
import { checkInnerDimension, checkSquareSum, type ProductOptions } from "../productShapes.ts";
import type { Products } from "../products.ts";

/** Rows of a tile of the left factor and of a panel that both stay in the first-level cache. */
const rowTile = 4;
const depthTile = 256;

/** The products in plain TypeScript: no threads, no WebAssembly; for tests, tiny sizes and as a last resort. */
export function createScriptProducts(): Products {
  return {
    engine: "script",
    threads: 1,
    gram: (a) => {
      const g = matrix(a.rows, a.rows);
      multiplyByTransposed(g.values, a, a, true);
      mirrorLowerTriangle(g);
      return g;
    },
    addCrossProduct: (sum, a, weight = 1) => {
      checkSquareSum(sum, a.columns);
      addTransposedProduct(sum.values, a, a, weight, true);
    },
    multiply: (a, b, options = {}) => multiply(a, b, options),
    dispose: () => Promise.resolve(),
  };
}

function multiply(a: Matrix, b: Matrix, options: ProductOptions): Matrix {
  const { rows, columns } = checkInnerDimension(a, b, options);
  const product = matrix(rows, columns);
  if (options.transposeB === true) {
    multiplyByTransposed(product.values, options.transposeA === true ? transposed(a) : a, b, false);
  } else {
    addTransposedProduct(
      product.values,
      options.transposeA === true ? a : transposed(a),
      b,
      1,
      false,
    );
  }
  return product;
}

/** `c = A B'` by inner products of rows, four rows of A at a time; only the lower triangle where `lower`. */
function multiplyByTransposed(c: Float64Array, a: Matrix, b: Matrix, lower: boolean): void {
  const depth = a.columns;
  for (let start = 0; start < depth; start += depthTile) {
    const stop = Math.min(depth, start + depthTile);
    for (let i = 0; i < a.rows; i += rowTile) {
      const tile = Math.min(rowTile, a.rows - i);
      const columns = lower ? i + tile : b.rows;
      for (let j = 0; j < columns; j++) {
        addInnerProducts(c, a, b, i, tile, j, start, stop);
      }
    }
  }
}

function addInnerProducts(
  c: Float64Array,
  a: Matrix,
  b: Matrix,
  i: number,
  tile: number,
  j: number,
  start: number,
  stop: number,
): void {
  const depth = a.columns;
  const x = a.values;
  const y = b.values;
  const other = j * depth;
  if (tile < rowTile) {
    for (let r = i; r < i + tile; r++) {
      let sum = 0;
      for (let p = start; p < stop; p++) sum += x[r * depth + p] * y[other + p];
      c[r * b.rows + j] += sum;
    }
    return;
  }
  const first = i * depth;
  const second = first + depth;
  const third = second + depth;
  const fourth = third + depth;
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let p = start; p < stop; p++) {
    const value = y[other + p];
    sum0 += x[first + p] * value;
    sum1 += x[second + p] * value;
    sum2 += x[third + p] * value;
    sum3 += x[fourth + p] * value;
  }
  c[i * b.rows + j] += sum0;
  c[(i + 1) * b.rows + j] += sum1;
  c[(i + 2) * b.rows + j] += sum2;
  c[(i + 3) * b.rows + j] += sum3;
}

/** `c += weight A'B` by outer products, four rows of A and B at a time; only the lower triangle where `lower`. */
function addTransposedProduct(
  c: Float64Array,
  a: Matrix,
  b: Matrix,
  weight: number,
  lower: boolean,
): void {
  const width = b.columns;
  const x = a.values;
  const y = b.values;
  for (let p = 0; p < a.rows; p += rowTile) {
    const tile = Math.min(rowTile, a.rows - p);
    for (let i = 0; i < a.columns; i++) {
      const columns = lower ? i + 1 : width;
      const target = i * width;
      if (tile < rowTile) {
        for (let r = p; r < p + tile; r++) {
          const factor = weight * x[r * a.columns + i];
          for (let j = 0; j < columns; j++) c[target + j] += factor * y[r * width + j];
        }
        continue;
      }
      const factor0 = weight * x[p * a.columns + i];
      const factor1 = weight * x[(p + 1) * a.columns + i];
      const factor2 = weight * x[(p + 2) * a.columns + i];
      const factor3 = weight * x[(p + 3) * a.columns + i];
      const row0 = p * width;
      const row1 = row0 + width;
      const row2 = row1 + width;
      const row3 = row2 + width;
      for (let j = 0; j < columns; j++) {
        c[target + j] +=
          factor0 * y[row0 + j] +
          factor1 * y[row1 + j] +
          factor2 * y[row2 + j] +
          factor3 * y[row3 + j];
      }
    }
  }
}
