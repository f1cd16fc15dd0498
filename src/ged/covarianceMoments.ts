import type { Condition } from "../conditions/condition.ts";
import { matrix, type Matrix } from "../linalg/matrix.ts";
import type { RunContext } from "./context.ts";
import type { ConditionMoments, CovarianceMoments } from "./moments.ts";
import { forEachRowBlock } from "./rowBlocks.ts";

/**
 * Streams both conditions once and accumulates their covariances (the covariance route, N >= D).
 *
 * Rows are shifted by the mean of their condition's first block before they are multiplied, and the
 * shift is undone at the end, `sum (x-m)(x-m)' = sum (x-c)(x-c)' - n (m-c)(m-c)'`: one pass without the
 * cancellation of raw second moments (Chan, Golub & LeVeque 1983).
 * @returns S and R, [D, D] each, ddof = 1
 * @throws EigenlensError as {@link Condition.readRows} does; CancelledError
 */
export async function readCovarianceMoments(
  target: Condition,
  reference: Condition,
  context: RunContext,
): Promise<CovarianceMoments> {
  const columns = target.columns;
  const sums = new Map<Condition, CovarianceSum>();
  await forEachRowBlock([target, reference], context, (block) => {
    let sum = sums.get(block.condition);
    if (sum === undefined) {
      sum = startSum(columns, block.values, block.rows);
      sums.set(block.condition, sum);
    }
    addRows(sum, block.values, block.rows, context);
  });
  const [targetCovariance, targetMoments] = finish(target, sums.get(target));
  const [referenceCovariance, referenceMoments] = finish(reference, sums.get(reference));
  return {
    route: "covariance",
    columns,
    target: targetMoments,
    reference: referenceMoments,
    targetCovariance,
    referenceCovariance,
  };
}

interface CovarianceSum {
  rows: number;
  /** c, [D] */
  readonly shift: Float64Array;
  /** sum (x - c), [D] */
  readonly first: Float64Array;
  /** sum (x - c)(x - c)', [D, D], lower triangle */
  readonly second: Matrix;
}

function startSum(columns: number, values: Float64Array, rows: number): CovarianceSum {
  const shift = new Float64Array(columns);
  addColumns(shift, values, rows);
  for (let j = 0; j < columns; j += 1) shift[j] /= rows;
  return { rows: 0, shift, first: new Float64Array(columns), second: matrix(columns, columns) };
}

function addRows(
  sum: CovarianceSum,
  values: Float64Array,
  rows: number,
  context: RunContext,
): void {
  const columns = sum.shift.length;
  for (let i = 0; i < rows; i += 1) {
    const offset = i * columns;
    for (let j = 0; j < columns; j += 1) values[offset + j] -= sum.shift[j];
  }
  addColumns(sum.first, values, rows);
  context.products.addCrossProduct(sum.second, matrix(rows, columns, values));
  sum.rows += rows;
}

function addColumns(sum: Float64Array, values: Float64Array, rows: number): void {
  const columns = sum.length;
  for (let i = 0; i < rows; i += 1) {
    const offset = i * columns;
    for (let j = 0; j < columns; j += 1) sum[j] += values[offset + j];
  }
}

function finish(condition: Condition, sum: CovarianceSum | undefined): [Matrix, ConditionMoments] {
  if (sum === undefined) throw new RangeError(`${condition.name} has no rows.`);
  const { rows, shift, first, second } = sum;
  const columns = shift.length;
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  for (let j = 0; j < columns; j += 1) mean[j] = shift[j] + first[j] / rows;
  for (let i = 0; i < columns; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const lower = i * columns + j;
      const value = (second.values[lower] - (first[i] * first[j]) / rows) / (rows - 1);
      second.values[lower] = value;
      second.values[j * columns + i] = value;
    }
    variance[i] = Math.max(0, second.values[i * columns + i]);
  }
  return [second, { name: condition.name, rows, mean, variance }];
}
