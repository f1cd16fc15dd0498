import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { Cancellation } from "../../../src/cancellation.ts";
import { Engine } from "../../../src/engine/engine.ts";
import type { Progress } from "../../../src/protocol/engine.ts";
import type { LensRequest } from "../../../src/protocol/steering.ts";

const data = join(import.meta.dirname, "..", "directions", "lens", "data");
/** NumPy's products: W[i, j] = sin(3 i + 7 j + 1), [12, 5], with cos(j), and through norm and projection. */
const numpy = JSON.parse(readFileSync(join(data, "numpy.json"), "utf8")) as Record<
  string,
  number[]
>;
const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
const vocabulary = join(folder, "tokens.txt");
writeFileSync(vocabulary, Array.from({ length: 12 }, (_, i) => `t${String(i)}\n`).join(""));
const engine = new Engine(nodeFileSystem);
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true });
});

const cosines = Float64Array.from({ length: 5 }, (_, j) => Math.cos(j));
const request: LensRequest = {
  directions: { meanDifference: cosines, filter: cosines.map((v) => -v), pattern: cosines },
  files: { unembedding: { path: join(data, "unembedding.npy") }, vocabulary },
  most: 12,
};
const at = (file: string) => ({ path: join(data, file) });

describe("the engine's logit lens", () => {
  it("equals NumPy's product, for each direction", async () => {
    const found = await engine.lens(request, quietly());
    expectLogits(found.meanDifference.up, numpy.plain ?? []);
    expectLogits(
      found.filter.up,
      (numpy.plain ?? []).map((value) => -value),
    );
    expect(found.pattern).toEqual(found.meanDifference);
  });

  it.each(["rms", "layer", "gemma"] as const)("goes through a final norm: %s", async (kind) => {
    const files = { ...request.files, norm: { weight: at("norm.npy"), kind } };
    const found = await engine.lens({ ...request, files }, quietly());
    expectLogits(found.meanDifference.up, numpy[kind] ?? []);
  });

  it("goes through an MLP's projection, and reads a transposed unembedding", async () => {
    const sines = Float64Array.from({ length: 7 }, (_, j) => Math.sin(j));
    const directions = { meanDifference: sines, filter: sines, pattern: sines };
    const files = { ...request.files, unembedding: at("transposed.npy"), down: at("down.npy") };
    const found = await engine.lens({ ...request, directions, files }, quietly());
    expectLogits(found.meanDifference.up, numpy.down ?? []);
  });

  it("tells how far it is, and ends when it is cancelled", async () => {
    const cancellation = new Cancellation();
    const told: Progress[] = [];
    const report = (progress: Progress): void => {
      told.push(progress);
      cancellation.request();
    };
    await engine.lens(request, { cancellation, report });
    expect(told).toEqual([{ step: "Reading the unembedding", fraction: 0 }]);
    await expect(engine.lens(request, { cancellation, report })).rejects.toMatchObject({
      code: "cancelled",
    });
  });

  it.each([
    [{ unembedding: at("quantised.npy") }, /int8, so it is quantised/],
    [{ unembedding: at("down.npy") }, /names 12 tokens, .* has 7: it belongs to another model/],
    [{ unembedding: at("norm.npy") }, /give the unembedding of the same model/],
    [{ unembedding: at("missing.npy") }, /no such file/],
    [{ vocabulary: join(data, "norm.npy") }, /no token names that can be read: it is no UTF-8/],
    [{ norm: { weight: at("unembedding.npy"), kind: "rms" as const } }, /not a vector of 5 values/],
    [{ down: at("norm.npy") }, /projection from these neurons/],
  ])("refuses what does not belong to the model in one line: %j", async (change, line) => {
    const files = { ...request.files, ...change };
    const refusal = engine.lens({ ...request, files }, quietly());
    await expect(refusal).rejects.toThrow(line);
    await expect(refusal).rejects.toThrow(/^[^\n]+$/);
  });
});

function quietly() {
  return { cancellation: new Cancellation(), report: () => undefined };
}

function expectLogits(
  found: readonly { readonly id: number; readonly logit: number }[],
  wanted: readonly number[],
): void {
  expect(found).toHaveLength(wanted.length);
  for (const { id, logit } of found) expect(logit).toBeCloseTo(wanted[id] ?? NaN, 12);
}
