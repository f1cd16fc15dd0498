import { EigenlensError } from "../errors.ts";
import type { NeuronSums } from "../ged/full/moments/scatterMoments.ts";
import type { Matrix } from "../linalg/matrix.ts";
import type { MomentsFile } from "./openMoments.ts";

/** In which directions moments are, and what these hold. */
export interface MomentsRange {
  /** k */
  readonly dimensions: number;
  /** Of the variance of the conditions on average, in (0, 1]: exact, for the variance of every neuron is known. */
  readonly share: number;
}

/** The directions in which both of two conditions are, and their neurons. */
export interface SharedRange extends MomentsRange {
  /** V', [k, D], orthonormal rows */
  readonly basis: Matrix;
  readonly neurons: readonly [NeuronSums, NeuronSums];
}

/** One condition of a document. */
interface Side {
  readonly file: MomentsFile;
  /** What it is called there. */
  readonly key: string;
}

/**
 * What directions hold of some conditions of a document.
 * @returns undefined if its moments are of neurons
 * @throws EigenlensError "file-format" if what is read is damaged
 */
export async function rangeOf(
  file: MomentsFile,
  conditions: readonly string[],
): Promise<MomentsRange | undefined> {
  if (file.basis === undefined) return undefined;
  return rangeOfSides(conditions.map((key) => ({ file, key })));
}

/**
 * The directions that two conditions are in.
 * @returns undefined if both are moments of neurons
 * @throws EigenlensError "condition" if they are in different ones; "file-format" if what is read is damaged
 */
export async function sharedRange(first: Side, second: Side): Promise<SharedRange | undefined> {
  const [own, other] = [first.file.basis, second.file.basis];
  if (own === undefined && other === undefined) return undefined;
  const [basis, same] = [await own?.read(), await other?.read()];
  const isSame =
    basis?.values.length === same?.values.length &&
    basis?.values.every((value, i) => value === same?.values[i]) === true;
  if (own === undefined || other === undefined || basis === undefined || !isSame) {
    throw new EigenlensError(
      "condition",
      `${first.file.path} and ${second.file.path} hold moments in different directions: sum both conditions in one job.`,
    );
  }
  return {
    ...(await rangeOfSides([first, second])),
    basis,
    neurons: [await own.neurons(first.key), await other.neurons(second.key)],
  };
}

async function rangeOfSides(sides: readonly Side[]): Promise<MomentsRange> {
  let [inside, total] = [0, 0];
  for (const { file, key } of sides) {
    const { rows, scatter } = await file.read(key);
    const freedom = Math.max(1, rows - 1);
    for (let j = 0; j < scatter.rows; j += 1) {
      inside += scatter.values[j * (scatter.columns + 1)] / freedom;
    }
    const squares = (await file.basis?.neurons(key))?.squares ?? new Float64Array();
    for (const value of squares) total += value / freedom;
  }
  const dimensions = sides[0].file.dimensions;
  return { dimensions, share: total > 0 ? Math.min(1, inside / total) : 1 };
}
