import { describe, expect, it } from "vitest";
import { directionNames } from "../../../src/ged/method/directions.ts";
import { fitReduced } from "../../../src/ged/reduced/fitReduced.ts";
import { reduceSource, type RowSource } from "../../../src/ged/reduced/rowSource.ts";
import { matrix } from "../../../src/linalg/matrix.ts";
import { Workspace } from "../../../src/linalg/small/workspace.ts";
import { initialLabels } from "../../../src/ged/validation/design/units.ts";
import { makeRun } from "../../support/makeRun.ts";
import { randomRows } from "../../support/random.ts";
import { gramInput } from "./validation/support.ts";

/** The two solvers of the method give one answer: see CONTRIBUTING.md. */
describe("the method at full size and reduced", () => {
  const decay = (column: number) => 0.85 ** column;
  const routes = [
    { route: "gram", rows: 12, columns: 40 },
    { route: "covariance", rows: 60, columns: 24 },
    { route: "krylov", rows: 60, columns: 24 },
  ] as const;
  const cases = routes.flatMap((route) =>
    ([0.01, "ledoit-wolf", "oas"] as const).map((shrinkage) => ({ ...route, shrinkage })),
  );

  it.each(cases)("agree on the $route route, g $shrinkage", async (choice) => {
    const { route, rows, columns, shrinkage } = choice;
    const { summary } = await makeRun({ route, shrinkage }, rows, columns, 7);
    const rowsOf = (seed: number) =>
      matrix(rows, columns, Float64Array.from(randomRows(rows, columns, seed, decay).flat()));
    const input = gramInput(rowsOf(7), rowsOf(8));
    const labels = initialLabels(rows, rows);
    const split = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
    const sources: RowSource[] = [{ kind: "gram", gram: input.gram }];
    if (input.rows !== undefined) sources.push({ kind: "coordinates", rows: input.rows });
    for (const source of sources) {
      const workspace = new Workspace();
      const reduced = reduceSource(source, split, {}, workspace);
      const fit = fitReduced(reduced, labels, { keep: { share: 0.99 }, shrinkage }, 3, workspace);
      expect(fit.compression.components).toBe(summary.compression.components);
      for (const direction of directionNames) {
        const [found, wanted] = [fit[direction], summary.directions[direction]];
        expect(found.gamma).toBeCloseTo(summary.shrinkage.gamma[direction], 10);
        expect(found.alpha).toBeCloseTo(summary.shrinkage.alpha[direction], 10);
        found.eigenvalues.forEach((value, c) => {
          expect(value / wanted.eigenvalues[c]).toBeCloseTo(1, 9);
        });
      }
    }
  });
});
