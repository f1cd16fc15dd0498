import type { FullCompression } from "../ged/full/compression.ts";
import { meanEigenvalue, shrinking, shrunkCovariance } from "../ged/method/shrinkage/shrink.ts";
import { cholesky, NotPositiveDefiniteError } from "../linalg/cholesky.ts";
import { matrix, type Matrix } from "../linalg/matrix.ts";
import { inner } from "../linalg/small/tiles.ts";
import { solveLower, solveLowerTransposed } from "../linalg/triangular.ts";

/** Less of the mean difference than this outside the kept components is what rounding leaves. */
const roundedShare = 1e-9;

/** The span of the kept components and of what the mean difference has outside of them. */
interface Span {
  /** The mean difference in the span, [k] or [k + 1]. */
  readonly difference: Float64Array;
  /** Unit direction [D] of what lies outside of the kept components; absent if nothing does. */
  readonly outside?: Float64Array;
}

/**
 * The row vector v of the rank-one LEACE eraser `x - d (v . (x - m))` (Belrose et al. 2023, theorem 4.3, for one
 * concept of two values): `v = T^-1 d / (d' T^-1 d)`, so that `v . d = 1` and nothing linear tells the conditions
 * apart afterwards. T is the total covariance, what lies between the conditions included, in the span of the kept
 * components and of d, shrunk as the reference is.
 * @param difference d, [D]
 * @param components `V'd`, [k]
 * @param rows of each condition
 * @param gamma g, in [0, 1]
 * @returns v, [D]; undefined if T is singular
 */
export function eraserDirection(
  compression: FullCompression,
  difference: Float64Array,
  components: Float64Array,
  rows: { readonly target: number; readonly reference: number },
  gamma: number,
): Float64Array | undefined {
  const span = spanOf(compression, difference, components);
  const total = totalCovariance(compression, span, rows);
  const by = shrinking(gamma, meanEigenvalue(total));
  const solved = solve(shrunkCovariance(total, by), span.difference);
  if (solved === undefined) return undefined;
  const scale = 1 / product(solved, span.difference);
  if (!(scale > 0 && scale < Infinity)) return undefined;
  const k = components.length;
  const eraser = compression.toNeurons(matrix(1, k, solved.slice(0, k))).values;
  const along = solved[k] ?? 0;
  return eraser.map((value, j) => scale * (value + along * (span.outside?.[j] ?? 0)));
}

function spanOf(
  compression: FullCompression,
  difference: Float64Array,
  components: Float64Array,
): Span {
  const columns = difference.length;
  const inComponents = components.slice();
  const rest = difference.slice();
  // Twice, since once leaves what rounding of the first has put in.
  for (const part of [components, undefined]) {
    const found = part ?? compression.toComponents(matrix(1, columns, rest)).values;
    const inside = compression.toNeurons(matrix(1, found.length, found)).values;
    for (let j = 0; j < columns; j += 1) rest[j] -= inside[j];
    if (part === undefined) for (let i = 0; i < found.length; i += 1) inComponents[i] += found[i];
  }
  const length = norm(rest);
  if (length <= roundedShare * norm(difference)) return { difference: inComponents };
  return {
    difference: Float64Array.from([...inComponents, length]),
    outside: rest.map((value) => value / length),
  };
}

/** `((nA - 1) S + (nB - 1) R + nA nB / n d d') / (n - 1)` in the span, [m, m]. */
function totalCovariance(
  compression: FullCompression,
  { difference, outside }: Span,
  rows: { readonly target: number; readonly reference: number },
): Matrix {
  const m = difference.length;
  const n = rows.target + rows.reference;
  const total = matrix(m, m);
  for (const condition of ["target", "reference"] as const) {
    const weight = (rows[condition] - 1) / (n - 1);
    const own = inSpan(compression, condition, outside);
    for (let i = 0; i < total.values.length; i += 1) total.values[i] += weight * own.values[i];
  }
  const between = (rows.target * rows.reference) / n / (n - 1);
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j < m; j += 1) {
      total.values[i * m + j] += between * difference[i] * difference[j];
    }
  }
  return total;
}

/** One condition's covariance in the span. */
function inSpan(
  compression: FullCompression,
  condition: "target" | "reference",
  outside: Float64Array | undefined,
): Matrix {
  const k = compression.components;
  const stored = compression[condition];
  const m = outside === undefined ? k : k + 1;
  const result = matrix(m, m);
  for (let i = 0; i < k; i += 1) {
    const from = i * stored.columns;
    result.values.set(stored.values.subarray(from, from + k), i * m);
  }
  if (outside === undefined) return result;
  const image = compression.covarianceOf(condition, matrix(1, outside.length, outside));
  const cross = compression.toComponents(image).values;
  for (let i = 0; i < k; i += 1) {
    result.values[i * m + k] = cross[i];
    result.values[k * m + i] = cross[i];
  }
  result.values[k * m + k] = product(image.values, outside);
  return result;
}

/** `T^-1 d` by a Cholesky factor (LAPACK `dposv`). */
function solve(total: Matrix, difference: Float64Array): Float64Array | undefined {
  const largest = total.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Near 1, so that neither the factor nor its inverse leaves what a double holds.
  const scale = 1 / largest;
  try {
    const factor = cholesky(
      matrix(
        total.rows,
        total.rows,
        total.values.map((value) => value * scale),
      ),
    );
    const right = matrix(difference.length, 1, difference);
    return solveLowerTransposed(factor, solveLower(factor, right)).values;
  } catch (error) {
    if (error instanceof NotPositiveDefiniteError) return undefined;
    throw error;
  }
}

function norm(values: Float64Array): number {
  return Math.sqrt(product(values, values));
}

function product(a: Float64Array, b: Float64Array): number {
  return inner(a, 0, b, 0, a.length);
}
