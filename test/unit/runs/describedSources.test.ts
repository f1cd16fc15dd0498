import { expect, it } from "vitest";
import { describedSources } from "../../../src/runs/describedSources.ts";
import { makeRun } from "../../support/makeRun.ts";

it("what is said of a capture after the run completes what the run recorded, and never replaces it", async () => {
  const run = await makeRun();
  const first = { target: { model: "a" }, reference: {} };
  const recorded = describedSources(run, first);
  expect(recorded.sources.target.provenance).toEqual({
    ...run.sources.target.provenance,
    model: "a",
  });
  expect(recorded.sources.reference).toEqual(run.sources.reference);
  const later = { model: "b", layer: "6" };
  const { sources, tensors } = describedSources(recorded, { target: later, reference: later });
  expect(sources.target.provenance).toMatchObject({ model: "a", layer: "6" });
  expect(sources.reference.provenance).toMatchObject(later);
  expect(tensors).toBe(run.tensors);
});
