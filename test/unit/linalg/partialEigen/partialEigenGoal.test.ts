import { expect, test } from "vitest";
import { PartialEigenGoal } from "../../../../src/linalg/partialEigen/partialEigenGoal.ts";

const n = 1000;

/** Five values stand out of a spectrum that decays at this rate. */
function behindOutliers(rate: number) {
  const values = Float64Array.from(
    { length: n },
    (_, i) => (i < 5 ? 9 : 1) * Math.exp((-rate * i) / n),
  );
  const trace = values.reduce((sum, value) => sum + value, 0);
  const frobeniusNorm = Math.hypot(...values);
  return { values, spectrum: { trace, frobeniusNorm } };
}

test("a few large eigenvalues hide a flat spectrum only until they are known", () => {
  const { values, spectrum } = behindOutliers(7);
  const goal = new PartialEigenGoal(spectrum, { share: 0.99 });
  expect(goal.wantsTooManyOf(n)).toBe(false);
  expect(goal.wantsTooManyBeside(() => values.slice(0, 64), n)).toBe(true);
  // Too small yet: less is known, and nothing wrong.
  const early = values.slice(0, 64).map((value) => 0.6 * value);
  expect(goal.wantsTooManyBeside(() => early, n)).toBe(false);
});

test("a spectrum that decays is searched whatever stands out of it", () => {
  const { values, spectrum } = behindOutliers(30);
  const goal = new PartialEigenGoal(spectrum, { share: 0.99 });
  expect(goal.wantsTooManyBeside(() => values.slice(0, 64), n)).toBe(false);
});

test("an estimated norm and a count of pairs say nothing of the rest", () => {
  const { spectrum } = behindOutliers(7);
  const refuse = (): Float64Array => {
    throw new Error("not to be asked for");
  };
  const estimated = new PartialEigenGoal({ ...spectrum, isEstimate: true }, { share: 0.99 });
  expect(estimated.wantsTooManyBeside(refuse, n)).toBe(false);
  const counted = new PartialEigenGoal(spectrum, { count: 300 });
  expect(counted.wantsTooManyBeside(refuse, n)).toBe(false);
});
