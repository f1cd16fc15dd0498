import { maskNames, tokenVectors } from "./axisWitness.ts";
import type { TensorInfo } from "../activationFile.ts";

/**
 * Names the axes of `[rows, tokens, neurons]` if a matrix beside it has one value for each row and token (a mask, token
 * numbers), or if the rows differ in their second axis.
 */
export function withTokenAxes(tensors: readonly TensorInfo[]): readonly TensorInfo[] {
  const beside = tensors.filter(isTokenMatrix);
  return tensors.map((info) => {
    if (info.axes !== undefined || info.shape.length !== 3) return info;
    const reason = counted(info, beside) ?? uneven(info);
    if (reason === undefined) return info;
    return { ...info, axes: { names: ["row", "token", "neuron"], reason } };
  });
}

function isTokenMatrix({ name, shape }: TensorInfo): boolean {
  return (
    shape.length === 2 && [...maskNames, ...tokenVectors, "tokens"].includes(name.toLowerCase())
  );
}

function counted({ shape, ragged }: TensorInfo, beside: readonly TensorInfo[]) {
  const [rows, tokens] = shape;
  const found = beside.find((other) => {
    const isLike =
      other.shape[1] === tokens || (ragged !== undefined && other.ragged !== undefined);
    return other.shape[0] === rows && isLike;
  });
  return found && `${found.name} has one value for each row and token`;
}

function uneven({ shape, ragged }: TensorInfo): string | undefined {
  const isUneven = ragged?.axis === 1 && ragged.fewest !== undefined && ragged.fewest !== shape[1];
  return isUneven ? "rows differ in the extent of this axis, as their tokens do" : undefined;
}
