import type { Matrix } from "../../../linalg/matrix.ts";

/** Scale of a neuron's loadings, relative to the largest, that is none. */
const rounding = 1e-10;

/**
 * Which loadings (or patterns, over the SD of the component's own projections, which permuted labels do not reach)
 * permuted labels do not give: the false discovery rate of every neuron, by permutation (Tusher,
 * Tibshirani and Chu 2001; Storey and Tibshirani 2003). Each loading is measured by its root mean square over all
 * labellings, the observed one included, for neurons that vary more have larger loadings whatever the labels; then
 *
 *     q(t) = (mean over labellings of how many neurons reach t) / (how many reach t with the observed one),
 *
 * and a neuron's q is the smallest of all thresholds that it reaches. All neurons of one labelling come from one fit,
 * so counts are as dependent on each other as in the data: nothing is assumed of how neurons depend, as Benjamini and
 * Hochberg (1995) do, and p-values of single neurons, which m permutations resolve to 1/(m+1), are not needed.
 * The observed labelling counts among the others, as in an exact test (Hemerik and Goeman 2018).
 * @param observed [D]
 * @param permuted [m, D], the same with the labels of each permutation; signs do not count
 * @param p of the direction: no neuron of a direction that is not shown is a discovery, so no q is smaller
 * @returns [D], each at most 1
 */
export function neuronDiscoveries(
  observed: Float64Array,
  permuted: Matrix,
  p: number,
): Float64Array {
  const { rows: m, columns, values } = permuted;
  const scales = rootMeanSquares(observed, permuted);
  // What is left of neurons that never vary is rounding.
  const least = rounding * scales.reduce((most, scale) => Math.max(most, scale), 0);
  const ratio = (loading: number, neuron: number): number =>
    scales[neuron] > least ? Math.abs(loading) / scales[neuron] : 0;
  const own = observed.map(ratio);
  const order = Uint32Array.from(own.keys()).sort((a, b) => own[b] - own[a] || a - b);
  const thresholds = Float64Array.from(order, (neuron) => own[neuron]);
  // How many of all labellings' ratios reach each threshold but no higher one.
  const reaching = new Float64Array(columns);
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      const place = firstAtMost(thresholds, ratio(values[i * columns + j], j));
      if (place < columns) reaching[place] += 1;
    }
  }
  const q = new Float64Array(columns);
  let sum = 0;
  for (let k = 0; k < columns; k += 1) {
    sum += reaching[k];
    q[order[k]] = (sum + k + 1) / (m + 1) / (k + 1);
  }
  let smallest = 1;
  for (let k = columns - 1; k >= 0; k -= 1) {
    smallest = Math.min(smallest, q[order[k]]);
    q[order[k]] = Math.max(smallest, p);
  }
  return q;
}

/** [D], over the permutations and the observed labelling. */
function rootMeanSquares(observed: Float64Array, { rows, columns, values }: Matrix): Float64Array {
  const sums = observed.map((value) => value * value);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) sums[j] += values[i * columns + j] ** 2;
  }
  return sums.map((sum) => Math.sqrt(sum / (rows + 1)));
}

/** The first place of a descending list that holds no more than `value`; its length if there is none. */
function firstAtMost(descending: Float64Array, value: number): number {
  let low = 0;
  let high = descending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (descending[middle] <= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
