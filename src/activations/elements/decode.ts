import type { RowBuffer } from "../activationFile.ts";
import { byteWidth, type NumericType } from "./elementType.ts";
import { float16Bits, float16Values } from "./float16.ts";

/**
 * Decodes `count` values into `destination` from index `start` on. Every platform that runs VS Code is
 * little-endian, so little-endian bytes are read through typed arrays.
 * @param bytes the stored values; swapped in place where the order is big, copied where misaligned
 */
export function decodeValues(
  elementType: NumericType,
  byteOrder: "little" | "big",
  bytes: Uint8Array,
  destination: RowBuffer,
  start: number,
  count: number,
): void {
  const width = byteWidth(elementType);
  let stored = bytes.subarray(0, count * width);
  if (stored.byteOffset % width !== 0) stored = stored.slice();
  if (byteOrder === "big") swapBytes(stored, width);
  const { buffer, byteOffset } = stored;
  switch (elementType) {
    case "float32":
      destination.set(new Float32Array(buffer, byteOffset, count), start);
      return;
    case "float64":
      destination.set(new Float64Array(buffer, byteOffset, count), start);
      return;
    case "float16":
      return decodeFloat16(new Uint16Array(buffer, byteOffset, count), destination, start);
    case "bfloat16":
      return decodeBfloat16(new Uint16Array(buffer, byteOffset, count), destination, start);
    case "int8":
      destination.set(new Int8Array(buffer, byteOffset, count), start);
      return;
    case "int16":
      destination.set(new Int16Array(buffer, byteOffset, count), start);
      return;
    case "int32":
      destination.set(new Int32Array(buffer, byteOffset, count), start);
      return;
    case "uint8":
      destination.set(stored, start);
      return;
    case "uint16":
      destination.set(new Uint16Array(buffer, byteOffset, count), start);
      return;
    case "uint32":
      destination.set(new Uint32Array(buffer, byteOffset, count), start);
      return;
    case "bool":
      for (let i = 0; i < count; i++) destination[start + i] = stored[i] === 0 ? 0 : 1;
      return;
    case "int64":
      return decodeInt64(new Int32Array(buffer, byteOffset, 2 * count), destination, start, true);
    case "uint64":
      return decodeInt64(new Int32Array(buffer, byteOffset, 2 * count), destination, start, false);
    default:
      // A type that is missed here must not leave the destination as it was.
      throw new RangeError(`values of type ${elementType satisfies never} cannot be decoded`);
  }
}

function decodeFloat16(stored: Uint16Array, destination: RowBuffer, start: number): void {
  const count = stored.length;
  if (destination instanceof Float32Array) {
    const table = float16Bits();
    const bits = new Uint32Array(destination.buffer, destination.byteOffset + 4 * start, count);
    for (let i = 0; i < count; i++) bits[i] = table[stored[i] as number] as number;
    return;
  }
  const table = float16Values();
  for (let i = 0; i < count; i++) destination[start + i] = table[stored[i] as number] as number;
}

function decodeBfloat16(stored: Uint16Array, destination: RowBuffer, start: number): void {
  const count = stored.length;
  if (destination instanceof Float32Array) {
    const bits = new Uint32Array(destination.buffer, destination.byteOffset + 4 * start, count);
    for (let i = 0; i < count; i++) bits[i] = (stored[i] as number) << 16;
    return;
  }
  const bits = new Uint32Array(Math.min(count, 4096));
  const values = new Float32Array(bits.buffer);
  for (let done = 0; done < count; done += bits.length) {
    const length = Math.min(bits.length, count - done);
    for (let i = 0; i < length; i++) bits[i] = (stored[done + i] as number) << 16;
    destination.set(values.subarray(0, length), start + done);
  }
}

/** Values beyond 2^53 are rounded to the nearest double. */
function decodeInt64(
  words: Int32Array,
  destination: RowBuffer,
  start: number,
  signed: boolean,
): void {
  const count = words.length / 2;
  for (let i = 0; i < count; i++) {
    const low = (words[2 * i] as number) >>> 0;
    const high = words[2 * i + 1] as number;
    destination[start + i] = (signed ? high : high >>> 0) * 4294967296 + low;
  }
}

/** Reverses the bytes of each value in place. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (width === 2) view.swap16();
  else if (width === 4) view.swap32();
  else if (width === 8) view.swap64();
}

/**
 * Integers in decimal and booleans as `True` and `False`, for labels; exact over the whole 64-bit range.
 * @param bytes as for {@link decodeValues}
 */
export function decodeIntegerLabels(
  elementType: NumericType,
  byteOrder: "little" | "big",
  bytes: Uint8Array,
  count: number,
): string[] {
  const width = byteWidth(elementType);
  const stored = bytes.slice(0, count * width);
  if (byteOrder === "big") swapBytes(stored, width);
  if (elementType === "int64") return Array.from(new BigInt64Array(stored.buffer), String);
  if (elementType === "uint64") return Array.from(new BigUint64Array(stored.buffer), String);
  const values = new Float64Array(count);
  decodeValues(elementType, "little", stored, values, 0, count);
  if (elementType === "bool")
    return Array.from(values, (value) => (value === 0 ? "False" : "True"));
  return Array.from(values, String);
}
