import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import type { Condition } from "../../../../src/conditions/condition.ts";
import { openCondition } from "../../../../src/conditions/openCondition.ts";
import { parseSource } from "../../../../src/conditions/parseSource.ts";
import { npyBytes } from "../../../support/fileBytes.ts";
import {} from "../files.ts";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "captures-"));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Requests a and b, their tokens interleaved and out of order. */
const labels = ["a-01234567", "b", "a-01234567", "b", "b"];
const positions = [1, 0, 0, 2, 1];
/** As bfloat16: 1, 2, 3 ... in the first column, 0.5 in the second. */
const firsts = [1, 2, 3, 4, 5];

function capture(name: string, more: object = {}): void {
  const folder = join(root, name);
  mkdirSync(folder);
  const singles = new Float32Array(firsts.flatMap((value) => [value, 0.5]));
  const bits = Uint16Array.from(new Uint32Array(singles.buffer), (each) => each >>> 16);
  const whole = (values: readonly number[]) =>
    npyBytes([5], new Uint8Array(BigInt64Array.from(values, BigInt).buffer), "<i8");
  writeFileSync(join(folder, "layer-6.npy"), npyBytes([5, 2], new Uint8Array(bits.buffer), "<i2"));
  writeFileSync(join(folder, "positions-6.npy"), whole(positions));
  writeFileSync(join(folder, "tokens-6.npy"), whole([9, 8, 7, 6, 5]));
  const outputs = [
    { request_id: "b", prompt: "with her", outputs: [] },
    { request_id: "a", prompt: "with him", outputs: [] },
  ];
  const manifest = {
    ...{ version: 1, layers: { 6: { dtype: "bfloat16", req_ids: labels } }, layouts: {} },
    ...{ component: "hidden_states", model: "m", sample_indices: [0, 1], outputs },
    ...more,
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
}

async function firstColumn(source: string): Promise<number[]> {
  return withCondition(source, async (condition) => {
    const values = new Float64Array(condition.rows * condition.columns);
    await condition.readRows(0, condition.rows, values);
    return Array.from({ length: condition.rows }, (_, row) => values[row * condition.columns]);
  });
}

async function withCondition<Result>(
  source: string,
  use: (condition: Condition) => Promise<Result>,
): Promise<Result> {
  const condition = await openCondition(parseSource(join(root, source)), nodeFileSystem);
  try {
    return await use(condition);
  } finally {
    await condition.close();
  }
}

describe("an EasySteer capture", () => {
  beforeAll(() => capture("capture"));

  it("takes tokens by their positions, prompts in their order", async () => {
    expect(await firstColumn("capture#layer-6[token=last]")).toEqual([4, 1]);
    expect(await firstColumn("capture[layer=6,token=0]")).toEqual([2, 3]);
    expect(await firstColumn("capture#layer-6[token=mean]")).toEqual([11 / 3, 2]);
  });

  it("has a row for each token where none is chosen, in the folder and in the file alone", async () => {
    expect(await firstColumn("capture#layer-6")).toEqual(firsts);
    expect(await firstColumn("capture/layer-6.npy")).toEqual(firsts);
    expect(await firstColumn("capture#layer-6[request=a]")).toEqual([1, 3]);
    expect(await firstColumn("capture#layer-6[prompt~/her/]")).toEqual([2, 4, 5]);
    expect(await firstColumn("capture#layer-6[position=0]")).toEqual([2, 3]);
  });

  it("says where it comes from, and which tokens belong together", async () => {
    await withCondition("capture#layer-6", (condition) => {
      const { capture: found, clusters } = condition;
      expect(found).toEqual({
        ...{ captured_with: "EasySteer", model: "m", component: "residual", layer: "6" },
      });
      expect(clusters).toEqual(["a", "b", "a", "b", "b"]);
      return Promise.resolve();
    });
  });

  it("is refused where the manifest contradicts its arrays", async () => {
    capture("type", { layers: { 6: { dtype: "float32", req_ids: labels } } });
    capture("rows", { layers: { 6: { dtype: "bfloat16", req_ids: labels.slice(1) } } });
    capture("version", { version: 2 });
    capture("missing", { layers: { 7: { dtype: "float32", req_ids: labels } } });
    await expect(firstColumn("type#layer-6")).rejects.toThrow(/says float32, but .* int16/);
    await expect(firstColumn("rows#layer-6")).rejects.toThrow(/labels 4 tokens, but .* \[5, 2\]/);
    await expect(firstColumn("version")).rejects.toThrow(/version 2/);
    await expect(firstColumn("missing#layer-7")).rejects.toThrow(/missing \(layer-7\.npy\)|mixes/);
  });
});

describe("16-bit integers without a manifest", () => {
  it("are read as integers with a note, and as bfloat16 if asked", async () => {
    const bits = Uint16Array.from([0x3f80, 0x4000, 0x4040, 0x4080]);
    const bytes = npyBytes([2, 2], new Uint8Array(bits.buffer), "<i2");
    writeFileSync(join(root, "plain.npy"), bytes);
    expect(await firstColumn("plain.npy")).toEqual([0x3f80, 0x4040]);
    expect(await firstColumn("plain.npy[dtype=bfloat16]")).toEqual([1, 3]);
    await withCondition("plain.npy", ({ notes }) => {
      expect(notes?.join()).toMatch(/integers of 16 bits .* \[dtype=bfloat16\]/);
      return Promise.resolve();
    });
  });
});
