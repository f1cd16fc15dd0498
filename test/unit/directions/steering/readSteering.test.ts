import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { readSteering } from "../../../../src/directions/steering/readSteering.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
const path = join(folder, "him-her.steering.json");
afterAll(() => rmSync(folder, { recursive: true }));

const change = { shift: { mean: 1, low: 0.5, high: 1.5 }, kl: { mean: 0.1 } };
const subject = {
  format: "eigenlens.steering/1",
  filter_sha256: "a".repeat(64),
  carried: "him",
  silenced: "her",
  index: 2,
  model: "m",
  layer: 6,
  tokens: "he/she",
  prompts: 48,
};
const added = {
  ...subject,
  ...{ kind: "add", use: "mean-difference" },
  steps: [{ step: -1, ...change }],
  random: [change],
  shiftAtKl: { kl: 0.1, shift: 1 },
};

describe("results of a steering script", () => {
  it("are read from what adding wrote", async () => {
    expect(await read(added)).toEqual({
      path,
      filterHash: "a".repeat(64),
      ...{ carried: "him", index: 1, model: "m", tokens: "he/she", prompts: 48 },
      measured: {
        ...{ kind: "add", use: "mean-difference" },
        steps: [{ step: -1, ...measured }],
        random: [measured],
      },
    });
  });

  it("are read from what erasing wrote, with and without a gap", async () => {
    const erased = { ...subject, kind: "erase", ...change, random: [] };
    const gap = { before: 2, after: 0.1 };
    expect((await read(erased)).measured).toEqual({ kind: "erase", ...measured, random: [] });
    expect((await read({ ...erased, gapBefore: 2, gapAfter: 0.1 })).measured).toMatchObject({
      gap,
    });
  });

  it.each<[string | object, RegExp]>([
    ["{", /is damaged at JSON/],
    ['{"shift": NaN}', /is damaged at JSON/],
    ["[]", /holds no results of a steering script/],
    ["null", /holds no results of a steering script/],
    [{ ...added, format: "eigenlens.direction/1" }, /holds no results of a steering script/],
    [{ ...added, format: "eigenlens.steering/2" }, /written for a newer Eigenlens .*update/],
    [{ ...added, filter_sha256: "../x" }, /damaged at filter_sha256/],
    [{ ...added, index: 0 }, /damaged at index/],
    [{ ...added, index: 1.5 }, /damaged at index/],
    [{ ...added, use: "weights" }, /damaged at use/],
    [{ ...added, steps: [] }, /damaged at steps/],
    [{ ...added, steps: [{ step: 1, shift: change.shift }] }, /damaged at steps\[0\]\.kl/],
    [{ ...added, random: [{ ...change, kl: { mean: "1" } }] }, /damaged at random\[0\]\.kl\.mean/],
    [{ ...added, random: Array(1001).fill(change) }, /damaged at random/],
    [{ ...added, model: 3 }, /damaged at model/],
    [{ ...added, kind: "shout" }, /damaged at kind/],
    [{ ...subject, kind: "read", carried: "him" }, /only reads.*adds or erases/],
  ])("are refused in one line: %j", async (content, line) => {
    const refusal = read(content);
    await expect(refusal).rejects.toThrow(line);
    await expect(refusal).rejects.toThrow(/^[^\n]+$/);
  });

  it("are refused if the file has more than any such file, before it is read", async () => {
    await expect(read(" ".repeat(5 * 2 ** 20))).rejects.toThrow(/holds no results/);
  });
});

const measured = {
  shift: { mean: 1, interval: { low: 0.5, high: 1.5 } },
  kl: { mean: 0.1 },
};

function read(content: string | object) {
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return readSteering(path, nodeFileSystem);
}
