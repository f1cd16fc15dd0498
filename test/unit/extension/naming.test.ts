import { describe, expect, it } from "vitest";
import { baseName, fileStem } from "../../../extension/naming.ts";

describe("naming", () => {
  it("finds the last part of a path of either kind", () => {
    expect(baseName("/a/b/him.npy")).toBe("him.npy");
    expect(baseName("C:\\a\\him.npy")).toBe("him.npy");
    expect(baseName("vscode-vfs://github/a/b.zarr/")).toBe("b.zarr");
  });

  it("makes file stems that every system takes", () => {
    expect(fileStem("him vs her")).toBe("him-vs-her");
    expect(fileStem("../../é:*?")).toBe("e");
    expect(fileStem("???")).toBe("run");
    expect(fileStem("x".repeat(100))).toHaveLength(60);
  });
});
