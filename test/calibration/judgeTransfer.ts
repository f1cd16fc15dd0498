import { allStructure, findDesign } from "../../src/ged/validation/design/design.ts";
import { initialLabels } from "../../src/ged/validation/design/units.ts";
import { transferDirection } from "../../src/ged/validation/transfer/transfer.ts";
import { normalDeviates } from "../../src/statistics/normalDeviates.ts";
import { RandomStream } from "../../src/statistics/random.ts";
import type { Outcome } from "./cells.ts";
import type { NullVerdict } from "./judgeNull.ts";
import type { NullData } from "./nulls.ts";

const directionPurpose = 103;

/** A random direction, found elsewhere, on a data set whose labels carry nothing; both roles. */
export function judgeTransfer(data: NullData, seed: number): Outcome {
  const { rows, targetRows, referenceRows, names } = data;
  const deviate = normalDeviates(new RandomStream(seed, directionPurpose, 0));
  const direction = Float64Array.from({ length: rows.columns }, deviate);
  const length = Math.hypot(...direction);
  const scores = Float64Array.from({ length: rows.rows }, (_, i) => {
    let sum = 0;
    direction.forEach((value, j) => {
      sum += (value / length) * rows.values[i * rows.columns + j];
    });
    return sum;
  });
  const labels = initialLabels(targetRows, referenceRows);
  const source = { kind: "coordinates", rows } as const;
  const design = findDesign(source, labels, names, allStructure, seed);
  const [forward, swapped] = (["target", "reference"] as const).map((carries): NullVerdict => {
    const { permutation, ratioInterval } = transferDirection(
      {
        target: scores.slice(0, targetRows),
        reference: scores.slice(targetRows),
        carries,
        upright: true,
        design,
      },
      { permutations: 99, seed },
    );
    const p = permutation?.p ?? NaN;
    return {
      p,
      covers: ratioInterval.low <= 1 && ratioInterval.high >= 1,
      holds: p <= 0.05 && ratioInterval.low > 1,
    };
  });
  return { forward, swapped };
}
