import { normalDeviates } from "../../src/statistics/normalDeviates.ts";
import { RandomStream } from "../../src/statistics/random.ts";
import { hostileNulls } from "./nulls/hostile.ts";
import { plainNulls } from "./nulls/plain.ts";
import { data, independent, type Draw, type NullData } from "./nulls/rows.ts";

export type { NullData } from "./nulls/rows.ts";

const dataPurpose = 102;

/** The kinds of data sets whose labels carry nothing. */
export const nulls: Readonly<Record<string, Draw>> = { ...plainNulls, ...hostileNulls };

/** Everything larger by a constant: S = 4 R. */
export const largerScale: Draw = (_, deviate) =>
  data(
    independent(24, deviate).map((row) => row.map((value) => 2 * value)),
    independent(24, deviate),
  );

/** One data set of a kind; the same for the same seed. */
export function drawNull(draw: Draw, seed: number): NullData {
  const random = new RandomStream(seed, dataPurpose, 0);
  return draw(random, normalDeviates(random));
}
