import { matrix, type Matrix } from "../../linalg/matrix.ts";
import type { Products } from "../../linalg/products.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import { countAboveRounding } from "../reduced/reduceRows.ts";
import type { ValidationReport } from "./report.ts";
import type { FitOptions } from "../reduced/fitReduced.ts";
import type { GramInput, ValidationContext } from "./input.ts";
import type { ValidationOptions } from "./options.ts";
import type { RowSource } from "../reduced/rowSource.ts";
import { validateSource } from "./validateGram.ts";

/** As {@link GramInput}, by the rows themselves. */
export type RowsInput = Omit<GramInput, "gram" | "rows"> & {
  /** [N, D], target rows first, centred on their grand mean. */
  readonly rows: Matrix;
  /** What the reader should know of how they were prepared. */
  readonly remarks?: readonly string[];
};

/** More rows than this are not held as inner products (128 MB of them). */
export const mostGramRows = 4096;
/** Up to so many rows a fold is decomposed as soon as its rows would be found new coordinates. */
const fewRows = 1024;
/** Of the rows: with a higher rank their inner products are as good. */
const lowRankShare = 0.6;
/** More coordinates than this are not fitted thousands of times. */
export const mostCoordinates = 512;

/**
 * Validates a separation for any number of rows: by inner products where there are fewer rows than neurons, else
 * by coordinates. The only approximation is for more rows than {@link mostGramRows} of more than
 * {@link mostCoordinates} neurons: they are reduced to their leading principal components first, which are found
 * without regard to labels; the report's warnings then say how much of the variance that keeps.
 * @throws EigenlensError, CancelledError as {@link validateSource} does
 */
export function validateRows(
  input: RowsInput,
  fit: FitOptions,
  options: ValidationOptions,
  context: ValidationContext,
): Promise<ValidationReport> {
  const { source, remark } = chooseSource(input.rows, context);
  const remarks = [...(input.remarks ?? []), ...(remark === undefined ? [] : [remark])];
  const names = input.names ?? {};
  return validateSource({ ...input, source, names, remarks }, fit, options, context);
}

/** Inner products or coordinates, whichever costs less; the remark says what coordinates leave out. */
export function chooseSource(
  rows: Matrix,
  context: ValidationContext,
): { readonly source: RowSource; readonly remark?: string } {
  const { products } = context;
  if (rows.columns <= mostCoordinates && rows.columns < rows.rows) {
    return { source: { kind: "coordinates", rows } };
  }
  const checkpoint = (): void => context.cancellation.throwIfRequested();
  if (rows.rows <= mostGramRows) {
    const coordinates =
      rows.rows > fewRows ? coordinatesOfLowRank(rows, context, checkpoint) : undefined;
    return coordinates === undefined
      ? { source: { kind: "gram", gram: products.gram(rows) } }
      : { source: { kind: "coordinates", rows: coordinates } };
  }
  context.report({ step: "Validating: leading components of all rows" });
  const { coordinates, share } = leadingCoordinates(rows, products, checkpoint);
  return {
    source: { kind: "coordinates", rows: coordinates },
    remark: `${rows.rows} rows are validated in the ${coordinates.columns} leading principal components of all of them together, found without regard to labels (${(100 * share).toFixed(2)} % of the variance): what lies outside is left out.`,
  };
}

/**
 * The rows in all directions in which they vary beyond rounding, [N, P], if these are few: every fold is then decomposed
 * in P dimensions instead of N.
 */
function coordinatesOfLowRank(
  rows: Matrix,
  { products, report }: ValidationContext,
  checkpoint: () => void,
): Matrix | undefined {
  report({ step: "Validating: the directions in which rows vary" });
  const isTall = rows.columns <= rows.rows;
  const product = isTall ? scatterOf(rows, products, checkpoint) : products.gram(rows);
  checkpoint();
  const { vectors, values } = symmetricEigen(product, {
    vectors: (found) => {
      const rank = countAboveRounding(found);
      return rank <= lowRankShare * rows.rows ? rank : 0;
    },
    products,
    checkpoint,
  });
  const rank = vectors.rows;
  if (rank === 0) return undefined;
  if (isTall) return products.multiply(rows, vectors, { transposeB: true });
  const coordinates = matrix(rows.rows, rank);
  for (let j = 0; j < rank; j += 1) {
    const root = Math.sqrt(values[j]);
    for (let i = 0; i < rows.rows; i += 1) {
      coordinates.values[i * rank + j] = root * vectors.values[j * rows.rows + i];
    }
  }
  return coordinates;
}

/** `X'X`, [D, D], its lower triangle. */
function scatterOf(rows: Matrix, products: Products, checkpoint: () => void): Matrix {
  const d = rows.columns;
  const scatter = matrix(d, d);
  // In blocks, so that a cancellation is seen in between.
  const block = 2048;
  for (let start = 0; start < rows.rows; start += block) {
    checkpoint();
    const stop = Math.min(rows.rows, start + block);
    const own = rows.values.subarray(start * d, stop * d);
    products.addCrossProduct(scatter, matrix(stop - start, d, own));
  }
  return scatter;
}

/** The rows on their leading principal components, [N, P], and the share of the variance these hold. */
function leadingCoordinates(
  rows: Matrix,
  products: Products,
  checkpoint: () => void,
): { readonly coordinates: Matrix; readonly share: number } {
  const scatter = scatterOf(rows, products, checkpoint);
  const { values, vectors } = symmetricEigen(scatter, {
    vectors: mostCoordinates,
    products,
    checkpoint,
  });
  const total = values.reduce((sum, value) => sum + value, 0);
  const kept = values.subarray(0, mostCoordinates).reduce((sum, value) => sum + value, 0);
  return {
    coordinates: products.multiply(rows, vectors, { transposeB: true }),
    share: kept / total,
  };
}
