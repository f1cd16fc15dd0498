import { describe, expect, it } from "vitest";
import { beginsList, parseListCell } from "../../../../src/activations/formats/listCell.ts";

describe("a list in a cell is read as", () => {
  const vector = { shape: [3], values: [0.5, -2, 1e-5] };
  it.each([
    ["JSON", "[0.5,-2,1e-5]"],
    ["a list of Python", "[0.5, -2.0, 1e-05]"],
    ["a tuple", "(0.5, -2.0, 1e-05)"],
    ["numpy prints it", "[ 5.e-01 -2.e+00\n  1.e-05]"],
    ["numpy's repr", "array([ 0.5, -2.  ,  1e-05], dtype=float32)"],
    ["torch's repr", "tensor([ 0.5, -2., 1e-05], device='cuda:0')"],
    ["numbers of numpy", "[np.float32(0.5), np.float32(-2.0), np.float64(1e-05)]"],
  ])("%s", (_, cell) => {
    expect(beginsList(cell)).toBe(true);
    expect(parseListCell(cell)).toEqual(vector);
  });

  it("lists of lists", () => {
    const matrix = { shape: [2, 2], values: [1, 2, 3, 4] };
    expect(parseListCell("[[1, 2], [3, 4]]")).toEqual(matrix);
    expect(parseListCell("[[1. 2.]\n [3. 4.]]")).toEqual(matrix);
    expect(parseListCell("array([[1, 2],\n       [3, 4]])")).toEqual(matrix);
  });

  it("what is no number", () => {
    expect(parseListCell("[nan, inf, -inf, None, null]")).toEqual({
      shape: [5],
      values: [NaN, Infinity, -Infinity, NaN, NaN],
    });
  });
});

it.each([
  ["[0.1 0.2 ... 0.9]", "shortened"],
  ["[[1, 2], [3]]", "ragged"],
  ["[him]", "text"],
  ["(laughs) 12", "text"],
  ["[1, 2] and more", "text"],
  ["[1, [2]]", "text"],
  ["[1, 2", "text"],
  ["]", "text"],
  ["[1] [2]", "text"],
  ["(2020-01-02)", "text"],
  ["[0.1.2 3]", "text"],
  ["[1nan]", "text"],
  ["[1-nan]", "text"],
  ["[0.5-2]", "text"],
])("%j is no list: %s", (cell, why) => {
  expect(parseListCell(cell)).toBe(why);
});

it("brackets without end are no list", () => {
  expect(parseListCell("[".repeat(1_000_000))).toBe("text");
  expect(parseListCell("a(".repeat(1_000_000))).toBe("text");
});
