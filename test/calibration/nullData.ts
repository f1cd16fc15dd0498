import { RandomStream } from "../../src/statistics/random.ts";
import { multiplyRows } from "../../src/linalg/small/tiles.ts";
import { normalDeviates } from "../../src/statistics/normalDeviates.ts";
import type { GramInput } from "../../src/ged/validation/input.ts";

/** One seeded data set. */
export interface Simulation {
  readonly seed: number;
  /** Rows of each condition. */
  readonly rows: number;
  /**
   * Rank of the shared covariance. The rows stand in that many orthonormal directions of a wider space; the
   * Gram matrix does not depend on how many neurons (3072, say) that space has.
   */
  readonly rank: number;
  readonly paired: boolean;
  /** The target's variance over the reference's along one direction; 1 where labels carry nothing. */
  readonly planted: number;
}

/** A number stream of its own, so that data never share draws with folds or permutations. */
const dataPurpose = 101;

/**
 * Gaussian rows with one covariance for both conditions (spectrum 1 / (1 + j / 5)), but for the planted
 * direction: the second axis, which carries a tenth of the variance or so.
 */
export function simulate(simulation: Simulation): GramInput {
  const { seed, rows, rank, paired, planted } = simulation;
  const deviate = normalDeviates(new RandomStream(seed, dataPurpose, rows));
  const total = 2 * rows;
  const x = new Float64Array(total * rank);
  for (let i = 0; i < total; i += 1) {
    for (let j = 0; j < rank; j += 1) {
      const scale = i < rows && j === 1 ? Math.sqrt(planted) : 1;
      x[i * rank + j] = (scale * deviate()) / Math.sqrt(1 + j / 5);
    }
  }
  centreColumns(x, total, rank);
  const gram = new Float64Array(total * total);
  multiplyRows(x, total, x, total, rank, gram);
  return {
    gram: { rows: total, columns: total, values: gram },
    rows: { rows: total, columns: rank, values: x },
    targetRows: rows,
    referenceRows: rows,
    ...(paired
      ? { names: { groups: Array.from({ length: total }, (_, i) => `pair ${i % rows}`) } }
      : {}),
  };
}

function centreColumns(x: Float64Array, rows: number, columns: number): void {
  for (let j = 0; j < columns; j += 1) {
    let mean = 0;
    for (let i = 0; i < rows; i += 1) mean += x[i * columns + j] / rows;
    for (let i = 0; i < rows; i += 1) x[i * columns + j] -= mean;
  }
}
