import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import type { WrittenSummary } from "../../src/runs/written/summary.ts";
import { eigenlens } from "../support/commandLine.ts";

/** What a source must become, or the words of its error. */
interface Report {
  readonly expect?: string;
  readonly error?: readonly string[];
  readonly validate?: readonly [string, string];
  readonly why: string;
}

const files = join(__dirname, "data/reports");
const manifest = JSON.parse(readFileSync(join(files, "manifest.json"), "utf8")) as Readonly<
  Record<string, Report>
>;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reports-"));
  cpSync(files, folder, { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function values(path: string): Promise<{ shape: readonly number[]; values: Float32Array }> {
  const file = await openActivationFile(path, nodeFileSystem);
  const { shape } = file.tensors[0];
  const found = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  await file.readRows("", 0, shape[0], found);
  await file.close();
  // Texts hold float32 in as many digits as it takes.
  return { shape, values: Float32Array.from(found) };
}

async function validation(target: string, reference: string) {
  const { code, output, errors } = await eigenlens(
    ...["run", join(folder, target), join(folder, reference)],
    ...["--validate", "--json", "--permutations", "99", "--no-extended"],
  );
  expect(errors).toBe("");
  expect(code).toBe(0);
  const report = (JSON.parse(output) as WrittenSummary).validation;
  if (report === null) throw new Error("The run was not validated.");
  return report;
}

describe("files of the kinds that public reports name", () => {
  it.each(Object.entries(manifest))("%s", async (source, wanted) => {
    const place = join(folder, source);
    if (wanted.expect !== undefined) {
      const output = join(folder, "output.npy");
      const { code, errors } = await eigenlens("convert", place, output);
      expect([code, errors.replace(/^Note: .*\n/gm, "")]).toEqual([0, ""]);
      expect(await values(output)).toEqual(await values(join(folder, wanted.expect)));
      return;
    }
    if (wanted.error !== undefined) {
      const { code, errors } = await eigenlens("convert", place, join(folder, "output.npy"));
      expect(code).toBe(1);
      for (const words of wanted.error) expect(errors.toLowerCase()).toContain(words);
      expect(errors.trimEnd().split("\n")).toHaveLength(1);
      expect(errors).not.toMatch(/damaged/);
      return;
    }
    const [target, reference] = wanted.validate ?? ["", ""];
    const repeated = await validation(target, reference);
    const once = await validation("once_a.npy", "once_b.npy");
    expect(repeated.warnings.map(({ code }) => code)).toContain("repeatedRows");
    expect(repeated.distinct).toEqual(once.distinct);
    expect(repeated.permutation?.heldOut?.p).toBeGreaterThan(0.05);
    const times = (repeated.heldOut?.ratio ?? NaN) / (once.heldOut?.ratio ?? NaN);
    expect(Math.abs(Math.log(times))).toBeLessThan(Math.log(3));
  });
});
