import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import type { RowSource } from "../../../../../src/ged/reduced/rowSource.ts";
import { matrix, type Matrix } from "../../../../../src/linalg/matrix.ts";
import { createScriptProducts } from "../../../../../src/linalg/engines/scriptProducts.ts";
import { normalDeviates } from "../../../../../src/statistics/normalDeviates.ts";
import { RandomStream } from "../../../../../src/statistics/random.ts";

export type Rows = Float64Array<ArrayBufferLike>[];

/** Seeded normal deviates. */
export function deviates(seed: number): () => number {
  return normalDeviates(new RandomStream(seed, 78, 0));
}

export function normal(count: number, columns: number, deviate: () => number): Rows {
  return Array.from({ length: count }, () => Float64Array.from({ length: columns }, deviate));
}

export function stacked(rows: Rows): Matrix {
  const all = matrix(rows.length, rows[0].length);
  rows.forEach((row, i) => all.values.set(row, i * all.columns));
  return all;
}

/** The same rows in both forms that a validation knows. */
export function sources(rows: Rows): RowSource[] {
  const all = stacked(rows);
  return [
    { kind: "gram", gram: createScriptProducts().gram(all) },
    { kind: "coordinates", rows: all },
  ];
}

export function gramOf(rows: Rows): RowSource {
  return sources(rows)[0];
}

/** Target and reference of equal size. */
export function halves(rows: number): Uint8Array {
  return initialLabels(rows / 2, rows / 2);
}

/** Only the sets of more than one. */
export function joined(sets: readonly (readonly number[])[]): (readonly number[])[] {
  return sets.filter((set) => set.length > 1);
}
