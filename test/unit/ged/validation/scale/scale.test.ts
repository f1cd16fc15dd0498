import { describe, expect, it } from "vitest";
import { measureScale, randomDirections } from "../../../../../src/ged/validation/scale/scale.ts";
import { reduceRows } from "../../../../../src/ged/reduced/reduceRows.ts";
import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { drawNull, largerScale } from "../../../../calibration/nulls.ts";
import { validateNull } from "../../../../calibration/judgeNull.ts";
import { gramInput, normalRows } from "../support.ts";

const decay = (column: number) => 1 / Math.sqrt(1 + column / 5);
const rows = 24;

function scaleOf(targetScale: (column: number) => number) {
  const target = normalRows(rows, 60, 1, targetScale);
  const { gram } = gramInput(target, normalRows(rows, 60, 2, decay));
  const labels = initialLabels(rows, rows);
  const split = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
  return {
    scale: measureScale({ split, reduced: reduceRows(gram, split) }, labels, 1),
    gram,
    labels,
  };
}

describe("the scale of the conditions", () => {
  it("is the ratio of the traces in all neurons", () => {
    const { scale, gram, labels } = scaleOf((column) => 2 * decay(column));
    // tr of a covariance from inner products alone: (sum of squares - n |mean|^2) / (n - 1).
    const trace = (label: number) => {
      const own = [...labels.keys()].filter((row) => labels[row] === label);
      const at = (i: number, j: number) => gram.values[i * gram.columns + j];
      const squares = own.reduce((sum, i) => sum + at(i, i), 0);
      const all = own.reduce((sum, i) => sum + own.reduce((part, j) => part + at(i, j), 0), 0);
      return (squares - all / own.length) / (own.length - 1);
    };
    expect(scale.traceRatio).toBeCloseTo(trace(1) / trace(0), 8);
    expect(scale.traceRatio).toBeGreaterThan(3);
    expect(scale.traceRatio).toBeLessThan(5);
  });

  it("spreads along random directions about it, inverted for the swapped one", () => {
    const { scale } = scaleOf((column) => 2 * decay(column));
    const forward = randomDirections(scale, "forward");
    const swapped = randomDirections(scale, "swapped");
    expect(forward.low).toBeLessThan(scale.traceRatio);
    expect(forward.high).toBeGreaterThan(scale.traceRatio);
    expect(swapped.low).toBeCloseTo(1 / forward.high, 12);
    expect(swapped.high).toBeCloseTo(1 / forward.low, 12);
    expect(swapped.median).toBeCloseTo(1 / forward.median, 12);
  });

  it("is all that is said of S = 4R, and not of one planted direction", async () => {
    const effort = { repeats: 1, permutations: 60, threads: 1 };
    let holding = 0;
    let told = 0;
    for (let seed = 1; seed <= 8; seed += 1) {
      const larger = await validateNull(drawNull(largerScale, seed), seed, effort);
      if (larger.directions.forward.verdict === "holds") holding += 1;
      if (larger.warnings.some(({ code }) => code === "scaleOnly")) told += 1;
      const { heldOut, relativeRatio } = larger.directions.forward;
      expect(relativeRatio).toBeCloseTo((heldOut?.ratio ?? NaN) / larger.traceRatio, 10);
    }
    expect(holding).toBeLessThanOrEqual(2);
    expect(told).toBeGreaterThanOrEqual(5);

    const planted = gramInput(
      normalRows(40, 60, 1, (column) => (column === 1 ? 8 : decay(column))),
      normalRows(40, 60, 2, decay),
    );
    const { rows: all } = planted;
    if (all === undefined) throw new Error("The rows are not at hand.");
    const data = { rows: all, targetRows: 40, referenceRows: 40, names: {} };
    const found = await validateNull(data, 1, effort);
    expect(found.warnings.map(({ code }) => code)).not.toContain("scaleOnly");
    expect(found.directions.forward.verdict).toBe("holds");
  });
});
