import type { Condition } from "../../conditions/condition.ts";
import { leadingRows, matrix, type Matrix } from "../../linalg/matrix.ts";
import { congruence } from "../../linalg/products.ts";
import { matrixRank } from "../../linalg/rank.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import {
  knownRanks,
  type Compression,
  type FullCompression,
  type Projections,
} from "./compression.ts";
import type { RunContext } from "../method/context.ts";
import { cutScree } from "../method/cut.ts";
import { leadingEigenpairs, type LeadingEigenpairs } from "./leadingEigenpairs.ts";
import { averageVariance, type CovarianceMoments } from "./moments/moments.ts";
import type { GedOptions } from "../method/options.ts";
import { forEachRowBlock } from "./rowBlocks.ts";
import { referenceFromTarget, subtractionCancels } from "./smallerCondition.ts";
import { readSquaredLengths } from "./moments/squaredLengths.ts";
import { together } from "./together.ts";

/** Eigenvalues alone of two matrices of this order take a fraction of a second. */
const mostRankedColumns = 768;

/**
 * Compresses by the eigenvectors of the average covariance (N >= D): `S_k = V'SV`, and since
 * `V'CV = L`, `R_k = 2 L - S_k` saves the second projection, unless so little would be left that it loses digits.
 * @param moments S and R, [D, D]
 * @param conditions read once more where projections are asked for; undefined if there are no rows, only moments
 * @throws CancelledError
 */
export function compressByCovariance(
  moments: CovarianceMoments,
  conditions: { readonly target: Condition; readonly reference: Condition } | undefined,
  options: GedOptions,
  context: RunContext,
): FullCompression {
  const { columns, targetCovariance } = moments;
  const { products } = context;
  const total = averageVariance(moments);
  const { values, vectors } = decomposeAverage(moments, total, options, context);
  const known = values.slice(0, Math.max(1, matrixRank(values, columns)));
  const cut = cutScree(known.subarray(0, vectors.rows), total, options.keep);
  const k = cut.components;
  /** V', [k, D] */
  const basis = leadingRows(vectors, k);

  const projected = (covariance: Matrix): Matrix => congruence(products, basis, covariance);
  const target = projected(targetCovariance);
  const referenceProjected = subtractionCancels(target, known);
  return {
    ...cut,
    totalVariance: total,
    eigenvalues: known,
    target,
    reference: referenceProjected
      ? projected(moments.referenceCovariance)
      : referenceFromTarget(target, known),
    numerics: { referenceProjected, refined: false },
    ...covarianceRanks(moments, values, total, context),
    toNeurons: (coefficients) =>
      products.multiply(coefficients, leadingRows(vectors, coefficients.columns)),
    covarianceTimes: (condition, coefficients) => {
      const directions = products.multiply(
        coefficients,
        leadingRows(vectors, coefficients.columns),
      );
      return covarianceOf(condition, directions);
    },
    squaredLengths: async () =>
      conditions && readSquaredLengths(conditions, basis, moments, context),
    toComponents: (given) => products.multiply(given, basis, { transposeB: true }),
    covarianceOf,
    project:
      conditions === undefined
        ? () => Promise.resolve(undefined)
        : together((coefficients) => projectRows(conditions, coefficients)),
  };

  function covarianceOf(condition: "target" | "reference", given: Matrix): Matrix {
    const isTarget = condition === "target";
    return products.multiply(given, isTarget ? targetCovariance : moments.referenceCovariance);
  }

  /** A second pass over the files for all that was asked for at once. */
  async function projectRows(
    { target, reference }: { readonly target: Condition; readonly reference: Condition },
    coefficients: readonly Matrix[],
  ): Promise<Projections[]> {
    const directions = stackRows(
      coefficients.map((each) => products.multiply(each, leadingRows(vectors, each.columns))),
      columns,
    );
    const m = directions.rows;
    const found = {
      target: matrix(moments.target.rows, m),
      reference: matrix(moments.reference.rows, m),
    };
    await forEachRowBlock([target, reference], context, (block) => {
      const rows = matrix(block.rows, columns, block.values);
      const projected = products.multiply(rows, directions, { transposeB: true });
      const isTarget = block.condition === target;
      (isTarget ? found.target : found.reference).values.set(projected.values, block.start * m);
    });
    // Centring afterwards costs next to nothing; rounding is that of one product with the mean.
    subtractFromRows(found.target, project(directions, moments.target.mean));
    subtractFromRows(found.reference, project(directions, moments.reference.mean));
    let first = 0;
    return coefficients.map(({ rows }) => {
      const projections = {
        target: someColumns(found.target, first, rows),
        reference: someColumns(found.reference, first, rows),
      };
      first += rows;
      return projections;
    });
  }
}

/**
 * Ranks at full width. Those of S and R are computed where that takes a fraction of a second, and bounded
 * elsewhere; what single precision has rounded says nothing of a rank.
 */
function covarianceRanks(
  moments: CovarianceMoments,
  values: Float64Array,
  total: number,
  { products, cancellation }: RunContext,
): Pick<Compression, "averageRank" | "fullRank"> {
  const { columns, precision } = moments;
  const known = knownRanks(moments, values, total);
  if (precision === "single" || columns > mostRankedColumns) return known;
  const rankOf = (covariance: Matrix) =>
    matrixRank(
      symmetricEigen(covariance, {
        vectors: 0,
        products,
        checkpoint: () => cancellation.throwIfRequested(),
      }).values,
      columns,
    );
  return {
    ...known,
    fullRank: {
      target: rankOf(moments.targetCovariance),
      reference: rankOf(moments.referenceCovariance),
      kind: "exact",
    },
  };
}

/** The eigenpairs of `C = (S+R)/2`, which is formed where the engine multiplies it. */
function decomposeAverage(
  { columns, targetCovariance, referenceCovariance }: CovarianceMoments,
  total: number,
  options: GedOptions,
  context: RunContext,
): LeadingEigenpairs {
  const held = context.products.holdMatrix?.(columns, columns);
  try {
    const average = held?.matrix ?? matrix(columns, columns);
    const s = targetCovariance.values;
    const r = referenceCovariance.values;
    for (let i = 0; i < s.length; i += 1) average.values[i] = (s[i] + r[i]) / 2;
    return leadingEigenpairs(held ?? average, total, options, context);
  } finally {
    held?.release();
  }
}

/** Matrices of equal width, one below another. */
function stackRows(parts: readonly Matrix[], columns: number): Matrix {
  const stacked = matrix(
    parts.reduce((sum, part) => sum + part.rows, 0),
    columns,
  );
  let at = 0;
  for (const part of parts) {
    stacked.values.set(part.values, at);
    at += part.values.length;
  }
  return stacked;
}

/** `X v`, [m] */
function project({ rows, columns, values }: Matrix, vector: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j += 1) sum += values[i * columns + j] * vector[j];
    return sum;
  });
}

function subtractFromRows({ values, columns }: Matrix, row: Float64Array): void {
  for (let at = 0; at < values.length; at += columns) {
    for (let j = 0; j < columns; j += 1) values[at + j] -= row[j];
  }
}

function someColumns(a: Matrix, first: number, count: number): Matrix {
  if (count === a.columns) return a;
  const some = matrix(a.rows, count);
  for (let i = 0; i < a.rows; i += 1) {
    const from = i * a.columns + first;
    some.values.set(a.values.subarray(from, from + count), i * count);
  }
  return some;
}
