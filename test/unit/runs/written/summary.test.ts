import { expect, it } from "vitest";
import { summaryOf, writtenSummary } from "../../../../src/runs/written/summary.ts";
import { richDocument } from "../../../support/richDocument.ts";

it("writes both directions under the keys that readers know, and reads them back", async () => {
  const { summary } = await richDocument();
  const { directions, shrinkage, validation } = summary;
  const written = writtenSummary(summary);
  expect(written).not.toHaveProperty("directions");
  expect(written.separation).toEqual({
    eigenvalues: directions.forward.eigenvalues,
    targetVariance: directions.forward.carriedVariance,
    referenceVariance: directions.forward.silencedVariance,
  });
  // S is the reference there.
  expect(written.swapped.targetVariance).toEqual(directions.swapped.carriedVariance);
  expect(written.shrinkage).toEqual({
    gamma: shrinkage.gamma.forward,
    alpha: shrinkage.alpha.forward,
    alphaSwapped: shrinkage.alpha.swapped,
  });
  const report = written.validation;
  expect(report).not.toHaveProperty("directions");
  expect(report?.verdict).toBe(validation?.directions.forward.verdict);
  expect(report?.swapped.heldOut?.targetVariance).toBe(
    validation?.directions.swapped.heldOut?.carriedVariance,
  );
  expect(report?.swapped.components[1]?.inSample.referenceVariance).toBe(
    validation?.directions.swapped.components[1]?.inSample.silencedVariance,
  );
  expect(report?.baselines?.meanDifference.inSample).not.toHaveProperty("carriedVariance");
  expect(summaryOf(written)).toEqual(summary);
});

it("writes what was estimated of either condition, and reads a document of one number for both", async () => {
  const { summary } = await richDocument();
  const { alpha } = summary.shrinkage;
  const estimated = {
    ...summary,
    shrinkage: { estimator: "oas", gamma: { forward: 0.2, swapped: 0.3 }, alpha },
  } as const;
  const written = writtenSummary(estimated);
  expect(written.shrinkage).toEqual({
    ...{ estimator: "oas", gamma: 0.2, gammaSwapped: 0.3 },
    ...{ alpha: alpha.forward, alphaSwapped: alpha.swapped },
  });
  expect(summaryOf(written)).toEqual(estimated);
  const { gamma, alphaSwapped } = written.shrinkage;
  const earlier = { ...written, shrinkage: { gamma, alpha: alpha.forward, alphaSwapped } };
  expect(summaryOf(earlier).shrinkage.gamma).toEqual({ forward: 0.2, swapped: 0.2 });
});

it("keeps entries that it does not know", async () => {
  const { summary } = await richDocument();
  const written = writtenSummary(summary);
  const { validation } = written;
  if (validation === null) throw new Error("not validated");
  const newer = { ...written, extra: 1, validation: { ...validation, added: [2] } };
  expect(writtenSummary(summaryOf(newer))).toEqual(newer);
});
