import { describe, expect, it } from "vitest";
import { fitReduced } from "../../../../src/ged/reduced/fitReduced.ts";
import { reduceSource, type RowSource } from "../../../../src/ged/reduced/rowSource.ts";
import { directionNames } from "../../../../src/ged/method/directions.ts";
import { estimatorNames } from "../../../../src/ged/method/shrinkage/estimators.ts";
import type { EstimatorName } from "../../../../src/ged/method/shrinkage/estimators.ts";
import { initialLabels } from "../../../../src/ged/validation/design/units.ts";
import { labelledFit } from "../../../../src/ged/validation/permutation/labelledFit.ts";
import { matrix, type Matrix } from "../../../../src/linalg/matrix.ts";
import { Workspace } from "../../../../src/linalg/small/workspace.ts";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import { gramInput, normalRows } from "../validation/support.ts";

const decay = (column: number) => 0.9 ** column;

/** A fit on the first rows of either condition, whatever those are that it leaves out. */
function fitOn(
  target: Matrix,
  reference: Matrix,
  train: readonly number[],
  shrinkage: EstimatorName,
  weights?: Float64Array,
) {
  const labels = initialLabels(target.rows, reference.rows);
  const test = Array.from(labels.keys()).filter((row) => !train.includes(row));
  const split = { train: Int32Array.from(train), test: Int32Array.from(test) };
  const source: RowSource = { kind: "gram", gram: gramInput(target, reference).gram };
  const workspace = new Workspace();
  const reduced = reduceSource(source, split, weights === undefined ? {} : { weights }, workspace);
  const own = Uint8Array.from(split.train, (row) => labels[row]);
  return fitReduced(reduced, own, { keep: { share: 0.95 }, shrinkage }, 2, workspace);
}

describe.each(estimatorNames)("a refit shrunk by %s", (shrinkage) => {
  it("does not look at the rows that it leaves out", () => {
    const [target, reference] = [normalRows(14, 30, 1, decay), normalRows(14, 30, 2, decay)];
    const train = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
      .flatMap((row) => [row, 14 + row])
      .sort((a, b) => a - b);
    const changed = (rows: Matrix) =>
      matrix(
        14,
        30,
        rows.values.map((value, i) => (i < 300 ? value : 50 * value)),
      );
    const found = fitOn(target, reference, train, shrinkage);
    const other = fitOn(changed(target), changed(reference), train, shrinkage);
    for (const direction of directionNames) {
      expect(found[direction].gamma).toBeGreaterThan(0);
      expect(found[direction].gamma).toBeLessThan(1);
      expect(other[direction].gamma).toBeCloseTo(found[direction].gamma, 9);
    }
    // Of other training rows it is another number.
    const fewer = fitOn(target, reference, train.slice(0, -2), shrinkage);
    expect(fewer.forward.gamma).not.toBeCloseTo(found.forward.gamma, 4);
  });

  it("counts a row twice as it would two equal rows", () => {
    const [target, reference] = [normalRows(8, 30, 5, decay), normalRows(8, 30, 6, decay)];
    const doubled = (x: Matrix) =>
      matrix(9, 30, Float64Array.of(...x.values, ...x.values.subarray(0, 30)));
    const weights = new Float64Array(16).fill(1);
    weights[0] = 2;
    weights[8] = 2;
    const weighted = fitOn(target, reference, [...Array(16).keys()], shrinkage, weights);
    const repeated = fitOn(doubled(target), doubled(reference), [...Array(18).keys()], shrinkage);
    for (const direction of directionNames) {
      expect(weighted[direction].gamma).toBeCloseTo(repeated[direction].gamma, 10);
    }
  });

  it("permutes with the shrinkage of each labelling, though both conditions have as many rows", async () => {
    const products = await createWasmProducts({ threads: 1 });
    try {
      const workspace = new Workspace(products);
      const [target, reference] = [normalRows(40, 90, 3, decay), normalRows(40, 90, 4, decay)];
      const labels = initialLabels(40, 40);
      const split = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
      const gram: RowSource = { kind: "gram", gram: gramInput(target, reference).gram };
      const reduced = reduceSource(gram, split, { partOf: labels }, workspace);
      const options = { keep: { share: 0.99 }, shrinkage };
      const found = labelledFit({ options, components: 1 }, { split, reduced }, labels, workspace);
      const wanted = fitReduced(reduced, labels, options, 1, new Workspace());
      const numeric = { ...options, shrinkage: wanted.forward.gamma };
      const same = labelledFit(
        { options: numeric, components: 1 },
        { split, reduced },
        labels,
        workspace,
      );
      const cosine = same.forward.values.reduce(
        (sum, value, j) => sum + value * found.forward.values[j],
        0,
      );
      expect(Math.abs(cosine)).toBeCloseTo(1, 9);
    } finally {
      await products.dispose();
    }
  });
});
