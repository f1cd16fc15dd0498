import { describe, expect, test } from "vitest";
import { conditionNumber, matrixRank } from "../../../src/linalg/rank.ts";
import { scipyReference } from "./scipyReference.ts";

describe.each(scipyReference.eigen)("numpy's rank: $name", ({ values, rank }) => {
  test("agrees", () => {
    expect(matrixRank(values, values.length)).toBe(rank);
  });
});

test("the condition number is largest over smallest, infinite where singular", () => {
  expect(conditionNumber([8, -4, 2])).toBe(4);
  expect(conditionNumber([1, 1e-17])).toBe(Infinity);
  expect(conditionNumber([0, 0])).toBe(Infinity);
  expect(conditionNumber([])).toBeNaN();
});
