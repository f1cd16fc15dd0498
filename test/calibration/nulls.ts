import { normalDeviates } from "../../src/statistics/normalDeviates.ts";
import { RandomStream } from "../../src/statistics/random.ts";
import { matrix, type Matrix } from "../../src/linalg/matrix.ts";
import type { RowNames } from "../../src/ged/validation/design/design.ts";

/** One seeded data set whose labels carry nothing (or a larger scale, or a planted direction). */
export interface NullData {
  /** [N, D], target first. */
  readonly rows: Matrix;
  readonly targetRows: number;
  readonly referenceRows: number;
  readonly names: RowNames;
}

const neurons = 60;
const dataPurpose = 102;

type Draw = (random: RandomStream, deviate: () => number) => NullData;

/** A condition's rows, each [D]. */
type Rows = Float64Array[];

const spectrum = Float64Array.from({ length: neurons }, (_, j) => 1 / Math.sqrt(1 + j / 5));

function independent(count: number, deviate: () => number, tails: () => number = () => 1): Rows {
  return Array.from({ length: count }, () => {
    const tail = tails();
    return spectrum.map((scale) => scale * tail * deviate());
  });
}

function data(target: Rows, reference: Rows, names: RowNames = {}): NullData {
  const all = [...target, ...reference];
  const rows = matrix(all.length, neurons);
  all.forEach((row, i) => rows.values.set(row, i * neurons));
  return { rows, targetRows: target.length, referenceRows: reference.length, names };
}

/** Multivariate t with three degrees of freedom: one chi-square per row. */
function heavyTail(deviate: () => number): () => number {
  return () => 1 / Math.sqrt((deviate() ** 2 + deviate() ** 2 + deviate() ** 2) / 3);
}

function pairNames(count: number): string[] {
  return Array.from({ length: 2 * count }, (_, row) => `pair ${row % count}`);
}

function paired(deviate: () => number, correlation: number): { target: Rows; reference: Rows } {
  const common = independent(24, deviate);
  const version = () =>
    independent(24, deviate).map((own, i) =>
      own.map(
        (value, j) => Math.sqrt(correlation) * common[i][j] + Math.sqrt(1 - correlation) * value,
      ),
    );
  return { target: version(), reference: version() };
}

/** Each row of the first `distinct` again and again, with a little noise of its own. */
function repeated(distinct: Rows, rows: number, noise: number, deviate: () => number): Rows {
  return Array.from({ length: rows }, (_, i) =>
    distinct[i % distinct.length].map((value, j) => value + noise * spectrum[j] * deviate()),
  );
}

const frames = [
  "the FIRST told _ about the SECOND yesterday",
  "nobody near the FIRST believed _ when SECOND arrived",
  "every morning a FIRST gave _ one more SECOND",
  "without any warning SECOND and FIRST followed _ home",
  "it was the FIRST who finally showed _ that SECOND",
  "my old FIRST never let _ forget her SECOND",
  "what surprised _ most was that FIRST liked SECOND",
  "if you meet _ at the FIRST please mention SECOND",
  "there stood beside _ some FIRST with an open SECOND",
  "our FIRST had promised _ two weeks of SECOND",
  "although FIRST was late they drove _ toward SECOND",
  "why did that FIRST ask _ to carry SECOND",
];
const fillers =
  "doctor sailor baker clerk painter nurse farmer poet guide lawyer driver singer".split(" ");
const objects = "bread letters paint stories music coats lamps apples maps dust keys stones".split(
  " ",
);

function sentence(frame: number, word: string, random: RandomStream): string {
  const pick = (words: readonly string[]) => words[random.below(words.length)];
  return frames[frame]
    .replace("FIRST", pick(fillers))
    .replace("SECOND", pick(objects))
    .replace("_", word);
}

/** Six templates of four rows in each condition; effects of templates as large as what rows add. */
function templated(
  random: RandomStream,
  deviate: () => number,
  shared: boolean,
): { target: Rows; reference: Rows; templates: string[]; sentences: string[] } {
  const effects = independent(12, deviate);
  const rowsOf = (first: number) =>
    independent(24, deviate).map((own, i) =>
      own.map((value, j) => effects[first + Math.floor(i / 4)][j] + 0.5 * value),
    );
  const templatesOf = (first: number) =>
    Array.from({ length: 24 }, (_, i) => first + Math.floor(i / 4));
  const second = shared ? 0 : 6;
  const numbers = [...templatesOf(0), ...templatesOf(second)];
  return {
    target: rowsOf(0),
    reference: rowsOf(second),
    templates: numbers.map((number) => `template ${number}`),
    sentences: numbers.map((number, row) => sentence(number, row < 24 ? "him" : "her", random)),
  };
}

function withGap(gap: number): Draw {
  return (_random, deviate) => {
    const direction = independent(1, deviate)[0];
    const length = Math.hypot(...direction);
    const shifted = independent(24, deviate).map((row) =>
      row.map((value, j) => value + (gap * direction[j]) / length),
    );
    return data(shifted, independent(24, deviate));
  };
}

/** To half precision (IEEE 754 binary16), by rounding the significand to 11 bits; all values here are normal. */
function toHalf(value: number): number {
  const step = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
  return value === 0 ? 0 : Math.round(value / step) * step;
}

/** The kinds of data sets whose labels carry nothing. */
export const nulls: Readonly<Record<string, Draw>> = {
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
