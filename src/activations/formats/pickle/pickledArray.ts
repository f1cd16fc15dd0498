import type { RowBuffer, TensorInfo } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { decodeValues } from "../../elements/decode.ts";
import { byteWidth, isIntegral, type NumericType } from "../../elements/elementType.ts";
import { gatherRows } from "../../rows/gatherRows.ts";
import { denseStrides, valueCount } from "../../shape.ts";
import type { StoredTensor } from "../../storedTensor.ts";
import { StridedTensor } from "../../strided/stridedTensor.ts";
import type { PickleValue } from "./values.ts";

/** An array of numbers that a pickle describes, under whatever name: a view of bytes that lie elsewhere. */
export interface PickledArray {
  readonly shape: readonly number[];
  /** In values, outermost axis first. */
  readonly strides: readonly number[];
  readonly elementType: NumericType;
  readonly byteOrder: "little" | "big";
  /** Whether every value counts with the opposite sign (torch's lazy negative bit). */
  readonly negated: boolean;
  /** Where its first value lies. */
  open(): Promise<{ readonly source: ByteSource; readonly offset: number }>;
}

/** What a call that rebuilds an array comes to. */
export type Rebuilt =
  | { readonly kind: "array"; readonly array: PickledArray }
  | {
      readonly kind: "texts";
      readonly shape: readonly number[];
      readonly readTexts: () => Promise<string[]>;
    }
  /** An object array: any values of a pickle. */
  | { readonly kind: "items"; readonly items: readonly PickleValue[] }
  | { readonly kind: "unreadable"; readonly shape: readonly number[]; readonly reason: string };

/** The array as a tensor under a name; nothing is opened before it is first read. */
export function arrayTensor(name: string, array: PickledArray): StoredTensor {
  const { shape, strides, elementType, byteOrder, negated } = array;
  let opened: Promise<StridedTensor> | undefined;
  const open = () => {
    opened ??= array
      .open()
      .then(
        ({ source, offset }) =>
          new StridedTensor({ source, offset, shape, strides, elementType, byteOrder }),
      );
    return opened;
  };
  const columnMajor = denseStrides(shape, "column-major").every(
    (stride, axis) => stride === strides[axis],
  );
  const info: TensorInfo = {
    name,
    shape,
    elementType,
    byteOrder,
    order: shape.length > 1 && columnMajor ? "column-major" : "row-major",
  };
  return {
    info,
    async readRows(from, to, destination) {
      await (await open()).readRows(from, to, destination);
      if (negated) negate(destination);
    },
    entry: (index) =>
      arrayTensor(name, {
        ...array,
        shape: shape.slice(1),
        strides: strides.slice(1),
        async open() {
          const { source, offset } = await array.open();
          return { source, offset: offset + index * (strides[0] ?? 0) * byteWidth(elementType) };
        },
      }),
    // Negated labels are read as numbers, which is rarer than worth a path of its own.
    ...(isIntegral(elementType) && !negated
      ? { readLabels: async () => (await open()).readLabels() }
      : {}),
  };
}

/**
 * All values of a small array in C order, without keeping anything of it.
 * @param destination as many values as the array has
 */
export async function readArray(array: PickledArray, destination: RowBuffer): Promise<void> {
  const { shape, strides, elementType, byteOrder, negated } = array;
  const { source, offset } = await array.open();
  const count = valueCount(shape);
  const dense = denseStrides(shape, "row-major");
  const contiguous = shape.every((extent, axis) => extent <= 1 || strides[axis] === dense[axis]);
  const layout = { source, offset, shape, strides, elementType, byteOrder };
  const bytes = contiguous
    ? await source.read(offset, count * byteWidth(elementType))
    : await gatherRows(layout, 0, shape[0] ?? 0);
  decodeValues(elementType, byteOrder, bytes, destination, 0, count);
  if (negated) negate(destination);
}

function negate(values: RowBuffer): void {
  for (let i = 0; i < values.length; i++) values[i] = -(values[i] as number);
}
