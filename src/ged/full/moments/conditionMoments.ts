import type { Matrix } from "../../../linalg/matrix.ts";
import type { ConditionMoments } from "./moments.ts";

/**
 * Means and variances (ddof = 1) of rows in memory. Means are taken about the first row: a neuron that is the same in
 * every row has exactly that mean and no variance.
 * @param rows [n, D]
 */
export function conditionMoments(
  name: string,
  { rows: count, columns, values }: Matrix,
): ConditionMoments {
  const mean = new Float64Array(columns);
  for (let i = 1; i < count; i += 1) {
    const offset = i * columns;
    for (let j = 0; j < columns; j += 1) mean[j] += values[offset + j] - values[j];
  }
  for (let j = 0; j < columns; j += 1) mean[j] = values[j] + mean[j] / count;
  const variance = new Float64Array(columns);
  for (let i = 0; i < count; i += 1) {
    const offset = i * columns;
    for (let j = 0; j < columns; j += 1) {
      const centred = values[offset + j] - mean[j];
      variance[j] += centred * centred;
    }
  }
  for (let j = 0; j < columns; j += 1) variance[j] /= count - 1;
  return { name, rows: count, mean, variance };
}
