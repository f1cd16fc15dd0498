import type { TensorInfo } from "../../src/activations/activationFile.ts";
import { conditionShape } from "../../src/conditions/conditionShape.ts";
import type { FileSummary } from "../../src/protocol/engine.ts";
import { isMatrix } from "./activationNodes.ts";

/** A tensor that cannot be a condition before its axes are named. */
export function hasOpenAxes({
  unreadable,
  openAxes,
  axes,
  shape,
  elementType,
}: TensorInfo): boolean {
  if (openAxes) return true;
  if (unreadable !== undefined || axes !== undefined || elementType === "text") return false;
  return shape.length > 3 && conditionShape(shape) === undefined;
}

/** The tensor of a file whose axes must be named before the file offers any condition. */
export function tensorToName({ tensors }: FileSummary): TensorInfo | undefined {
  return tensors.some(isMatrix) ? undefined : tensors.find(hasOpenAxes);
}

/** Whether there is something to say of a tensor's axes: they were guessed or named, or there are more than two. */
export function isNameable(info: TensorInfo): boolean {
  const { axes, shape, elementType, unreadable } = info;
  if (hasOpenAxes(info)) return true;
  const isNumbers = elementType !== "text" && unreadable === undefined && shape.length > 1;
  return isNumbers && (axes !== undefined || shape.length > 2);
}
