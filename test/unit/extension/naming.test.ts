import { describe, expect, it } from "vitest";
import {
  baseName,
  describeDuration,
  describeRatio,
  describeSize,
  describeTensor,
  fileStem,
  toSignificant,
} from "../../../extension/naming.ts";

describe("naming", () => {
  it("describes a tensor by shape and short element type", () => {
    expect(describeTensor({ shape: [53, 3072], elementType: "float32" })).toBe("53 x 3072 f32");
    expect(describeTensor({ shape: [32, 11, 8], elementType: "bfloat16" })).toBe(
      "32 x 11 x 8 bf16",
    );
    expect(describeTensor({ shape: [], elementType: "int64" })).toBe("scalar i64");
  });

  it("keeps significant digits, separates thousands and shows a true minus", () => {
    expect(toSignificant(0.68671234)).toBe("0.687");
    expect(toSignificant(21286.4)).toBe("21,286");
    expect(toSignificant(-1.2345)).toBe("\u22121.23");
    expect(toSignificant(0.0000323)).toBe("3.23e\u22125");
    expect(toSignificant(187.9183, 6)).toBe("187.918");
    expect(toSignificant(Infinity)).toBe("infinite");
    expect(toSignificant(Number.NaN)).toBe("not a number");
  });

  it("writes ratios without false precision", () => {
    expect(describeRatio(21286.3)).toBe("21,286×");
    expect(describeRatio(13.2456)).toBe("13.2×");
    expect(describeRatio(Infinity)).toBe("∞×");
  });

  it("writes sizes and durations with their unit", () => {
    expect(describeSize(651392)).toBe("651 kB");
    expect(describeSize(1_600_000_000)).toBe("1.6 GB");
    expect(describeSize(12)).toBe("12 bytes");
    expect(describeDuration(0.81)).toBe("0.8 s");
    expect(describeDuration(125)).toBe("2 min 5 s");
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
