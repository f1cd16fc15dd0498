import type { ElementType } from "../activationFile.ts";

/** Every element type that holds numbers. */
export type NumericType = Exclude<ElementType, "text">;

const byteWidths: Readonly<Record<NumericType, number>> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  bool: 1,
};

/** Bytes of one stored value. */
export function byteWidth(elementType: NumericType): number {
  return byteWidths[elementType];
}

/** Whether float32 holds every value of this type. */
export function fitsSingle(elementType: string): boolean {
  return isNumericType(elementType) && (byteWidths[elementType] <= 2 || elementType === "float32");
}

/** Whether values of this type can name classes or pairs (labels): integers and booleans. */
export function isIntegral(elementType: ElementType): boolean {
  return elementType === "bool" || /^u?int/.test(elementType);
}

/** Whether `name` is one of our names for a type of number, as sidecar files spell it. */
export function isNumericType(name: string): name is NumericType {
  return Object.hasOwn(byteWidths, name);
}

/** Types by the codes of numpy's descriptors, without their byte order. */
export const numpyTypes: Readonly<Record<string, NumericType>> = {
  f2: "float16",
  f4: "float32",
  f8: "float64",
  i1: "int8",
  i2: "int16",
  i4: "int32",
  i8: "int64",
  u1: "uint8",
  u2: "uint16",
  u4: "uint32",
  u8: "uint64",
  b1: "bool",
};
