import { describe, expect, it } from "vitest";
import { baseName, describeTensor, fileStem } from "../../../extension/naming.ts";

describe("naming", () => {
  it("describes a tensor by shape and short element type", () => {
    expect(describeTensor({ shape: [53, 3072], elementType: "float32" })).toBe("53 x 3072 f32");
    expect(describeTensor({ shape: [32, 11, 8], elementType: "bfloat16" })).toBe(
      "32 x 11 x 8 bf16",
    );
    expect(describeTensor({ shape: [], elementType: "int64" })).toBe("scalar i64");
  });

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
