import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { readDocumentFile } from "../../../src/runs/reading/readDocument.ts";
import type { WrittenSummary } from "../../../src/runs/written/summary.ts";
import { eigenlens } from "../../support/commandLine.ts";
import { samples } from "../../unit/ged/validation/support.ts";
import { variance } from "../../support/variance.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Variance (ddof = 1) of rows `start` to `stop` along a direction, by the definition. */
function varianceAlong(
  rows: { readonly columns: number; readonly values: Float64Array },
  direction: ArrayLike<number>,
  start: number,
  stop: number,
): number {
  const scores: number[] = [];
  for (let i = start; i < stop; i += 1) {
    let sum = 0;
    let square = 0;
    for (let j = 0; j < rows.columns; j += 1) {
      sum += rows.values[i * rows.columns + j] * direction[j];
      square += direction[j] ** 2;
    }
    scores.push(sum / Math.sqrt(square));
  }
  return variance(scores);
}

describe("one train/test split", () => {
  it("is the plain quotient of variances on exactly the tested rows", async () => {
    const path = join(folder, "split.ged.safetensors");
    const { code, output } = await eigenlens(
      ...["run", "samples/him.npy", "samples/her.npy", "--repeats", "1", "--json"],
      ...["--train-rows", "5:40", "--test-rows", "41:53", "--out", path],
    );
    expect(code).toBe(0);
    const { validation } = JSON.parse(output) as WrittenSummary;
    const { him, her } = await samples();
    const { tensors } = await readDocumentFile(path, nodeFileSystem);
    for (const [direction, report, carried, silenced] of [
      ["separation", validation, him, her],
      ["swapped", validation?.swapped, her, him],
    ] as const) {
      const filter = tensors[`${direction}.filters`];
      if (filter === undefined) throw new Error(`${direction} has no filters.`);
      const first = filter.values.subarray(0, filter.shape[1]);
      const up = varianceAlong(carried, first, 41, 53);
      const down = varianceAlong(silenced, first, 41, 53);
      expect((report?.heldOut?.targetVariance ?? NaN) / up).toBeCloseTo(1, 5);
      expect((report?.heldOut?.referenceVariance ?? NaN) / down).toBeCloseTo(1, 5);
      expect((report?.heldOut?.ratio ?? NaN) / (up / down)).toBeCloseTo(1, 5);
    }
  });
});

describe("the report of a validation", () => {
  it("has every key that a reader is promised, for both directions", async () => {
    const path = join(folder, "validated.ged.safetensors");
    const { output } = await eigenlens(
      ...["run", "samples/him.npy", "samples/her.npy", "--validate", "--json"],
      ...["--permutations", "40", "--repeats", "1", "--out", path],
    );
    const { validation } = JSON.parse(output) as WrittenSummary;
    expect(Object.keys(validation ?? {})).toEqual(
      expect.arrayContaining([
        ...["inSample", "heldOut", "heldOutRatioInterval", "components", "permutation", "swapped"],
        ...["verdict", "distinct", "clusters", "traceRatio", "relativeRatio", "silence", "maxP"],
        ...["heldOutScores", "noiseEdge", "learningCurve", "permutations", "estimand", "warnings"],
      ]),
    );
    expect(Object.keys(validation?.swapped ?? {})).toEqual(
      expect.arrayContaining([
        ...["inSample", "heldOut", "heldOutRatioInterval", "components", "permutation"],
        ...["verdict", "relativeRatio", "silence", "heldOutScores", "noiseEdge"],
        ...["learningCurve", "estimand"],
      ]),
    );
    expect(validation?.permutations?.repeats).toBe(1);
    expect(validation?.scheme).toMatchObject({ kind: "crossValidation", repeats: 1 });
    const kept = (await readDocumentFile(path, nodeFileSystem)).summary.validation;
    expect(kept?.directions.forward.learningCurve).toEqual(validation?.learningCurve);
    expect(kept?.directions.swapped.learningCurve).toEqual(validation?.swapped.learningCurve);
    for (const curve of [validation?.learningCurve, validation?.swapped.learningCurve]) {
      expect(curve?.at(-1)?.rows).toBe(106);
      for (const point of curve ?? []) {
        expect(Object.keys(point).sort()).toEqual(["high", "low", "ratio", "rows"]);
      }
    }
  });
});
