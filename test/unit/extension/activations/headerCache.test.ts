import { describe, expect, it } from "vitest";
import { EigenlensError } from "../../../../src/errors.ts";
import type { FileSummary } from "../../../../src/protocol/engine.ts";
import { HeaderCache } from "../../../../extension/activations/headerCache.ts";

const summary = (path: string): FileSummary => ({
  path,
  format: "npy",
  byteLength: 80,
  tensors: [],
});

describe("the header cache", () => {
  it("reads each file once, two at a time", async () => {
    let open = 0;
    let most = 0;
    const asked: string[] = [];
    const cache = new HeaderCache(async (path) => {
      asked.push(path);
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open--;
      return summary(path);
    });
    const paths = ["a", "b", "c", "d", "e"];
    await Promise.all([...paths, ...paths].map((path) => cache.read(path)));
    expect(asked.sort()).toEqual(paths);
    expect(most).toBe(2);
    expect(cache.peek("a")).toEqual({ summary: summary("a") });
  });

  it("keeps the one line of a file that cannot be read, and goes on", async () => {
    const cache = new HeaderCache((path) =>
      path === "bad"
        ? Promise.reject(new EigenlensError("file-format", "bad is empty."))
        : Promise.resolve(summary(path)),
    );
    expect(await cache.read("bad")).toEqual({ failure: "bad is empty." });
    expect(await cache.read("good")).toEqual({ summary: summary("good") });
  });

  it("does not keep a fault of the engine as one of the file", async () => {
    let reads = 0;
    const cache = new HeaderCache((path) => {
      reads += 1;
      return reads === 1
        ? Promise.reject(new EigenlensError("internal", "The engine was restarted."))
        : Promise.resolve(summary(path));
    });
    expect(await cache.read("a")).toEqual({ failure: "The engine was restarted." });
    expect(cache.peek("a")).toBeUndefined();
    expect(await cache.read("a")).toEqual({ summary: summary("a") });
  });

  it("reads again what changed", async () => {
    let reads = 0;
    const cache = new HeaderCache((path) =>
      Promise.resolve({ ...summary(path), byteLength: ++reads }),
    );
    await cache.read("a");
    cache.forget("a");
    expect(cache.peek("a")).toBeUndefined();
    expect(await cache.read("a")).toMatchObject({ summary: { byteLength: 2 } });
  });
});
