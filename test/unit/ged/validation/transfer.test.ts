import { describe, expect, it } from "vitest";
import { transferDirection } from "../../../../src/ged/validation/transfer.ts";
import { normalRows } from "./support.ts";

const target = normalRows(40, 1, 1, () => 3).values.map((value) => value + 2);
const reference = normalRows(50, 1, 2).values;
const options = { permutations: 199, seed: 1 };

describe("a direction on other data", () => {
  it("is scored on every row, with a null of its own", () => {
    const report = transferDirection(
      { target, reference, carries: "target", upright: true },
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
      { target, reference, carries: "target", upright: true },
      { permutations: 0, seed: 1 },
    );
    const reversed = transferDirection(
      { target, reference, carries: "target", upright: false },
      { permutations: 0, seed: 1 },
    );
    expect(upright.score.auc + reversed.score.auc).toBeCloseTo(1, 12);
    expect(upright.permutation).toBeUndefined();
  });

  it("gives the inverse ratio for a direction that carries the reference", () => {
    const run = (carries: "target" | "reference") =>
      transferDirection({ target, reference, carries, upright: true }, options);
    expect(run("target").score.ratio * run("reference").score.ratio).toBeCloseTo(1, 12);
    expect(run("reference").permutation?.p).toBeGreaterThan(0.9);
  });
});
