import { describe, expect, it } from "vitest";
import {
  describeRowRange,
  fromFirstRow,
  mayOverlap,
  parseRowRange,
  takeRows,
} from "../../../../src/conditions/selection/rowRange.ts";

const rows = Uint32Array.from({ length: 12 }, (_, row) => row);

function taken(text: string): number[] {
  return [...takeRows(rows, fromFirstRow(parseRowRange(text), rows.length, "X"))];
}

describe("a range of rows", () => {
  // What numpy.arange(12)[...] gives.
  it.each([
    [":", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ["::5", [0, 5, 10]],
    ["0::2", [0, 2, 4, 6, 8, 10]],
    ["1::2", [1, 3, 5, 7, 9, 11]],
    ["3:9:4", [3, 7]],
    ["3:12:100", [3]],
    ["-3:", [9, 10, 11]],
    [":-9", [0, 1, 2]],
    ["-5:-1:2", [7, 9]],
    ["2:-8", [2, 3]],
    ["-12:2", [0, 1]],
  ])("%s is as in numpy", (text, expected) => expect(taken(text)).toEqual(expected));

  it.each(["12:", "0:13", "-13:", "5:-7", "-1:3", ":-12"])("%s lies outside twelve rows", (text) =>
    expect(() => taken(text)).toThrow(/X: rows .* 12 are there: choose a range within 0:12/),
  );

  it.each(["0:5", "5:", "0::2", "-5:", "0:-5:3"])("%s is written as it was read", (text) =>
    expect(describeRowRange(parseRowRange(text))).toBe(text),
  );

  it("shares a row with another exactly if the rows say so", () => {
    const texts = ["0:4", "4:12", "0::2", "1::2", "1::3", "2::6", "3:12:4", "5:6", "0::5", "11:"];
    for (const a of texts) {
      for (const b of texts) {
        const shared = taken(a).some((row) => taken(b).includes(row));
        const within = (text: string) => {
          const range = parseRowRange(text);
          return { ...range, stop: Math.min(range.stop, rows.length) };
        };
        expect([a, b, mayOverlap(within(a), within(b))]).toEqual([a, b, shared]);
      }
    }
  });

  it("is compared without counting through it", () => {
    const step = 2 ** 40;
    expect(mayOverlap(parseRowRange(`0::${step}`), parseRowRange(`1::${step}`))).toBe(false);
    expect(mayOverlap(parseRowRange("0::2"), parseRowRange(`${step}::${step}`))).toBe(true);
  });
});
