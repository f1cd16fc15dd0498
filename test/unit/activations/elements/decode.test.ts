import { describe, expect, it } from "vitest";
import { decodeIntegerLabels, decodeValues } from "../../../../src/activations/elements/decode.ts";
import type { NumericType } from "../../../../src/activations/elements/elementType.ts";
import { HalfFloatDecoder } from "../../../../src/activations/kernels/halfFloatDecoder.ts";

/** The value of a float16 bit pattern by its definition (IEEE 754-2008, binary16). */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The value of a bfloat16 bit pattern: the upper half of a float32. */
function brain(bits: number): number {
  return new Float32Array(new Uint32Array([bits << 16]).buffer)[0] ?? 0;
}

const everyPattern = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

describe("two-byte floats", () => {
  for (const [type, define] of [
    ["float16", half],
    ["bfloat16", brain],
  ] as const) {
    const expected = Float32Array.from(everyPattern, define);

    it(`${type}: every one of 65,536 patterns, from a table`, () => {
      for (const destination of [new Float32Array(65537), new Float64Array(65537)]) {
        decodeValues(
          type,
          "little",
          new Uint8Array(everyPattern.slice().buffer),
          destination,
          1,
          65536,
        );
        expect(Float32Array.from(destination.subarray(1))).toEqual(expected);
      }
    });

    it(`${type}: every pattern through the kernel, at any offset and length`, () => {
      const decoder = new HalfFloatDecoder(type);
      for (const [buffer, offset, count] of [
        [0, 0, 65536],
        [1, 0, 65536],
        [0, 3, 65533],
        [1, 31744, 77],
        [0, 1, 1],
      ] as const) {
        const bytes = decoder.buffers[buffer];
        bytes.set(new Uint8Array(everyPattern.buffer));
        const destination = new Float32Array(count + 2);
        decoder.decode(bytes.subarray(2 * offset), destination, 1, count);
        expect(destination.subarray(1, count + 1)).toEqual(
          expected.subarray(offset, offset + count),
        );
        expect([destination[0], destination[count + 1]]).toEqual([0, 0]);
      }
    });
  }
});

describe("decodeValues", () => {
  const cases: readonly (readonly [NumericType, ArrayBufferView, readonly number[]])[] = [
    ["float32", Float32Array.of(1.5, -2), [1.5, -2]],
    ["float64", Float64Array.of(1e300, -0.1), [1e300, -0.1]],
    ["int8", Int8Array.of(-128, 127), [-128, 127]],
    ["uint8", Uint8Array.of(0, 255), [0, 255]],
    ["int16", Int16Array.of(-32768, 5), [-32768, 5]],
    ["uint16", Uint16Array.of(65535, 5), [65535, 5]],
    ["int32", Int32Array.of(-2147483648, 7), [-2147483648, 7]],
    ["uint32", Uint32Array.of(4294967295, 7), [4294967295, 7]],
    ["int64", BigInt64Array.of(-(2n ** 53n), 2n ** 40n + 1n), [-(2 ** 53), 2 ** 40 + 1]],
    ["uint64", BigUint64Array.of(2n ** 63n, 3n), [2 ** 63, 3]],
    ["bool", Uint8Array.of(1, 0), [1, 0]],
  ];
  for (const [type, stored, values] of cases) {
    for (const order of ["little", "big"] as const) {
      it(`${type}, ${order}-endian, at an odd address`, () => {
        const plain = new Uint8Array(stored.buffer);
        const width = plain.length / 2;
        const bytes = new Uint8Array(plain.length + 1);
        for (let i = 0; i < plain.length; i++) {
          const within = i % width;
          bytes[1 + i] = plain[order === "little" ? i : i - within + width - 1 - within] ?? 0;
        }
        const destination = new Float64Array(2);
        decodeValues(type, order, bytes.subarray(1), destination, 0, 2);
        expect([...destination]).toEqual(values);
      });
    }
  }

  it("writes 64-bit labels exactly", () => {
    const stored = BigInt64Array.of(-(2n ** 63n), 2n ** 62n + 1n);
    const labels = decodeIntegerLabels("int64", "little", new Uint8Array(stored.buffer), 2);
    expect(labels).toEqual(["-9223372036854775808", "4611686018427387905"]);
  });
});
