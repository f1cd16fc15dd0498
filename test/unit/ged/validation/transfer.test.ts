import { describe, expect, it } from "vitest";
import { transferDirection } from "../../../../src/ged/validation/transfer.ts";
import { allStructure, findDesign } from "../../../../src/ged/validation/design/design.ts";
import { initialLabels } from "../../../../src/ged/validation/design/units.ts";
import { matrix } from "../../../../src/linalg/matrix.ts";
import { normalRows } from "./support.ts";

const target = normalRows(40, 1, 1, () => 3).values.map((value) => value + 2);
const reference = normalRows(50, 1, 2).values;
const options = { permutations: 199, seed: 1 };
const design = findDesign(
  { kind: "coordinates", rows: matrix(90, 1, Float64Array.of(...target, ...reference)) },
  initialLabels(40, 50),
  {},
  allStructure,
  1,
);

describe("a direction on other data", () => {
  it("is scored on every row, with a null of its own", () => {
    const report = transferDirection(
      { target, reference, design, carries: "target", upright: true },
      options,
    );
    expect(report.score.ratio).toBeGreaterThan(4);
    expect(report.score.auc).toBeGreaterThan(0.6);
    expect(report.ratioInterval.low).toBeGreaterThan(1);
    expect(report.permutation?.p).toBeLessThan(0.02);
    expect(report.permutation?.permuted).toHaveLength(199);
  });

  it("keeps the orientation of the data on which it was found", () => {
    const upright = transferDirection(
      { target, reference, design, carries: "target", upright: true },
      { permutations: 0, seed: 1 },
    );
    const reversed = transferDirection(
      { target, reference, design, carries: "target", upright: false },
      { permutations: 0, seed: 1 },
    );
    expect(upright.score.auc + reversed.score.auc).toBeCloseTo(1, 12);
    expect(upright.permutation).toBeUndefined();
  });

  it("gives the inverse ratio for a direction that carries the reference", () => {
    const run = (carries: "target" | "reference") =>
      transferDirection({ target, reference, design, carries, upright: true }, options);
    expect(run("target").score.ratio * run("reference").score.ratio).toBeCloseTo(1, 12);
    expect(run("reference").permutation?.p).toBeGreaterThan(0.9);
  });

  it("does not take a difference of means for one of variances", () => {
    const shifted = reference.slice(0, 40).map((value) => value + 1000);
    const run = (values: Float64Array) =>
      transferDirection(
        { target: values, reference, design, carries: "target", upright: true },
        options,
      );
    const plain = run(reference.slice(0, 40));
    const apart = run(shifted);
    apart.permutation?.permuted.forEach((ratio, i) => {
      expect(ratio).toBeCloseTo(plain.permutation?.permuted[i] ?? NaN, 6);
    });
    expect(apart.permutation?.p).toBe(plain.permutation?.p);
  });
});
