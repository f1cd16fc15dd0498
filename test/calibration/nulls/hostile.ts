import { matrix } from "../../../src/linalg/matrix.ts";
import {
  data,
  independent,
  paired,
  pairNames,
  repeated,
  spectrum,
  toHalf,
  type Draw,
  type NullData,
  type Rows,
} from "./rows.ts";
import { sentence } from "./templates.ts";

/** Rows of `sizes[i]` each about an effect of their own, `noise` beside effects of 1. */
function clustered(sizes: readonly number[], noise: number, deviate: () => number): Rows {
  const effects = independent(sizes.length, deviate);
  return sizes.flatMap((size, cluster) =>
    independent(size, deviate).map((own) =>
      own.map((value, j) => effects[cluster][j] + noise * value),
    ),
  );
}

function clusterNames(sizes: readonly number[], prefix: string): string[] {
  return sizes.flatMap((size, cluster) =>
    Array.from({ length: size }, () => `${prefix} ${cluster}`),
  );
}

/** Subjects with rows of both conditions: an effect of the subject, and one of subject and condition. */
function subjects(
  sizes: readonly (readonly [number, number])[],
  own: number,
  interaction: number,
  deviate: () => number,
): NullData {
  const common = independent(sizes.length, deviate);
  const side = (condition: 0 | 1): Rows => {
    const effects = independent(sizes.length, deviate);
    return sizes.flatMap((counts, subject) =>
      independent(counts[condition], deviate).map((value) =>
        value.map((x, j) => own * common[subject][j] + interaction * effects[subject][j] + 0.7 * x),
      ),
    );
  };
  const groups = ([0, 1] as const).flatMap((condition) =>
    clusterNames(
      sizes.map((counts) => counts[condition]),
      "subject",
    ),
  );
  return data(side(0), side(1), { groups });
}

function shifted(rows: Rows, gap: number): Rows {
  return rows.map((row) => row.map((value, j) => value + (j === 2 ? gap : 0)));
}

/** Each row a mixture of the one before it and a new one. */
function ordered(count: number, correlation: number, deviate: () => number): Rows {
  const rows = independent(count, deviate);
  for (let i = 1; i < count; i += 1) {
    rows[i] = rows[i].map(
      (value, j) => correlation * rows[i - 1][j] + Math.sqrt(1 - correlation ** 2) * value,
    );
  }
  return rows;
}

/** [count, neurons] of any width. */
function wide(count: number, neurons: number, deviate: () => number): Rows {
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: neurons }, (_, j) => deviate() / Math.sqrt(1 + j / 5)),
  );
}

function ofWidth(target: Rows, reference: Rows): NullData {
  const rows = matrix(target.length + reference.length, target[0].length);
  [...target, ...reference].forEach((row, i) => rows.values.set(row, i * rows.columns));
  return { rows, targetRows: target.length, referenceRows: reference.length, names: {} };
}

/** Counts of rare events: many rows are zero throughout, and equal. */
function sparse(count: number, rate: number, random: () => number): Rows {
  return Array.from({ length: count }, () => {
    const row = new Float64Array(spectrum.length);
    if (random() < rate) return row;
    for (let hit = 0; hit < 3; hit += 1) row[Math.floor(random() ** 2 * 30)] += 1;
    return row;
  });
}

const uneven = [12, 6, 3, 2, 1];

