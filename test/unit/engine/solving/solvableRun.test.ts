import { describe, expect, it } from "vitest";
import { SolvableRun } from "../../../../src/engine/solving/solvableRun.ts";
import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { makeRun } from "../../../support/makeRun.ts";
import { variance } from "../../../support/variance.ts";

const products = createScriptProducts();
const open = (document: RunDocument) => new SolvableRun("run", document, products);

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

describe("a run that can be solved", () => {
  it.each([
    { shrinkage: 0.1, variance: 0.99 },
    { shrinkage: 0.01, variance: 0.8 },
    { shrinkage: 0.05, variance: 1 },
  ])("finds from the document what a new run finds at %o", async (choice) => {
    const { shrinkage, variance } = choice;
    const solved = open(await makeRun()).solve(choice);
    const { summary } = solved.solution;
    const fresh = open(await makeRun({ shrinkage, keep: { share: variance } })).made;
    const expected = fresh.solution.summary;
    expect(solved.solution.choice).toEqual(choice);
    expect(summary.compression.components).toBe(expected.compression.components);
    expect(summary.rank).toEqual(expected.rank);
    summary.directions.forward.eigenvalues.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.directions.forward.eigenvalues[i], 8);
    });
    for (const direction of ["forward", "swapped"] as const) {
      const found = await solved.component(direction, 1);
      const wanted = await fresh.component(direction, 1);
      expect(found).toMatchObject({ run: "run", choice, patternWithinSpan: false });
      for (const part of [
        "filter",
        "pattern",
        "targetProjections",
        "referenceProjections",
      ] as const) {
        expect(largestDifference(found[part], wanted[part]), part).toBeLessThan(1e-8);
      }
      expect(found.meanDifference).toBeCloseTo(wanted.meanDifference, 8);
    }
  });

  it("gives the solution that it was made with as the document has it", async () => {
    const document = await makeRun();
    const run = open(document);
    run.solve({ shrinkage: 0.2, variance: 0.9 });
    const made = run.solve({ shrinkage: 0.01, variance: 0.99 });
    expect(made).toBe(run.made);
    const { header } = run;
    expect({ ...header.summary, ...made.solution.summary, validation: null }).toEqual(
      document.summary,
    );
    const { filter } = await made.component("forward", 0);
    expect(await made.component("forward", 0)).toEqual(await run.made.component("forward", 0));
    expect(Math.hypot(...filter)).toBeCloseTo(1, 12);
  });

  it.each(["ledoit-wolf", "oas"] as const)(
    "shows an estimate of %s as a number that one would type, and maps with each direction's own",
    async (shrinkage) => {
      const document = await makeRun({ shrinkage });
      const { gamma } = document.summary.shrinkage;
      const run = open(document);
      const { made } = run.header;
      expect(made.shrinkage).toBe(Number(gamma.forward.toPrecision(4)));
      expect(run.solve(made)).toBe(run.made);
      expect(run.made.solution.summary.shrinkage).toEqual({
        ...{ estimator: shrinkage, gamma },
        alpha: document.summary.shrinkage.alpha,
      });
      // A component that the document lacks is mapped anew: its loadings are those of the same solution.
      const names = ["filters", "patterns", "vectors"].map((part) => `swapped.${part}`);
      const tensors = Object.fromEntries(
        Object.entries(document.tensors).map(([name, tensor]) => [
          name,
          names.includes(name)
            ? { shape: [0, tensor.shape[1]], values: new Float64Array(0) }
            : tensor,
        ]),
      );
      const fewer = open({ ...document, tensors }).made;
      expect(fewer.solution.mappedComponents.swapped).toBe(0);
      const wanted = await run.made.component("swapped", 0);
      const found = await fewer.component("swapped", 0);
      expect(largestDifference(found.filter, wanted.filter)).toBeLessThan(1e-8);
    },
  );

  it("projects rows to the variances that the summary quotes", async () => {
    const { made } = open(await makeRun());
    const { forward } = made.solution.summary.directions;
    const { targetProjections, referenceProjections } = await made.component("forward", 0);
    expect(variance(targetProjections)).toBeCloseTo(forward.carriedVariance[0], 10);
    expect(variance(referenceProjections)).toBeCloseTo(forward.silencedVariance[0], 10);
  });

  it("answers for components beyond the mapped ones, which carry nothing", async () => {
    const { made } = open(await makeRun({ keep: { share: 1 } }));
    const { eigenvalues } = made.solution.summary.directions.forward;
    const last = await made.component("forward", eigenvalues.length - 1);
    expect(last.index).toBeGreaterThanOrEqual(made.solution.mappedComponents.forward);
    expect(last.targetProjections.every((value) => Math.abs(value) < 1e-6)).toBe(true);
  });

  it("says what it cannot do", async () => {
    const { made } = open(await makeRun({ route: "covariance" }, 60, 8));
    await expect(made.component("forward", 99)).rejects.toThrow(/no component 100/);
    const run = open(await makeRun());
    const solve = (shrinkage: number, variance: number) => () => run.solve({ shrinkage, variance });
    expect(solve(0, 1)).toThrow(/has rank 11 of 22 with shrinkage 0/);
    expect(solve(2, 0.99)).toThrow(/shrinkage is 2/);
    expect(solve(Number.NaN, 0.99)).toThrow(/shrinkage is NaN/);
    expect(solve(0.1, 0)).toThrow(/share of variance is 0/);
  });
});
