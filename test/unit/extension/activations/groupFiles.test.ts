import { describe, expect, it } from "vitest";
import { naturalOrder } from "../../../../src/activations/folders/naturalOrder.ts";
import { groupFiles, possibleContainers } from "../../../../extension/activations/groupFiles.ts";

const numbered = (folder: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${folder}/p${at}.npy`);

describe("the files of a workspace", () => {
  it("are listed themselves if they lie in the workspace's own folder, others below theirs", () => {
    const files = ["/w/b.npy", "/w/a.npy", "/w/x/h10.npy", "/w/x/h9.npy"];
    const { loose, folders } = groupFiles(files, new Set(), ["/w"], naturalOrder);
    expect(loose).toEqual(["/w/a.npy", "/w/b.npy"]);
    expect(folders).toEqual([{ path: "/w/x", files: ["/w/x/h9.npy", "/w/x/h10.npy"] }]);
  });

  it("of a full folder are below its row, all of them and as people count", () => {
    const files = numbered("/w/many", 20_000).reverse();
    const { loose, folders } = groupFiles([...files, "/w/a.npy"], new Set(), ["/w"], naturalOrder);
    expect(loose).toEqual(["/w/a.npy"]);
    expect(folders.map(({ path }) => path)).toEqual(["/w/many"]);
    expect(folders[0]?.files).toEqual(numbered("/w/many", 20_000));
  });

  it("give way to the container that they are parts of, the outermost", () => {
    const files = ["/w/dd/train/data.arrow", "/w/dd/test/data.arrow", "/w/acts/0.npy", "/w/z.npy"];
    const containers = new Set(["/w/dd", "/w/dd/train", "/w/acts"]);
    expect(groupFiles(files, containers, ["/w"], naturalOrder)).toEqual({
      loose: ["/w/z.npy"],
      containers: ["/w/acts", "/w/dd"],
      folders: [],
    });
  });

  it("have folders that may be containers, but never the workspace itself", () => {
    const files = [
      "/w/a.npy",
      "/w/dd/train/x.arrow",
      "/w/hub/data/t.parquet",
      "/w/hub/data/u.parquet",
    ];
    expect([...possibleContainers(files, ["/w"])].sort()).toEqual([
      "/w/dd",
      "/w/dd/train",
      "/w/hub",
      "/w/hub/data",
    ]);
  });
});
