import type { Scatter } from "../linalg/crossProductAccumulator.ts";
import { addScatter, emptyScatter } from "../linalg/scatters.ts";

/** What rounding in another order may leave, relative to what the entry's neurons vary. */
const negligible = 1e-9;

/**
 * What is wrong with the mean or the scatter of some rows, as a clause; undefined if nothing is.
 * @param values [D], or [D, D] row-major
 * @param columns D
 * @param rows how many rows it is of
 */
export function partFault(
  values: Float64Array,
  columns: number,
  rows: number,
  isScatter: boolean,
): string | undefined {
  const odd = values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (odd > 0) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    const where = isScatter ? `[${Math.floor(at / columns)}, ${at % columns}]` : `[${at}]`;
    return `${odd} of its values are not finite, the first at ${where}, which is ${values[at]}`;
  }
  if (rows === 0 && values.some((value) => value !== 0)) return "it is of no rows and not zero";
  return isScatter ? scatterFault(values, columns) : undefined;
}

/** Sums of squares are symmetric, and by Cauchy and Schwarz no entry exceeds those of its two neurons. */
function scatterFault(values: Float64Array, columns: number): string | undefined {
  const root = new Float64Array(columns);
  for (let j = 0; j < columns; j += 1) {
    const square = values[j * columns + j];
    if (square < 0) return `its sum of squares of neuron ${j} is negative (${square})`;
    root[j] = Math.sqrt(square);
  }
  for (let i = 0; i < columns; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const [below, above] = [values[i * columns + j], values[j * columns + i]];
      const most = root[i] * root[j];
      if (Math.abs(below - above) > negligible * most) {
        return `its entries [${i}, ${j}] and [${j}, ${i}] differ (${below}, ${above}), and a scatter is symmetric`;
      }
      if (Math.abs(below) > (1 + negligible) * most) {
        return `its entry [${i}, ${j}] is ${below}, more than its neurons vary, so it is no sum of squares`;
      }
    }
  }
  return undefined;
}

/**
 * What of the folds does not add up to the moments of all rows, as a clause; undefined if they do.
 * @param readFold gives the moments of one fold; one at a time is held
 */
export async function foldsFault(
  total: Scatter,
  folds: number,
  readFold: (fold: number) => Promise<Scatter>,
): Promise<string | undefined> {
  const columns = total.mean.length;
  let sum = emptyScatter(columns);
  for (let fold = 0; fold < folds; fold += 1) sum = addScatter(sum, await readFold(fold));
  const squares = total.scatter.values;
  const root = Float64Array.from({ length: columns }, (_, j) =>
    Math.sqrt(squares[j * columns + j]),
  );
  for (let i = 0; i < columns; i += 1) {
    // A mean may differ by rounding of its own size, and by little of what the neuron varies.
    const most = Number.EPSILON * folds * 8 * Math.abs(total.mean[i]) + negligible * root[i];
    if (Math.abs(sum.mean[i] - total.mean[i]) > most) {
      return `the means of its folds do not add up to that of all rows (neuron ${i}: ${sum.mean[i]}, not ${total.mean[i]})`;
    }
    for (let j = 0; j < columns; j += 1) {
      const at = i * columns + j;
      if (Math.abs(sum.scatter.values[at] - squares[at]) <= negligible * root[i] * root[j])
        continue;
      return `the scatters of its folds do not add up to that of all rows (at [${i}, ${j}]: ${sum.scatter.values[at]}, not ${squares[at]})`;
    }
  }
  return undefined;
}
