import { expect, it } from "vitest";
import type { Stability, Tuning } from "../../../../../src/protocol/results.ts";
import { omit } from "../../../../../src/lookup.ts";
import { tuningSentences } from "../../../../../webview/models/validation/tuning.ts";
import { exampleReport, exampleRun } from "../../exampleRun.ts";

const choice = { shrinkage: 0.1, share: 0.99 };
const tuning: Tuning = {
  shrinkages: [0.01, 0.1],
  shares: [0.99],
  chosen: choice,
  folds: [{ ...choice, count: 15 }],
  given: { shrinkage: 0.01, share: 0.99, heldOutRatio: 3.1 },
  largestRatio: 4.2,
  seconds: 2,
};
const angle = { median: 10, low: 5, high: 20 };
const stability: Stability = {
  ...{ resamples: 100, seed: 0, angle },
  subspaceAngle: { ...angle, components: 3 },
  neurons: [],
};

it("says of a choice what it costs, and of resampled loadings that they do not pay for it", () => {
  const report = exampleReport();
  const { summary } = exampleRun();
  const paid = /intervals of loadings keep the choice of all rows/;
  const forward = omit(report.directions.forward, "stability");
  const without = { ...report, directions: { ...report.directions, forward } };
  expect(tuningSentences(tuning, without, summary).join(" ")).not.toMatch(paid);
  const resampled = { ...report.directions, forward: { ...forward, stability } };
  const said = tuningSentences(tuning, { ...report, directions: resampled }, summary);
  expect(said[0]).toContain("All rows choose");
  expect(said.at(-1)).toMatch(paid);
});
