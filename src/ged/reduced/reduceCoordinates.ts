import { EigenlensError } from "../../errors.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import { engineOptions } from "../../linalg/small/engineOptions.ts";
import { countAboveRounding, type Centring, type ReducedRows, type Split } from "./reduceRows.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";

/**
 * What {@link reduceRows} does, by the eigendecomposition of the training rows' scatter matrix instead of their
 * Gram matrix: the better way with more rows than coordinates, and the same result.
 * @param rows [N, P]
 * @throws EigenlensError "numerics" if the training rows are all the same
 */
export function reduceCoordinates(
  rows: Matrix,
  split: Split,
  centring: Centring,
  workspace: Workspace,
  checkpoint?: () => void,
): ReducedRows {
  const { train, test } = split;
  const { weights, partOf } = centring;
  const p = rows.columns;
  const n = train.length;
  const means = meanRows(rows, train, centring);
  const centred = gather(rows, train, means, partOf);
  const columns = new Float64Array(p * n);
  for (let i = 0; i < n; i += 1) {
    const root = weights === undefined ? 1 : Math.sqrt(weights[i]);
    for (let j = 0; j < p; j += 1) columns[j * n + i] = root * centred[i * p + j];
  }
  const scatter = matrix(p, p);
  workspace.gram(columns, p, n, scatter.values);
  checkpoint?.();
  const { values, vectors } = symmetricEigen(
    scatter,
    engineOptions(workspace.products, checkpoint),
  );
  const rank = Math.min(countAboveRounding(values), n - means.length);
  if (rank <= 0) {
    throw new EigenlensError(
      "numerics",
      `The ${n} training rows are all the same: there is no variance to separate.`,
    );
  }
  const rotate = (own: Float64Array, count: number): Matrix => {
    const rotated = matrix(count, rank);
    workspace.multiplyRows(own, count, vectors.values, rank, p, rotated.values);
    return rotated;
  };
  return {
    sums: values.slice(0, rank),
    train: rotate(centred, n),
    test: rotate(gather(rows, test, means, partOf), test.length),
    ...(weights === undefined ? {} : { weights }),
  };
}

/** Means of the training rows, one per part, [P] each. */
function meanRows(rows: Matrix, train: Int32Array, { weights, partOf }: Centring): Float64Array[] {
  const parts = partOf === undefined ? 1 : 2;
  const means = Array.from({ length: parts }, () => new Float64Array(rows.columns));
  const totals = new Float64Array(parts);
  train.forEach((row, i) => {
    const weight = weights?.[i] ?? 1;
    const part = partOf?.[row] ?? 0;
    totals[part] += weight;
    const mean = means[part];
    for (let j = 0; j < rows.columns; j += 1) {
      mean[j] += weight * rows.values[row * rows.columns + j];
    }
  });
  return means.map((mean, part) => mean.map((sum) => sum / totals[part]));
}

/** Chosen rows less the mean of their part, [numbers, P]. */
function gather(
  rows: Matrix,
  numbers: Int32Array,
  means: readonly Float64Array[],
  partOf: Uint8Array | undefined,
): Float64Array {
  const p = rows.columns;
  const values = new Float64Array(numbers.length * p);
  numbers.forEach((row, i) => {
    const mean = means[partOf?.[row] ?? 0];
    for (let j = 0; j < p; j += 1) values[i * p + j] = rows.values[row * p + j] - mean[j];
  });
  return values;
}
