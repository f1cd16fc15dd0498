import type { FullCompression } from "../../ged/full/compression.ts";
import type { Moments } from "../../ged/full/moments/moments.ts";
import type { ConditionName } from "../../ged/method/directions.ts";
import { innerProduct } from "../../linalg/innerProduct.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import type { Products } from "../../linalg/products.ts";
import { entryAt } from "../../lookup.ts";
import type { MomentsFile } from "../../moments/openMoments.ts";
import type { KeptRows } from "../../moments/reservoir/keptRows.ts";

/** Samples of the rows of both conditions. */
export type KeptPair = Readonly<Record<ConditionName, KeptRows>>;

/** One condition of one document. */
interface Place {
  readonly file: MomentsFile;
  /** What it is called there. */
  readonly key: string;
}

/**
 * The rows that two conditions' documents keep.
 * @returns undefined if one of them keeps none
 * @throws EigenlensError "file-format" if a sample is damaged
 */
export async function readKept(target: Place, reference: Place): Promise<KeptPair | undefined> {
  const own = await target.file.reservoir?.read(target.key);
  const other = await reference.file.reservoir?.read(reference.key);
  return own === undefined || other === undefined ? undefined : { target: own, reference: other };
}

/** How many rows there are one by one. */
export function countKept(kept: KeptPair | undefined): Readonly<Record<ConditionName, number>> {
  return {
    target: kept?.target.index.length ?? 0,
    reference: kept?.reference.index.length ?? 0,
  };
}

/** A compression by moments that projects the kept rows, each about the mean of all rows of its condition. */
export function projectingKept(
  compression: FullCompression,
  kept: KeptPair,
  means: Pick<Moments, "target" | "reference">,
  products: Products,
): FullCompression {
  const centred = (condition: ConditionName): Matrix => {
    const { mean } = means[condition];
    const { index, values } = kept[condition];
    const own = values.map((value, i) => value - entryAt(mean, i % mean.length));
    return matrix(index.length, mean.length, own);
  };
  const rows = { target: centred("target"), reference: centred("reference") };
  return {
    ...compression,
    project(coefficients) {
      const directions = compression.toNeurons(coefficients);
      const on = (own: Matrix) => products.multiply(own, directions, { transposeB: true });
      return Promise.resolve({ target: on(rows.target), reference: on(rows.reference) });
    },
  };
}

/** Rows in the directions that their moments are of, [m, k]; as they are, [m, D], if these are neurons. */
export function inRange(
  kept: KeptRows,
  range: { readonly basis: Matrix } | undefined,
): Float64Array {
  if (range === undefined) return kept.values;
  const { rows: k, columns, values } = range.basis;
  const found = new Float64Array(kept.index.length * k);
  kept.index.forEach((_index, row) => {
    const own = kept.values.subarray(row * columns, (row + 1) * columns);
    for (let d = 0; d < k; d += 1) {
      found[row * k + d] = innerProduct(own, values.subarray(d * columns, (d + 1) * columns));
    }
  });
  return found;
}
