import { describe, expect, it } from "vitest";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import type { ValidationReport } from "../../../../src/ged/validation/report.ts";
import {
  projectionFactor,
  unscaleTransfers,
} from "../../../../src/ged/validation/transfer/transferScale.ts";
import { validateConditions } from "../../../../src/ged/validation/validateConditions.ts";
import { memoryCondition } from "../../../support/memoryCondition.ts";
import { randomRows } from "../../../support/random.ts";
import { quietContext } from "./support.ts";

const fit = { keep: { share: 0.99 }, shrinkage: 0.01 };
const options = { ...defaultValidationOptions, folds: 3, permutations: 5 };

function validate(target: number[][], reference: number[][]): Promise<ValidationReport> {
  return validateConditions(
    memoryCondition("a", target),
    memoryCondition("b", reference),
    {},
    fit,
    options,
    quietContext(),
  );
}

const rows = (seed: number, factor: number) =>
  randomRows(15, 24, seed, (column) => 0.8 ** column).map((row) =>
    row.map((value) => value * factor),
  );

describe("a validation of activations of any scale", () => {
  it("finds the same by powers of two, in the units that were read or says in which", async () => {
    const plain = await validate(rows(1, 1), rows(2, 1));
    const large = await validate(rows(1, 2 ** 330), rows(2, 2 ** 330));
    const larger = await validate(rows(1, 2 ** 331), rows(2, 2 ** 331));
    expect(larger.directions.forward.inSample.carriedVariance).toBe(
      4 * large.directions.forward.inSample.carriedVariance,
    );
    expect(larger.directions.swapped.heldOut?.silencedVariance).toBe(
      4 * (large.directions.swapped.heldOut?.silencedVariance ?? NaN),
    );
    expect(large.directions.forward.inSample.carriedVariance / 2 ** 660).toBeCloseTo(
      plain.directions.forward.inSample.carriedVariance,
      10,
    );
    expect(larger.directions.forward.heldOutScores?.target[3]).toBe(
      2 * (large.directions.forward.heldOutScores?.target[3] ?? NaN),
    );
    expect(larger.directions.forward.stability?.neurons[0].pattern.high).toBe(
      4 * (large.directions.forward.stability?.neurons[0].pattern.high ?? NaN),
    );
    for (const factor of [2 ** -1000, 2 ** -532, 2 ** 532, 2 ** 1018]) {
      const report = await validate(rows(1, factor), rows(2, factor));
      expect(report.directions.forward.heldOut?.ratio).toBeCloseTo(
        plain.directions.forward.heldOut?.ratio ?? NaN,
        8,
      );
      expect(report.directions.swapped.heldOut?.auc).toBe(plain.directions.swapped.heldOut?.auc);
      expect(report.directions.forward.permutation?.heldOut?.p).toBe(
        plain.directions.forward.permutation?.heldOut?.p,
      );
      expect(report.traceRatio).toBeCloseTo(plain.traceRatio, 10);
      expect(report.directions.forward.silence).toBeCloseTo(
        plain.directions.forward.silence ?? NaN,
        8,
      );
      expect(report.omitted).toEqual(plain.omitted);
      const [warning, ...others] = report.warnings;
      expect(warning.text).toMatch(
        /^Squares of these activations are beyond what a double holds: .* times 2\^-?\d+;/,
      );
      expect(others).toHaveLength(plain.warnings.length);
    }
  }, 120_000);

  it("refuses a condition that is 0.1 everywhere", async () => {
    const flat = rows(3, 1).map((row) => row.map(() => 0.1));
    const message = /\(b\.npy\) does not vary: all 15 rows are the same/;
    await expect(validate(rows(1, 1), flat)).rejects.toThrow(message);
  });
});

describe("projections of a transfer", () => {
  const spread = (factor: number) => [Float64Array.of(factor, -factor), Float64Array.of(0, 0)];

  it("are scaled only if their squares need it", () => {
    expect(projectionFactor(spread(1e50))).toBe(1);
    expect(projectionFactor(spread(2 ** -532))).toBe(2 ** 532);
    expect(projectionFactor(spread(2 ** 532))).toBe(2 ** -532);
    expect(projectionFactor([Float64Array.of(3, 3)])).toBe(1);
  });

  it("come back to their own units unless a variance leaves what a double holds", () => {
    const interval = { low: 1, high: 2 };
    const report = {
      score: { carriedVariance: 4, silencedVariance: 2, ratio: 2, auc: 0.5, magnitudeAuc: 0.5 },
      ratioInterval: interval,
      aucInterval: interval,
    };
    const [back] = unscaleTransfers([report], 2 ** -300) ?? [];
    expect(back.score.carriedVariance).toBe(2 ** 602);
    expect(back.score.ratio).toBe(2);
    expect(unscaleTransfers([report], 2 ** -532)).toBeUndefined();
    expect(unscaleTransfers([report], 2 ** 532)).toBeUndefined();
  });
});
