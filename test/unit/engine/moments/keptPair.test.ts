import { describe, expect, it } from "vitest";
import { countKept, inRange } from "../../../../src/engine/moments/keptPair.ts";
import { matrix } from "../../../../src/linalg/matrix.ts";

const kept = { values: Float64Array.of(1, 2, 3, 4, 5, 6), index: [4, 9] };

describe("rows that are kept", () => {
  it("are as they are, or in the directions that their moments are of", () => {
    expect(inRange(kept, undefined)).toBe(kept.values);
    const basis = matrix(2, 3, Float64Array.of(0, 1, 0, 0.6, 0, 0.8));
    const found = inRange(kept, { basis });
    [2, 0.6 + 2.4, 5, 2.4 + 4.8].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
    expect(found).toHaveLength(4);
  });

  it("are counted, none if there are none", () => {
    expect(countKept({ target: kept, reference: { ...kept, index: [1] } })).toEqual({
      target: 2,
      reference: 1,
    });
    expect(countKept(undefined)).toEqual({ target: 0, reference: 0 });
  });
});