/** Kinds in which several of the plain ones meet, or in which rows depend on each other in odd ways. */
export const hostileNulls: Readonly<Record<string, Draw>> = {
  "rows five times": (_, deviate) =>
    data(
      repeated(independent(8, deviate), 40, 0, deviate),
      repeated(independent(8, deviate), 40, 0, deviate),
    ),
  "rows repeat across conditions": (_, deviate) => {
    const common = independent(8, deviate);
    return data(
      [...common, ...independent(16, deviate)],
      [...common.map((row) => row.slice()), ...independent(16, deviate)],
    );
  },
  "template x condition": (random, deviate) => {
    const sizes = Array.from({ length: 8 }, () => 3);
    const numbers = [...clusterNames(sizes, ""), ...clusterNames(sizes, "")].map(Number);
    const sentences = numbers.map((n, row) => sentence(n, row < 24 ? "him" : "her", random));
    return data(clustered(sizes, 0.5, deviate), clustered(sizes, 0.5, deviate), { sentences });
  },
  "uneven templates": (_, deviate) =>
    data(clustered(uneven, 0.5, deviate), clustered(uneven, 0.5, deviate), {
      clusters: [...clusterNames(uneven, "a"), ...clusterNames(uneven, "b")],
    }),
  "uneven against even templates": (_, deviate) => {
    const even = [3, 3, 3, 3, 3, 3, 3, 3];
    const rough = [6, 5, 4, 3, 2, 2, 1, 1];
    return data(clustered(rough, 0.5, deviate), clustered(even, 0.5, deviate), {
      clusters: [...clusterNames(rough, "a"), ...clusterNames(even, "b")],
    });
  },
  "repeats inside pairs": (_, deviate) => {
    const { target, reference } = paired(deviate, 0.8);
    const again = (rows: Rows) => rows.map((_row, i) => rows[i % 16].slice());
    return data(again(target), again(reference), { groups: pairNames(24) });
  },
  "target repeats, pairs": (_, deviate) => {
    const { target, reference } = paired(deviate, 0.5);
    return data(
      target.map((_row, i) => target[i % 16].slice()),
      reference,
      { groups: pairNames(24) },
    );
  },
  "pairs at 0.95, gap 30": (_, deviate) => {
    const { target, reference } = paired(deviate, 0.95);
    return data(shifted(target, 30), reference, { groups: pairNames(24) });
  },
  "pairs at 0.5": (_, deviate) => {
    const { target, reference } = paired(deviate, 0.5);
    return data(target, reference, { groups: pairNames(24) });
  },
  "gap 10, unequal (12 / 48)": (_, deviate) =>
    data(shifted(independent(12, deviate), 10), independent(48, deviate)),
  "8 against 8, gap 10": (_, deviate) =>
    data(shifted(independent(8, deviate), 10), independent(8, deviate)),
  "runs of rows": (_, deviate) => {
    const names = (prefix: string) =>
      clusterNames(
        Array.from({ length: 10 }, () => 4),
        prefix,
      );
    return data(ordered(40, 0.6, deviate), ordered(40, 0.6, deviate), {
      groups: [...names("a"), ...names("b")],
    });
  },
  subjects: (_, deviate) =>
    subjects(
      Array.from({ length: 8 }, () => [3, 3] as const),
      1,
      0,
      deviate,
    ),
  "subjects x condition": (_, deviate) =>
    subjects(
      Array.from({ length: 8 }, () => [3, 3] as const),
      0.5,
      1,
      deviate,
    ),
  "subjects x condition, unequal": (_, deviate) =>
    subjects(
      [
        [4, 2],
        [2, 4],
        [3, 3],
        [5, 2],
        [2, 3],
        [3, 3],
        [2, 4],
        [3, 3],
      ],
      0.5,
      1,
      deviate,
    ),
  "subjects of 1 / 4": (_, deviate) =>
    subjects(
      Array.from({ length: 12 }, () => [1, 4] as const),
      0.7,
      0,
      deviate,
    ),
  "float16 at 100": (_, deviate) => {
    const half = (rows: Rows) => rows.map((row) => row.map((value) => toHalf(value + 100)));
    return data(half(independent(24, deviate)), half(independent(24, deviate)));
  },
  "one dominant neuron": (_, deviate) => {
    const dominated = (rows: Rows) =>
      rows.map((row) => row.map((value, j) => (j === 7 ? 30 * value : value)));
    return data(dominated(independent(24, deviate)), dominated(independent(24, deviate)));
  },
  "200 neurons": (_, deviate) => ofWidth(wide(24, 200, deviate), wide(24, 200, deviate)),
  "40 rows, 20 neurons": (_, deviate) => ofWidth(wide(40, 20, deviate), wide(40, 20, deviate)),
  "30 rows, 3 neurons": (_, deviate) => ofWidth(wide(30, 3, deviate), wide(30, 3, deviate)),
  "sparse counts, equal rows": (random) => {
    const next = () => random.next() / 2 ** 32;
    return data(sparse(24, 0.3, next), sparse(24, 0.3, next));
  },
};
