import { describe, expect, it } from "vitest";
import { StaleRuns } from "../../../../extension/runList/staleRuns.ts";

/** Files by path, as they are now. */
function disk(files: Record<string, { byteLength: number; modified: number }>) {
  const asked: string[] = [];
  return {
    files,
    asked,
    stat: (path: string) => {
      asked.push(path);
      if (path === "forbidden.npy") return Promise.reject(new Error("no"));
      return Promise.resolve(files[path]);
    },
  };
}

const him = { path: "him.npy", byteLength: 10, modified: 1000 };
const her = { path: "her.npy", byteLength: 10, modified: 1000 };
const run = { runId: "run", stamps: [him, her] };

describe("runs whose files changed", () => {
  it("are told by size and time, and a file is asked once for all runs", async () => {
    const { stat, files, asked } = disk({ "him.npy": him, "her.npy": her });
    const stale = new StaleRuns(stat);
    expect(await stale.check([run, { ...run, runId: "other" }])).toBe(false);
    expect(stale.changeOf("run")).toBeUndefined();
    expect(asked).toEqual(["him.npy", "her.npy"]);
    files["him.npy"] = { byteLength: 10, modified: 5000 };
    expect(await stale.check([run])).toBe(true);
    expect(stale.changeOf("run")).toBe("changed");
    expect(await stale.check([run])).toBe(false);
    delete files["her.npy"];
    expect(await stale.check([run])).toBe(true);
    expect(stale.changeOf("run")).toBe("missing");
  });

  it("do not count once their bytes turned out to be the same, until they change again", async () => {
    const { stat, files } = disk({ "him.npy": { ...him, modified: 5000 }, "her.npy": her });
    const stale = new StaleRuns(stat);
    await stale.check([run]);
    await stale.trust(["him.npy"]);
    expect(await stale.check([run])).toBe(true);
    expect(stale.changeOf("run")).toBeUndefined();
    files["him.npy"] = { byteLength: 11, modified: 5000 };
    await stale.check([run]);
    expect(stale.changeOf("run")).toBe("changed");
  });

  it("do not miss what was a notebook's variable, but say so; any other change goes first", async () => {
    const origin = { notebook: "walk.ipynb", variable: "him" };
    const { stat, files } = disk({ "her.npy": her });
    const stale = new StaleRuns(stat);
    const ofNotebook = { runId: "run", stamps: [{ ...him, origin }, her] };
    await stale.check([ofNotebook]);
    expect(stale.changeOf("run")).toBe("notKept");
    files["her.npy"] = { byteLength: 11, modified: 1000 };
    await stale.check([ofNotebook]);
    expect(stale.changeOf("run")).toBe("changed");
  });

  it("count a file that cannot be looked at as missing", async () => {
    const { stat } = disk({});
    const stale = new StaleRuns(stat);
    const stamp = { path: "forbidden.npy", byteLength: 1, modified: 1 };
    await stale.check([{ runId: "run", stamps: [stamp] }]);
    expect(stale.changeOf("run")).toBe("missing");
  });
});
