import { matrix, type Matrix } from "../../linalg/matrix.ts";
import type { Products } from "../../linalg/products.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
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
const mostGramRows = 4096;
/** More coordinates than this are not fitted thousands of times. */
const mostCoordinates = 512;

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

function chooseSource(
  rows: Matrix,
  context: ValidationContext,
): { readonly source: RowSource; readonly remark?: string } {
  const { products } = context;
  if (rows.rows <= rows.columns && rows.rows <= mostGramRows) {
    return { source: { kind: "gram", gram: products.gram(rows) } };
  }
  if (rows.columns <= mostCoordinates) return { source: { kind: "coordinates", rows } };
  if (rows.rows <= mostGramRows) return { source: { kind: "gram", gram: products.gram(rows) } };
  context.report({ step: "Validating: leading components of all rows" });
  const { coordinates, share } = leadingCoordinates(rows, products, () => {
    context.cancellation.throwIfRequested();
  });
  return {
    source: { kind: "coordinates", rows: coordinates },
    remark: `${rows.rows} rows are validated in the ${coordinates.columns} leading principal components of all of them together, found without regard to labels (${(100 * share).toFixed(2)} % of the variance): what lies outside is left out.`,
  };
}

/** The rows on their leading principal components, [N, P], and the share of the variance these hold. */
function leadingCoordinates(
  rows: Matrix,
  products: Products,
  checkpoint: () => void,
): { readonly coordinates: Matrix; readonly share: number } {
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
