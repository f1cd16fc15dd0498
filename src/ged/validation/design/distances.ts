import { matrix } from "../../../linalg/matrix.ts";
import type { Products } from "../../../linalg/products.ts";
import type { RowSource } from "../../reduced/rowSource.ts";
import { countRows } from "../../reduced/rowSource.ts";
import { inner } from "../../../linalg/small/tiles.ts";

/** Up to so many rows each is compared with each; the number of comparisons grows with the square. */
export const mostComparedRows = 4096;

/**
 * The rows as they are compared: by their inner products, taken all at once by the engine, if there are few enough to
 * compare each with each.
 */
export function rowsToCompare(source: RowSource, products: Products): RowSource {
  return source.kind === "coordinates" && source.rows.rows <= mostComparedRows
    ? { kind: "gram", gram: products.gram(source.rows) }
    : source;
}

/** Squared Euclidean distances between rows, from their inner products or their coordinates. */
export class RowDistances {
  readonly rows: number;
  readonly #source: RowSource;
  /** [N] squared lengths */
  readonly #squares: Float64Array;

  constructor(source: RowSource) {
    this.#source = source;
    this.rows = countRows(source);
    this.#squares = Float64Array.from({ length: this.rows }, (_, i) => this.#inner(i, i));
  }

  /** `|x_i - x_j|^2`; not below zero. */
  between(i: number, j: number): number {
    return Math.max(0, this.#squares[i] + this.#squares[j] - 2 * this.#inner(i, j));
  }

  /** What rounding alone may make of the distance between two equal rows. */
  rounding(i: number, j: number): number {
    return 64 * Number.EPSILON * (this.#squares[i] + this.#squares[j]);
  }

  #inner(i: number, j: number): number {
    if (this.#source.kind === "gram") return this.#source.gram.values[i * this.rows + j];
    const { values, columns } = this.#source.rows;
    return inner(values, i * columns, values, j * columns, columns);
  }
}

/**
 * The same rows less a mean of their own for each part, so that distances across parts do not see the
 * difference of means.
 * @param partOf [N], which part each row belongs to, 0 to `parts` - 1
 */
export function centredByPart(
  source: RowSource,
  partOf: ArrayLike<number>,
  parts: number,
): RowSource {
  const n = countRows(source);
  const counts = new Float64Array(parts);
  for (let i = 0; i < n; i += 1) counts[partOf[i]] += 1;
  if (source.kind === "coordinates") {
    const { rows } = source;
    const p = rows.columns;
    const means = new Float64Array(parts * p);
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < p; j += 1) means[partOf[i] * p + j] += rows.values[i * p + j];
    }
    const centred = matrix(n, p, rows.values.slice());
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < p; j += 1) {
        centred.values[i * p + j] -= means[partOf[i] * p + j] / counts[partOf[i]];
      }
    }
    return { kind: "coordinates", rows: centred };
  }
  const { values } = source.gram;
  // [N, parts]: mean inner product of each row with the rows of each part; then of parts with parts.
  const means = new Float64Array(n * parts);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) means[i * parts + partOf[j]] += values[i * n + j];
    for (let c = 0; c < parts; c += 1) means[i * parts + c] /= counts[c];
  }
  const grand = new Float64Array(parts * parts);
  for (let i = 0; i < n; i += 1) {
    for (let c = 0; c < parts; c += 1) {
      grand[partOf[i] * parts + c] += means[i * parts + c] / counts[partOf[i]];
    }
  }
  const gram = matrix(n, n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      gram.values[i * n + j] =
        values[i * n + j] -
        means[i * parts + partOf[j]] -
        means[j * parts + partOf[i]] +
        grand[partOf[i] * parts + partOf[j]];
    }
  }
  return { kind: "gram", gram };
}
