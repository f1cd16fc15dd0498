import type { ByteSource } from "../byteSource.ts";
import type { NumericType } from "../elements/elementType.ts";

/** Values at `offset + width * sum(index[axis] * strides[axis])` of a source. */
export interface StridedLayout {
  readonly source: ByteSource;
  /** Of the first value, in bytes. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** In values, outermost axis first; 0 if a value is repeated (an expanded tensor). */
  readonly strides: readonly number[];
  readonly elementType: NumericType;
  readonly byteOrder: "little" | "big";
}
