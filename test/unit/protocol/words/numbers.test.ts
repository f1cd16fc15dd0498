import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatLabel,
  formatProbability,
  formatProse,
  formatRatio,
  formatSeconds,
  formatShare,
  formatShort,
  formatTable,
} from "../../../../src/protocol/words/numbers.ts";

describe("numbers in running text", () => {
  it.each([
    [0, "0"],
    [0.6866551725, "0.687"],
    [3.225813e-5, "0.0000323"],
    [13.17757, "13.2"],
    [9.9999, "10.0"],
    [187.918, "188"],
    [21286.266, "21,286"],
    [-1.2345, "−1.23"],
    [3.2e-7, "3.20 × 10⁻⁷"],
    [4e15, "4.00 × 10¹⁵"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
    [NaN, "undefined"],
  ])("%d reads %s", (value, text) => {
    expect(formatProse(value)).toBe(text);
  });

  it("gives labels in drawings one digit more", () => {
    expect(formatLabel(187.918)).toBe("187.9");
    expect(formatLabel(139.577)).toBe("139.6");
  });
});

describe("numbers in tables", () => {
  it.each([
    [187.918022, "187.918"],
    [-0.01234567, "−0.0123457"],
    [3.225813e-5, "3.22581e−5"],
    [123456.7, "123,457"],
    [1e12, "1.00000e12"],
    [0, "0"],
    [1, "1.00000"],
  ])("%d reads %s", (value, text) => {
    expect(formatTable(value)).toBe(text);
  });
});

it("leaves zeros at the end away where there is no column to keep", () => {
  const short = [0.5, 3, 255, 0, -1.2345, 21286.4, 187.9183, 1e-7].map((value) =>
    formatShort(value),
  );
  expect(short).toEqual(["0.5", "3", "255", "0", "−1.23", "21,286", "188", "1 × 10⁻⁷"]);
  expect(formatShort(187.9183, 6)).toBe("187.918");
  expect(formatShort(100)).toBe("100");
});

it("names units beside the number", () => {
  expect(formatRatio(21286.27)).toBe("21,286×");
  expect(formatShare(0.9902916843)).toBe("99.03\u00a0%");
  expect(formatShare(0.5)).toBe("50\u00a0%");
  expect(formatCount(3072)).toBe("3,072");
  expect(formatSeconds(0.057)).toBe("57\u00a0ms");
  expect(formatSeconds(3.31)).toBe("3.3\u00a0s");
  expect(formatSeconds(12.2)).toBe("12\u00a0s");
  expect(formatSeconds(125)).toBe("2\u00a0min 5\u00a0s");
  expect(formatSeconds(59.7)).toBe("1\u00a0min 0\u00a0s");
  expect(formatBytes(1_500_000)).toBe("1.5\u00a0MB");
  expect(formatBytes(651_392)).toBe("651\u00a0kB");
  expect(formatBytes(1_600_000_000)).toBe("1.6\u00a0GB");
  expect(formatBytes(999_700)).toBe("1\u00a0MB");
  expect(formatBytes(512)).toBe("512\u00a0bytes");
});

it("never rounds a p-value to nothing", () => {
  expect(formatProbability(1 / 1001)).toBe("0.001");
  expect(formatProbability(0.0234)).toBe("0.023");
  expect(formatProbability(2.5e-7)).toBe("2.5 × 10⁻⁷");
  expect(formatProbability(1)).toBe("1");
});
