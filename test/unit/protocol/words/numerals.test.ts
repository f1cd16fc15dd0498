import { afterEach, describe, expect, it } from "vitest";
import {
  formatBytes,
  formatChosen,
  formatCount,
  formatExact,
  formatProbability,
  formatRatio,
  formatSeconds,
  formatShare,
  formatShort,
  formatTable,
} from "../../../../src/protocol/words/numbers.ts";
import { writeNumbersIn } from "../../../../src/protocol/words/numerals.ts";
import { readNumber } from "../../../../webview/models/controls.ts";

afterEach(() => {
  writeNumbersIn("en", {});
});

describe("numbers in Vietnamese", () => {
  it.each([
    [() => formatRatio(21286.3), "21.286×"],
    [() => formatRatio(3.1), "3,10×"],
    [() => formatCount(3072), "3.072"],
    [() => formatShare(0.9903), "99,03\u00a0%"],
    [() => formatProbability(0.013), "0,013"],
    [() => formatShort(1234.5, 6), "1.234,5"],
    [() => formatShort(0.5), "0,5"],
    [() => formatTable(-1.5), "−1,50000"],
    [() => formatTable(1.5e-7), "1,50000e−7"],
    [() => formatBytes(1_600_000_000), "1,6\u00a0GB"],
    [() => formatBytes(12), "12\u00a0byte"],
    [() => formatSeconds(3.3), "3,3\u00a0giây"],
    [() => formatSeconds(125), "2\u00a0phút 5\u00a0giây"],
  ])("are written as its texts are: %#", (write, expected) => {
    writeNumbersIn("vi", {
      "number.bytes": "{value}\u00a0byte",
      "number.seconds": "{value}\u00a0giây",
      "number.minutes": "{minutes}\u00a0phút {seconds}\u00a0giây",
    });
    expect(write()).toBe(expected);
  });

  it("are read back from where they were typed, and copied as programs read them", () => {
    writeNumbersIn("vi", {});
    expect(readNumber(formatChosen(0.01))).toBe(0.01);
    expect(formatExact(0.5)).toBe("0.5");
  });

  it("stay English for a language whose texts are", () => {
    writeNumbersIn("en-GB", {});
    expect(formatRatio(21286.3)).toBe("21,286×");
  });
});
