import { describe, expect, it } from "vitest";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { validateGram } from "../../../../src/ged/validation/validateGram.ts";
import { validateRows } from "../../../../src/ged/validation/validateRows.ts";
import { matrix, type Matrix } from "../../../../src/linalg/matrix.ts";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import { gramInput, normalRows, pairNames, quietContext } from "./support.ts";

const fit = { keep: { share: 0.95 }, shrinkage: 0.05 };
const decay = (column: number) => 0.9 ** column;

function rowsOf(input: { readonly rows?: Matrix }): Matrix {
  if (input.rows === undefined) throw new Error("The test's input has no rows.");
  return input.rows;
}

describe("a validation by rows", () => {
  it("is the one by inner products where there are more rows than neurons", async () => {
    const input = gramInput(
      normalRows(36, 20, 1, decay),
      normalRows(36, 20, 2, decay),
      pairNames(36),
    );
    const options = { ...defaultValidationOptions, repeats: 2, permutations: 20 };
    const byGram = await validateGram(input, fit, options, quietContext());
    const rows = rowsOf(input);
    const byRows = await validateRows({ ...input, rows }, fit, options, quietContext());
    expect(byRows.warnings).toEqual(byGram.warnings);
    expect(byRows.directions.forward.heldOut?.ratio).toBeCloseTo(
      byGram.directions.forward.heldOut?.ratio ?? NaN,
      8,
    );
    expect(byRows.directions.swapped.heldOut?.auc).toBeCloseTo(
      byGram.directions.swapped.heldOut?.auc ?? NaN,
      8,
    );
    byRows.directions.forward.permutation?.heldOut?.permuted.forEach((value, i) => {
      expect(value).toBeCloseTo(
        byGram.directions.forward.permutation?.heldOut?.permuted[i] ?? NaN,
        8,
      );
    });
    expect(byRows.directions.forward.stability?.angle.median).toBeCloseTo(
      byGram.directions.forward.stability?.angle.median ?? NaN,
      6,
    );
    expect(byRows.directions.forward.stability?.subspaceAngle.high).toBeCloseTo(
      byGram.directions.forward.stability?.subspaceAngle.high ?? NaN,
      5,
    );
    const loading = byGram.directions.forward.stability?.neurons[0];
    expect(byRows.directions.forward.stability?.neurons[0].neuron).toBe(loading?.neuron);
    expect(byRows.directions.forward.stability?.neurons[0].loading.low).toBeCloseTo(
      loading?.loading.low ?? NaN,
      7,
    );
  });

  it.each([
    ["more rows than neurons", 530],
    ["more neurons than rows", 1100],
  ])("is the one by inner products for many rows of low rank and %s", async (_name, columns) => {
    const padded = (x: Matrix) => {
      const values = new Float64Array(x.rows * columns);
      for (let i = 0; i < x.rows; i += 1) {
        for (let j = 0; j < 30; j += 1) values[i * columns + 17 * j] = x.values[i * 30 + j];
      }
      return matrix(x.rows, columns, values);
    };
    const input = gramInput(
      padded(normalRows(520, 30, 1, decay)),
      padded(normalRows(520, 30, 2, decay)),
      pairNames(520),
    );
    const few = { folds: 2, repeats: 1, permutations: 3, extended: false };
    const options = { ...defaultValidationOptions, ...few };
    const products = await createWasmProducts();
    const context = quietContext({ products });
    const byGram = await validateGram(input, fit, options, context);
    const byRows = await validateRows({ ...input, rows: rowsOf(input) }, fit, options, context);
    await products.dispose();
    expect(byRows.warnings).toEqual(byGram.warnings);
    expect(byRows.directions.forward.heldOut?.ratio).toBeCloseTo(
      byGram.directions.forward.heldOut?.ratio ?? NaN,
      8,
    );
    byRows.directions.forward.permutation?.heldOut?.permuted.forEach((value, i) => {
      expect(value).toBeCloseTo(
        byGram.directions.forward.permutation?.heldOut?.permuted[i] ?? NaN,
        8,
      );
    });
  });

  it("says what it leaves out where rows and neurons are many", async () => {
    const wide = (x: Matrix) => {
      const values = new Float64Array(x.rows * 520);
      for (let i = 0; i < x.rows; i += 1) {
        values.set(x.values.subarray(i * 30, (i + 1) * 30), i * 520);
        values[i * 520 + 40 + (i % 480)] = 0.01;
      }
      return matrix(x.rows, 520, values);
    };
    const target = wide(normalRows(2100, 30, 1, (column) => (column === 3 ? 3 : decay(column))));
    const reference = wide(normalRows(2100, 30, 2, decay));
    const rows = matrix(4200, 520);
    rows.values.set(target.values);
    rows.values.set(reference.values, target.values.length);
    const products = await createWasmProducts();
    const report = await validateRows(
      { rows, targetRows: 2100, referenceRows: 2100 },
      fit,
      { ...defaultValidationOptions, folds: 2, repeats: 1, permutations: 1, extended: false },
      quietContext({ products }),
    );
    await products.dispose();
    expect(report.warnings[0]?.text).toMatch(
      /4200 rows are validated in the 512 leading principal components .* \(\d+\.\d\d % of the variance\)/,
    );
    expect(report.directions.forward.heldOut?.ratio).toBeGreaterThan(8);
  }, 120_000);
});
