import { matrix, type Matrix } from "../../../linalg/matrix.ts";
import type { Products } from "../../../linalg/products.ts";
import { rowCoefficients, type PreparedSplit } from "../../reduced/reduceRows.ts";

/**
 * The sign that a direction is shown with everywhere, so that its largest entry by neuron is positive: 1 or -1.
 * @param direction [r], in the reduced coordinates of `whole`
 * @param rows [N, D], all rows
 */
export function neuronSign(
  whole: PreparedSplit,
  direction: Float64Array,
  rows: Matrix,
  products: Products,
): 1 | -1 {
  const coefficients = matrix(1, rows.rows);
  rowCoefficients(whole.reduced, direction).forEach((value, i) => {
    coefficients.values[whole.split.train[i]] = value;
  });
  const neurons = products.multiply(coefficients, rows).values;
  const largest = neurons.reduce(
    (most, value) => (Math.abs(value) > Math.abs(most) ? value : most),
    0,
  );
  return largest < 0 ? -1 : 1;
}
