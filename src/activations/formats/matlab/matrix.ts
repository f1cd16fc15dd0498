import type { TensorInfo } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { isIntegral, type NumericType } from "../../elements/elementType.ts";
import { denseStrides } from "../../shape.ts";
import type { StoredTensor } from "../../storedTensor.ts";
import { StridedTensor } from "../../strided/stridedTensor.ts";

/** Where a MATLAB variable's values lie: always column-major. */
export interface MatlabLayout {
  readonly source: ByteSource;
  readonly offset: number;
  readonly shape: readonly number[];
  /** What the variable is in MATLAB. */
  readonly elementType: NumericType;
  /** How its values are stored, which may be narrower (whole numbers of a double matrix as bytes). */
  readonly storedType: NumericType;
  readonly byteOrder: "little" | "big";
}

/**
 * A numeric variable as a tensor. MATLAB has no vectors: a single column, or a single row of integers, is
 * taken as one (labels); a single row of other numbers stays a matrix of one row.
 */
export function matlabMatrix(name: string, layout: MatlabLayout): StoredTensor {
  const { source, offset, elementType, storedType, byteOrder } = layout;
  const [rows = 0, columns = 0] = layout.shape;
  const isVector =
    layout.shape.length === 2 &&
    ((columns === 1 && rows > 1) || (rows === 1 && columns > 1 && isIntegral(elementType)));
  const shape = isVector ? [rows * columns] : layout.shape;
  const strides = denseStrides(shape, "column-major");
  const tensor = new StridedTensor({
    source,
    offset,
    shape,
    strides,
    elementType: storedType,
    byteOrder,
  });
  const info: TensorInfo = { name, shape, elementType, byteOrder, order: "column-major" };
  return {
    info,
    readRows: (start, stop, destination) => tensor.readRows(start, stop, destination),
    ...(isIntegral(elementType) && isIntegral(storedType)
      ? { readLabels: () => tensor.readLabels() }
      : {}),
  };
}
