import type { TensorInfo } from "../activationFile.ts";
import { omit } from "../../lookup.ts";
import { byteWidth, isIntegral } from "../elements/elementType.ts";
import type { StoredTensor } from "../storedTensor.ts";
import type { StridedLayout } from "./stridedLayout.ts";
import { StridedTensor } from "./stridedTensor.ts";

/**
 * A tensor of numbers that lie in a file uncompressed, whole or any entry of its first axis.
 * @param info what its header says
 */
export function stridedStored(info: TensorInfo, layout: StridedLayout): StoredTensor {
  // Made when it is first read: a file may hold a hundred thousand arrays of which two are wanted.
  let tensor: StridedTensor | undefined;
  const opened = () => (tensor ??= new StridedTensor(layout));
  const { offset, shape, strides, elementType } = layout;
  return {
    info,
    readRows: (start, stop, destination) => opened().readRows(start, stop, destination),
    ...(isIntegral(elementType) ? { readLabels: () => opened().readLabels() } : {}),
    entry: (index) => {
      const about = omit(info, "axes", "notes");
      return stridedStored(
        { ...about, shape: shape.slice(1) },
        {
          ...layout,
          offset: offset + index * (strides[0] ?? 0) * byteWidth(elementType),
          shape: shape.slice(1),
          strides: strides.slice(1),
        },
      );
    },
  };
}
