import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TransferReport } from "../../src/ged/validation/transfer/transfer.ts";
import type { WrittenScore } from "../../src/runs/written/report.ts";
import type { WrittenSummary } from "../../src/runs/written/summary.ts";
import { eigenlens } from "../support/commandLine.ts";

const him = "samples/him.npy";
const her = "samples/her.npy";
let folder: string;
let run: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
  run = join(folder, "first.ged.safetensors");
  await eigenlens("run", `${him}[rows=0:40]`, `${her}[rows=0:40]`, "--out", run);
});
afterAll(() => rm(folder, { recursive: true }));

describe("eigenlens transfer", () => {
  it.each(["forward", "swapped"])(
    "scores a saved direction as a train/test split does, %s",
    async (direction) => {
      const rows = ["--train-rows", "0:40", "--test-rows", "40:53", "--json"];
      const { validation } = JSON.parse(
        (await eigenlens("run", him, her, ...rows)).output,
      ) as WrittenSummary;
      const expected = direction === "forward" ? validation : validation?.swapped;
      const { code, output } = await eigenlens(
        ...["transfer", run, `${him}[rows=40:53]`, `${her}[rows=40:53]`, "--json"],
        ...(direction === "swapped" ? ["--swapped"] : []),
      );
      expect(code).toBe(0);
      const { score, permutation } = JSON.parse(output) as Omit<TransferReport, "score"> & {
        score: WrittenScore;
      };
      expect(score.ratio / (expected?.heldOut?.ratio ?? Number.NaN)).toBeCloseTo(1, 8);
      expect(score.targetVariance).toBeCloseTo(expected?.heldOut?.targetVariance ?? Number.NaN, 10);
      expect(score.auc).toBe(expected?.heldOut?.auc);
      expect(permutation?.permuted.length).toBe(1000);
    },
  );

  it("warns where the rows are those that were fitted", async () => {
    const { output } = await eigenlens("transfer", run, him, her, "--permutations", "0");
    expect(output).toMatch(
      /^Warning: Some of these rows are rows that the direction was fitted on/,
    );
    const fresh = await eigenlens("transfer", run, `${him}[rows=40:53]`, `${her}[rows=40:53]`);
    expect(fresh.output).toMatch(/^Component 1 on rows that it has not seen: /);
  });

  it("refuses another width, a run that is none and a component that is not there", async () => {
    const narrow = ["test/formats/data/f32.npy", "test/formats/data/f64.npy"];
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[run, ...narrow], /found in 3072 neurons.*16 columns/],
      [[him, him, her], /is not an Eigenlens run document/],
      [[join(folder, "none"), him, her], /there is no such file/],
      [[run, him, her, "--component", "999"], /no component 999/],
    ];
    for (const [words, message] of cases) {
      const { code, errors } = await eigenlens("transfer", ...words);
      expect(code).toBe(1);
      expect(errors).toMatch(message);
      expect(errors.trim().split("\n").length).toBe(1);
    }
  });
});
