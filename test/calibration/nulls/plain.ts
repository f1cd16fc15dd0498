import {
  data,
  heavyTail,
  independent,
  paired,
  pairNames,
  repeated,
  toHalf,
  type Draw,
  type Rows,
} from "./rows.ts";
import { templated } from "./templates.ts";

export function withGap(gap: number): Draw {
  return (_random, deviate) => {
    const direction = independent(1, deviate)[0];
    const length = Math.hypot(...direction);
    const shifted = independent(24, deviate).map((row) =>
      row.map((value, j) => value + (gap * direction[j]) / length),
    );
    return data(shifted, independent(24, deviate));
  };
}

/** The kinds of data sets whose labels carry nothing. */
export const plainNulls: Readonly<Record<string, Draw>> = {
  gaussian: (_, deviate) => data(independent(24, deviate), independent(24, deviate)),
  t3: (_, deviate) => {
    const tails = heavyTail(deviate);
    return data(independent(24, deviate, tails), independent(24, deviate, tails));
  },
  outliers: (random, deviate) => {
    const tails = () => (random.below(12) === 0 ? 6 : 1);
    return data(independent(24, deviate, tails), independent(24, deviate, tails));
  },
  "unequal (12 / 48)": (_, deviate) => data(independent(12, deviate), independent(48, deviate)),
  "8 against 8": (_, deviate) => data(independent(8, deviate), independent(8, deviate)),
  "pairs at 0.95": (_, deviate) => {
    const { target, reference } = paired(deviate, 0.95);
    return data(target, reference, { groups: pairNames(24) });
  },
  "pairs at 0.95, unnamed": (_, deviate) => {
    const { target, reference } = paired(deviate, 0.95);
    return data(target, reference);
  },
  "mean gap 3": withGap(3),
  "mean gap 10": withGap(10),
  "mean gap 30": withGap(30),
  "mean gap 100": withGap(100),
  "rows twice": (_, deviate) =>
    data(
      repeated(independent(12, deviate), 24, 0, deviate),
      repeated(independent(12, deviate), 24, 0, deviate),
    ),
  "rows nearly twice": (_, deviate) =>
    data(
      repeated(independent(12, deviate), 24, 0.02, deviate),
      repeated(independent(12, deviate), 24, 0.02, deviate),
    ),
  "4 of 24 rows repeat": (_, deviate) =>
    data(
      repeated(independent(20, deviate), 24, 0, deviate),
      repeated(independent(20, deviate), 24, 0, deviate),
    ),
  "own templates, named": (random, deviate) => {
    const { target, reference, templates } = templated(random, deviate, false);
    return data(target, reference, { clusters: templates });
  },
  "own templates, detected": (random, deviate) => {
    const { target, reference, sentences } = templated(random, deviate, false);
    return data(target, reference, { sentences });
  },
  "shared templates, named": (random, deviate) => {
    const { target, reference, templates } = templated(random, deviate, true);
    return data(target, reference, { clusters: templates });
  },
  "shared templates, detected": (random, deviate) => {
    const { target, reference, sentences } = templated(random, deviate, true);
    return data(target, reference, { sentences });
  },
  float16: (_, deviate) => {
    const half = (rows: Rows) => rows.map((row) => row.map((value) => toHalf(value + 3)));
    return data(half(independent(24, deviate)), half(independent(24, deviate)));
  },
};
