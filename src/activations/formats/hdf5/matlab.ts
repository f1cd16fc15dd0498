import { place, unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import type { Hdf5Listing } from "./messages.ts";
import type { OpenHdf5 } from "./openFile.ts";

const mostTexts = 10_000_000;

/**
 * What MATLAB 7.3 stores otherwise than as a matrix of numbers: cell arrays of texts (references to one array of
 * UTF-16 characters each) and character matrices (a text a row) as label vectors; objects are refused.
 * @returns undefined if it is a matrix of numbers
 */
export function matlabTexts(
  { path, thread }: OpenHdf5,
  { name, shape, matlabClass, isObject }: Hdf5Listing,
): StoredTensor | undefined {
  if (isObject === true) {
    return unreadableTensor(
      name,
      [],
      `a MATLAB ${matlabClass ?? "object"} is stored in a way of MATLAB's own: save cellstr(${name}) for texts, or a numeric matrix.`,
    );
  }
  if (matlabClass !== "cell" && matlabClass !== "char") return undefined;
  // Axes are stored in reverse: the rows of a character matrix are the last one.
  const count =
    matlabClass === "char" ? (shape.at(-1) ?? 0) : shape.reduce((product, n) => product * n, 1);
  const isVector = shape.length === 2 && (matlabClass === "char" || Math.min(...shape) <= 1);
  if (!isVector || count > mostTexts) {
    return unreadableTensor(
      name,
      [...shape].reverse(),
      "label vectors have one row or one column of texts.",
    );
  }
  const kind = matlabClass === "cell" ? "cells" : "characters";
  return {
    info: { name, shape: [count], elementType: "text", byteOrder: "little", order: "row-major" },
    readLabels: async () => (await thread.call({ kind, name }, place(path, name))) as string[],
  };
}
