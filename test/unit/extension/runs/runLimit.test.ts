import { describe, expect, it } from "vitest";
import { runsBeyond, totalSize } from "../../../../extension/runs/runLimit.ts";
import type { RunEntry } from "../../../../extension/runs/runEntry.ts";

const run = (runId: string, created: string, byteLength: number): RunEntry => ({
  ...{ runId, created, byteLength, target: "him", reference: "her" },
  ...{ targetPath: "him.npy", referencePath: "her.npy", stamps: [] },
  ...{ components: 1, variance: 0.99, shrinkage: 0.01, inSampleRatio: 1 },
});
const runs = [run("c", "2026-03", 30), run("a", "2026-01", 10), run("b", "2026-02", 20)];
const beyond = (limit: number, kept: readonly string[] = []) =>
  runsBeyond(runs, limit, new Set(kept)).map(({ runId }) => runId);

describe("runs beyond a limit", () => {
  it("are the oldest, and no more than need be", () => {
    expect(totalSize(runs)).toBe(60);
    expect(beyond(Infinity)).toEqual([]);
    expect(beyond(60)).toEqual([]);
    expect(beyond(59)).toEqual(["a"]);
    expect(beyond(50)).toEqual(["a"]);
    expect(beyond(49)).toEqual(["a", "b"]);
    expect(beyond(0)).toEqual(["a", "b", "c"]);
  });

  it("are none of those kept, even if the others do not make enough room", () => {
    expect(beyond(40, ["a"])).toEqual(["b"]);
    expect(beyond(0, ["a", "c"])).toEqual(["b"]);
    expect(beyond(0, ["a", "b", "c"])).toEqual([]);
  });
});
