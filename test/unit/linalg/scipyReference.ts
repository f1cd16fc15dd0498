import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { matrix, type Matrix } from "../../../src/linalg/matrix.ts";

interface Reference {
  readonly eigen: readonly {
    readonly name: string;
    readonly matrix: number[][];
    readonly values: number[];
    readonly rank: number;
  }[];
  readonly definite: readonly {
    readonly name: string;
    readonly s: number[][];
    readonly r: number[][];
    readonly cholesky: number[][];
    readonly values: number[];
  }[];
}

/** What numpy and scipy said of small matrices; written by `data/make_reference.py`. */
export const scipyReference = JSON.parse(
  readFileSync(fileURLToPath(new URL("./data/scipy_reference.json", import.meta.url)), "utf8"),
) as Reference;

/** A matrix from nested rows. */
export function fromRows(rows: number[][]): Matrix {
  return matrix(rows.length, rows[0]?.length ?? 0, Float64Array.from(rows.flat()));
}
