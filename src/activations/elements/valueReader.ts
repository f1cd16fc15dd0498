import type { RowBuffer } from "../activationFile.ts";
import { decodeValues } from "./decode.ts";
import { byteWidth, type NumericType } from "./elementType.ts";

/** Writes `count` values from `from` on into `destination`, from its index `start` on. */
export type ValueReader = (
  from: number,
  count: number,
  destination: RowBuffer,
  start: number,
) => void;

/**
 * Reads values in many short runs: a view of all is made once, not one for every run, which takes longer than copying.
 * @param bytes values in this machine's byte order, and nothing else
 */
export function valueReader(elementType: NumericType, bytes: Uint8Array): ValueReader {
  const width = byteWidth(elementType);
  const stored = bytes.byteOffset % width === 0 ? bytes : bytes.slice();
  const values = plainView(elementType, stored);
  if (values !== undefined) {
    return (from, count, destination, start) => {
      destination.set(values.subarray(from, from + count), start);
    };
  }
  return (from, count, destination, start) => {
    const part = stored.subarray(from * width, (from + count) * width);
    decodeValues(elementType, "little", part, destination, start, count);
  };
}

/** The values as the platform's own array of that type, if it has one whose values are numbers. */
function plainView(
  elementType: NumericType,
  { buffer, byteOffset, byteLength }: Uint8Array,
): Float32Array | Float64Array | Int32Array | Int16Array | Uint16Array | undefined {
  switch (elementType) {
    case "float32":
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case "float64":
      return new Float64Array(buffer, byteOffset, byteLength / 8);
    case "int32":
      return new Int32Array(buffer, byteOffset, byteLength / 4);
    case "int16":
      return new Int16Array(buffer, byteOffset, byteLength / 2);
    case "uint16":
      return new Uint16Array(buffer, byteOffset, byteLength / 2);
    default:
      return undefined;
  }
}
