import { describe, expect, it } from "vitest";
import {
  allLevelsAre,
  decodeIndices,
  listsAreRegular,
  nextList,
} from "../../../src/activations/formats/parquet/runs.ts";

/** A run of packed values: groups of eight, lowest bits first. */
function packed(values: readonly number[], width: number): number[] {
  const groups = Math.ceil(values.length / 8);
  const bytes = new Array<number>(groups * width).fill(0);
  values.forEach((value, i) => {
    for (let bit = 0; bit < width; bit++) {
      const at = i * width + bit;
      if ((value >> bit) & 1) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
    }
  });
  return [...varint(2 * groups + 1), ...bytes];
}

/** A run of one value. */
function repeated(value: number, count: number, width: number): number[] {
  const bytes = Array.from({ length: (width + 7) >> 3 }, (_, i) => (value >> (8 * i)) & 255);
  return [...varint(2 * count), ...bytes];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}

describe("indices into a dictionary", () => {
  for (const width of [1, 3, 8, 13, 20, 24]) {
    it(`of ${width} bits, from any value to any other`, () => {
      const size = Math.min(2 ** width, 5000);
      const dictionary = Float32Array.from({ length: size }, (_, i) => i / 2 - 7);
      const indices = Array.from({ length: 40 }, (_, i) => (i * 7919 + 13) % size);
      const last = size - 1;
      const page = Uint8Array.from([
        width,
        ...packed(indices, width),
        ...repeated(last, 300, width),
        ...packed(indices.slice(0, 5), width),
      ]);
      const all = [...indices, ...Array<number>(300).fill(last), ...indices.slice(0, 5)];
      for (const [skip, count] of [
        [0, 345],
        [3, 20],
        [39, 2],
        [41, 250],
        [338, 7],
      ] as const) {
        const found = new Float64Array(count + 2);
        decodeIndices(page, dictionary, skip, count, found, 1);
        const wanted = all.slice(skip, skip + count).map((index) => dictionary[index]);
        expect([...found]).toEqual([0, ...wanted, 0]);
      }
    });
  }

  it("outside the dictionary are refused, packed or repeated", () => {
    const dictionary = Float32Array.of(1, 2, 3);
    const target = new Float32Array(8);
    for (const run of [packed([0, 1, 3], 2), repeated(3, 3, 2)]) {
      const page = Uint8Array.from([2, ...run]);
      expect(() => decodeIndices(page, dictionary, 0, 3, target, 0)).toThrow(/entry 3 .* of 3/);
    }
  });

  it("that end too early are refused", () => {
    const page = Uint8Array.from([4, ...packed([1, 2, 3], 4)]).subarray(0, 4);
    const target = new Float32Array(16);
    expect(() => decodeIndices(page, new Float32Array(16), 0, 8, target, 0)).toThrow(RangeError);
    const endless = Uint8Array.from([4, ...repeated(1, 0, 4)]);
    expect(() => decodeIndices(endless, new Float32Array(16), 0, 8, target, 0)).toThrow(RangeError);
  });
});

describe("levels", () => {
  it("tell whether a value is missing", () => {
    const complete = Uint8Array.from([...repeated(3, 20, 2), ...packed([3, 3, 3, 0], 2)]);
    expect(allLevelsAre(complete, 3, 2, 23)).toBe(true);
    expect(allLevelsAre(complete, 3, 2, 24)).toBe(false);
    expect(allLevelsAre(Uint8Array.from(repeated(2, 5, 2)), 3, 2, 5)).toBe(false);
  });

  it("tell whether lists are of one length, across pages and kinds of runs", () => {
    // Lists of five: the first one begun three values before.
    const levels = [1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1];
    const page = Uint8Array.from([...packed(levels.slice(0, 8), 1), ...repeated(1, 4, 1)]);
    expect(listsAreRegular(page, 3, 12, 5)).toBe(true);
    expect(listsAreRegular(page, 2, 12, 5)).toBe(false);
    expect(listsAreRegular(page, 3, 12, 6)).toBe(false);
    expect(listsAreRegular(Uint8Array.from(repeated(0, 4, 1)), 0, 4, 1)).toBe(true);
    expect(listsAreRegular(Uint8Array.from(repeated(0, 4, 1)), 0, 4, 2)).toBe(false);
    expect(listsAreRegular(Uint8Array.from(repeated(1, 6, 1)), 1, 6, 5)).toBe(false);
  });

  it("tell where the next list begins", () => {
    const page = Uint8Array.from([...packed([0, 1, 1, 1, 1, 1, 1, 1], 1), ...repeated(1, 5, 1)]);
    expect(nextList(page, 1, 13)).toBe(13);
    expect(nextList(page, 0, 13)).toBe(0);
    expect(nextList(Uint8Array.from([...repeated(1, 9, 1), ...repeated(0, 1, 1)]), 0, 10)).toBe(9);
  });
});
