import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chiSquareTail } from "../../../src/statistics/chiSquareTail.ts";
import { fixedEffect } from "../../../src/statistics/fixedEffect.ts";

interface Reference {
  readonly tails: readonly (readonly [number, number, number])[];
  readonly means: readonly {
    readonly values: readonly number[];
    readonly errors: readonly number[];
    readonly value: number;
    readonly standardError: number;
    readonly low: number;
    readonly high: number;
    readonly q: number;
    readonly p: number;
    readonly share: number;
  }[];
}

const { tails, means } = JSON.parse(
  readFileSync("test/unit/statistics/data/pooled.json", "utf8"),
) as Reference;

describe("the tail of chi-square", () => {
  it.each(tails)("at %f with %i degrees of freedom is scipy's", (x, freedom, tail) => {
    expect(chiSquareTail(x, freedom) / tail).toBeCloseTo(1, 10);
  });

  it("is whole at 0 and nothing at infinity", () => {
    expect(chiSquareTail(0, 3)).toBe(1);
    expect(chiSquareTail(Infinity, 3)).toBe(0);
  });
});

describe("the fixed-effect mean", () => {
  it.each(means)("of $values is numpy's", ({ values, errors, ...expected }) => {
    const found = fixedEffect(
      values.map((value, i) => ({ value, standardError: errors[i] ?? NaN })),
    );
    expect(found.value).toBeCloseTo(expected.value, 12);
    expect(found.standardError).toBeCloseTo(expected.standardError, 12);
    expect(found.low).toBeCloseTo(expected.low, 12);
    expect(found.high).toBeCloseTo(expected.high, 12);
    expect(found.heterogeneity.q).toBeCloseTo(expected.q, 10);
    expect(found.heterogeneity.p).toBeCloseTo(expected.p, 10);
    expect(found.heterogeneity.share).toBeCloseTo(expected.share, 10);
  });

  it("survives errors of any size", () => {
    const found = fixedEffect([
      { value: 1, standardError: 1e-200 },
      { value: 2, standardError: 1e200 },
    ]);
    expect(found.value).toBe(1);
    expect(found.heterogeneity.q).toBeLessThan(1);
  });
});
