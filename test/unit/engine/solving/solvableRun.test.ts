import { describe, expect, it } from "vitest";
import { RunSession } from "../../../src/engine/session.ts";
import { createScriptProducts } from "../../../src/linalg/scriptProducts.ts";
import type { RunDocument } from "../../../src/runs/runDocument.ts";
import { makeRun } from "../../support/makeRun.ts";

const products = createScriptProducts();
const open = (document: RunDocument) => new RunSession("run", document, products);

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

describe("RunSession", () => {
  it.each([
    { shrinkage: 0.1, variance: 0.99 },
    { shrinkage: 0.01, variance: 0.8 },
    { shrinkage: 0.05, variance: 1 },
  ])("re-solves from the document what a new run finds at %o", async (choice) => {
    const session = open(await makeRun());
    const view = session.resolve(choice.shrinkage, choice.variance);
    const fresh = open(await makeRun(choice));
    const { components } = fresh.view.summary.compression;
    expect(view.summary.compression.components).toBe(components);
    expect(view.summary.rank).toEqual(fresh.view.summary.rank);
    view.summary.separation.eigenvalues.forEach((value, i) => {
      expect(value).toBeCloseTo(fresh.view.summary.separation.eigenvalues[i], 8);
    });
    for (const direction of ["forward", "swapped"] as const) {
      const found = await session.component(direction, 1);
      const expected = await fresh.component(direction, 1);
      expect(found.patternWithinSpan).toBe(false);
      for (const part of [
        "filter",
        "pattern",
        "targetProjections",
        "referenceProjections",
      ] as const) {
        expect(largestDifference(found[part], expected[part]), part).toBeLessThan(1e-8);
      }
      expect(found.meanDifference).toBeCloseTo(expected.meanDifference, 8);
    }
  });

  it("comes back to the stored run exactly", async () => {
    const session = open(await makeRun());
    const before = await session.component("forward", 0);
    const { summary } = session.view;
    session.resolve(0.2, 0.9);
    session.resolve(0.01, 0.99);
    expect(session.view.summary).toEqual(summary);
    expect(await session.component("forward", 0)).toEqual(before);
  });

  it("projects rows to the variances that the summary quotes", async () => {
    const session = open(await makeRun());
    const { separation } = session.view.summary;
    const { targetProjections, referenceProjections } = await session.component("forward", 0);
    const variance = (values: Float64Array) =>
      values.reduce((sum, value) => sum + value * value, 0) / (values.length - 1);
    expect(variance(targetProjections)).toBeCloseTo(separation.targetVariance[0], 10);
    expect(variance(referenceProjections)).toBeCloseTo(separation.referenceVariance[0], 10);
  });

  it("answers for components beyond the mapped ones, which carry nothing", async () => {
    const session = open(await makeRun({ variance: 1 }));
    const { eigenvalues } = session.view.summary.separation;
    const last = await session.component("forward", eigenvalues.length - 1);
    expect(last.index).toBeGreaterThanOrEqual(session.view.mappedComponents.forward);
    expect(last.targetProjections.every((value) => Math.abs(value) < 1e-6)).toBe(true);
  });

  it("says what it cannot do and stays as it was", async () => {
    const session = open(await makeRun({ route: "covariance" }, 60, 8));
    const before = session.view;
    await expect(session.component("forward", 99)).rejects.toThrow(/no component 100/);
    expect(session.view).toBe(before);
    const rankDeficient = open(await makeRun());
    expect(() => rankDeficient.resolve(0, 1)).toThrow(/has rank 11 of 22 with shrinkage 0/);
    expect(rankDeficient.view.controls.shrinkage).toBe(0.01);
  });
});
