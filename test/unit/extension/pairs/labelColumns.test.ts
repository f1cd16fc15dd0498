import { describe, expect, it } from "vitest";
import { findColumns, withinFolders } from "../../../../extension/pairs/labelColumns.ts";
import { EigenlensError } from "../../../../src/errors.ts";
import type { LabelColumn } from "../../../../src/protocol/pairs.ts";

const column = (path: string, tensor: string, count: number, rows = 90): LabelColumn => ({
  ...{ source: { path, tensor }, column: "topic", count, rows },
  labels: ["sea", "war", "tax"],
});
const held: Readonly<Record<string, readonly LabelColumn[]>> = {
  "/w/a.npz": [column("/w/a.npz", "x", 3), column("/w/a.npz", "y", 40)],
  "/w/b.npz": [column("/w/b.npz", "x", 20, 200)],
};
const read = (path: string): Promise<readonly LabelColumn[]> => {
  const found = held[path];
  return found
    ? Promise.resolve(found)
    : Promise.reject(new EigenlensError("file-format", `${path} is damaged.`));
};

describe("the columns that are offered", () => {
  it("have at most as many labels as can be compared, those of most rows first", async () => {
    const { fitting, tooMany } = await findColumns(
      [{ path: "/w/a.npz" }, { path: "/w/b.npz" }],
      read,
      false,
    );
    expect(fitting.map(({ source }) => source.path)).toEqual(["/w/b.npz", "/w/a.npz"]);
    expect(tooMany.map(({ count }) => count)).toEqual([40]);
  });

  it("are those of the tensor that was clicked", async () => {
    const { fitting, tooMany } = await findColumns([{ path: "/w/a.npz", tensor: "y" }], read, true);
    expect([fitting, tooMany.length]).toEqual([[], 1]);
  });

  it("pass over a file that cannot be read, unless it was chosen", async () => {
    const sources = [{ path: "/w/damaged.npz" }, { path: "/w/a.npz" }];
    expect((await findColumns(sources, read, false)).fitting).toHaveLength(1);
    await expect(findColumns(sources, read, true)).rejects.toThrow("/w/damaged.npz is damaged.");
  });

  it("are looked for below a folder that is no container", () => {
    const files = ["/w/runs/a.npz", "/w/runs-old/b.npz", "/w/hub"];
    expect(withinFolders([{ path: "/w/runs" }], files)).toEqual([{ path: "/w/runs/a.npz" }]);
    expect(withinFolders([{ path: "/w/hub" }], files)).toEqual([{ path: "/w/hub" }]);
    expect(withinFolders([{ path: "/else/c.npz" }], files)).toEqual([{ path: "/else/c.npz" }]);
  });
});
