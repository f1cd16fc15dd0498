import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { principalAngles } from "../../../../src/linalg/spans/principalAngles.ts";

interface Reference {
  readonly cases: readonly {
    readonly name: string;
    readonly first: readonly (readonly number[])[];
    readonly second: readonly (readonly number[])[];
    readonly degrees: readonly number[];
  }[];
}

const { cases } = JSON.parse(
  readFileSync("test/unit/linalg/spans/data/scipy_reference.json", "utf8"),
) as Reference;
const vectors = (rows: readonly (readonly number[])[]) => rows.map((row) => Float64Array.from(row));

describe("the principal angles between two spans", () => {
  it.each(cases)("are those of scipy: $name", ({ first, second, degrees }) => {
    const found = principalAngles(vectors(first), vectors(second));
    expect(found).toHaveLength(degrees.length);
    found.forEach((angle, i) => {
      expect(Math.abs(angle - degrees[i])).toBeLessThan(2e-13 * 180);
    });
  });

  it("are the same the other way round", () => {
    const [{ first, second }] = cases;
    const there = principalAngles(vectors(first), vectors(second));
    const back = principalAngles(vectors(second), vectors(first));
    there.forEach((angle, i) => {
      expect(angle).toBeCloseTo(back[i], 10);
    });
  });

  it("are none if a set spans nothing, and as many as a set spans if its members depend on each other", () => {
    const line = Float64Array.of(1, 2, 3);
    expect(principalAngles([new Float64Array(3)], [line])).toEqual([]);
    const twice = [line, line.map((value) => -2 * value)];
    expect(principalAngles(twice, [line, Float64Array.of(0, 1, 0)])).toHaveLength(1);
  });
});
