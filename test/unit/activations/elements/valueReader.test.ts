import { describe, expect, it } from "vitest";
import { decodeValues } from "../../../../src/activations/elements/decode.ts";
import { byteWidth, isNumericType } from "../../../../src/activations/elements/elementType.ts";
import { valueReader } from "../../../../src/activations/elements/valueReader.ts";

const types = [
  ..."float16 bfloat16 float32 float64 bool".split(" "),
  ..."int8 int16 int32 int64 uint8 uint16 uint32 uint64".split(" "),
].filter(isNumericType);

/** Bytes of all kinds, those of a few numbers among them that no double holds exactly. */
function bytesOf(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => (i * 37 + (i >> 2)) % 251);
}

describe("values in runs", () => {
  for (const elementType of types) {
    const width = byteWidth(elementType);
    for (const shift of [0, 1]) {
      it(`of ${elementType}, ${shift} bytes behind where they would be aligned, are those of all of them`, () => {
        const count = 40;
        const bytes = bytesOf(count * width + shift).subarray(shift);
        const wanted = new Float64Array(count);
        decodeValues(elementType, "little", bytes.slice(), wanted, 0, count);
        const read = valueReader(elementType, bytes);
        for (const [from, length] of [
          [0, 1],
          [3, 17],
          [39, 1],
          [0, 40],
          [7, 0],
        ] as const) {
          const found = new Float64Array(length + 3).fill(-7);
          read(from, length, found, 2);
          expect([...found]).toEqual([-7, -7, ...wanted.subarray(from, from + length), -7]);
        }
      });
    }
  }
});
