import type { Scatter } from "./crossProductAccumulator.ts";
import { matrix } from "./matrix.ts";

/** The moments of no rows at all. */
export function emptyScatter(columns: number): Scatter {
  return { rows: 0, mean: new Float64Array(columns), scatter: matrix(columns, columns) };
}

/**
 * The moments of two sets of rows together, in float64: `S = S_a + S_b + (n_a n_b / n) d d'`, `m = m_a + (n_b / n) d`,
 * `d = m_b - m_a` (Chan, Golub and LeVeque 1983). Nothing cancels, however far the data lie from zero.
 * @param into `[D]`, `[D, D]`; its arrays take the sum and are those of the result
 * @param part of other rows, of the same width
 * @returns what `into` and `part` come to
 * @throws RangeError if the widths differ
 */
export function addScatter(into: Scatter, part: Scatter): Scatter {
  checkWidths(into, part);
  if (part.rows === 0) return into;
  const { mean, scatter } = into;
  if (into.rows === 0) {
    mean.set(part.mean);
    scatter.values.set(part.scatter.values);
    return { rows: part.rows, mean, scatter };
  }
  const rows = into.rows + part.rows;
  const difference = part.mean.map((value, j) => value - mean[j]);
  addOuterProduct(scatter.values, part.scatter.values, difference, into.rows * (part.rows / rows));
  const share = part.rows / rows;
  for (let j = 0; j < mean.length; j += 1) mean[j] += share * difference[j];
  return { rows, mean, scatter };
}

/**
 * The moments of what is left of rows if some of them are taken out, in float64: {@link addScatter} solved for its
 * other part. The difference loses as many digits as the total is larger than what is left.
 * @param total `[D]`, `[D, D]`; left as it is
 * @param part some of the total's rows
 * @throws RangeError if the widths differ, or the part has more rows than the total
 */
export function withoutScatter(total: Scatter, part: Scatter): Scatter {
  checkWidths(total, part);
  const rows = total.rows - part.rows;
  if (rows < 0) throw new RangeError(`${part.rows} of ${total.rows} rows cannot be taken out.`);
  const columns = total.mean.length;
  if (rows === 0) return emptyScatter(columns);
  const mean = total.mean.map((value, j) => value + (part.rows / rows) * (value - part.mean[j]));
  const scatter = matrix(columns, columns, total.scatter.values.slice());
  for (let i = 0; i < scatter.values.length; i += 1) {
    scatter.values[i] -= part.scatter.values[i];
  }
  const difference = part.mean.map((value, j) => value - mean[j]);
  addOuterProduct(scatter.values, undefined, difference, -rows * (part.rows / total.rows));
  return { rows, mean, scatter };
}

/** `A += B + factor d d'`, `[D, D]`. */
function addOuterProduct(
  a: Float64Array,
  b: Float64Array | undefined,
  d: Float64Array,
  factor: number,
): void {
  const n = d.length;
  for (let i = 0; i < n; i += 1) {
    for (let j = 0, at = i * n; j < n; j += 1, at += 1) {
      // In this order it is the same on both sides of the diagonal.
      a[at] += (b === undefined ? 0 : b[at]) + factor * (d[i] * d[j]);
    }
  }
}

function checkWidths(a: Scatter, b: Scatter): void {
  if (a.mean.length === b.mean.length) return;
  throw new RangeError(`Moments of ${a.mean.length} and ${b.mean.length} columns do not add up.`);
}
