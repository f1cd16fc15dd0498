import { expect, it } from "vitest";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { validateConditions } from "../../../../src/ged/validation/validateConditions.ts";
import { memoryCondition } from "../../../support/memoryCondition.ts";
import { randomRows } from "../../../support/random.ts";
import { quietContext } from "./support.ts";

const trained = 12;
const target = randomRows(20, 10, 3).map((row) => row.map((value, j) => value + (j === 2 ? 3 : 0)));
const reference = randomRows(20, 10, 4);

it("scores tested rows on the mean difference of the training rows, about the middle of their means", async () => {
  const { baselines } = await validateConditions(
    memoryCondition("a", target),
    memoryCondition("b", reference),
    {},
    { keep: { share: 0.99 }, shrinkage: 0.01 },
    {
      ...{ ...defaultValidationOptions, permutations: 0 },
      ...{ trainRows: { start: 0, stop: trained }, testRows: { start: trained, stop: 20 } },
    },
    quietContext(),
  );
  const [up, down] = [target, reference].map((rows) => meanOf(rows.slice(0, trained)));
  const difference = up.map((value, j) => value - down[j]);
  const length = Math.hypot(...difference);
  const score = (row: readonly number[]) =>
    row.reduce((sum, x, j) => sum + ((x - (up[j] + down[j]) / 2) * difference[j]) / length, 0);
  const scores = baselines?.meanDifference.heldOutScores;
  for (const [rows, found] of [
    [target, scores?.target],
    [reference, scores?.reference],
  ] as const) {
    expect(found).toHaveLength(20);
    rows.forEach((row, i) => {
      if (i < trained) expect(found?.[i]).toBeNull();
      else expect(found?.[i]).toBeCloseTo(score(row), 9);
    });
  }
  // Both baselines point from reference to target.
  const discriminant = baselines?.linearDiscriminant.heldOutScores;
  const average = (values: readonly (number | null)[] = []) =>
    values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  expect(average(discriminant?.target)).toBeGreaterThan(average(discriminant?.reference));
});

function meanOf(rows: readonly (readonly number[])[]): number[] {
  return rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j] / rows.length, 0));
}
