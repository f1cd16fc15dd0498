import type { TensorInfo } from "../../src/activations/activationFile.ts";
import { omit } from "../../src/lookup.ts";
import type { FileSummary } from "../../src/protocol/engine.ts";
import type { FileView, ListedTensor } from "../../src/protocol/views/fileView.ts";
import { isMatrix } from "../activations/activationNodes.ts";
import { isNameable } from "../activations/openAxes.ts";
import { baseName } from "../naming.ts";
import { roleOf, type Marks } from "../roles.ts";

/** The file editor's head. @param chosen the tensor to show, if it is there; else the first that is a matrix */
export function fileView(
  { path, format, byteLength, tensors }: FileSummary,
  marks: Marks,
  chosen: string | undefined,
): FileView {
  const choices = tensors.map((tensor) => {
    const role = roleOf(marks, path, tensor.name);
    return {
      info: listed(tensor),
      readable: !tensor.unreadable && tensor.elementType !== "text",
      markable: isMatrix(tensor),
      nameable: isNameable(tensor),
      ...(role ? { role } : {}),
    };
  });
  const first =
    choices.find(({ info }) => info.name === chosen) ??
    choices.find(({ markable }) => markable) ??
    choices.find(({ readable }) => readable);
  return {
    name: baseName(path),
    format,
    byteLength,
    tensors: choices,
    ...(first?.readable ? { chosen: first.info.name } : {}),
  };
}

/** A tensor without what would make a message large. */
export function listed(tensor: TensorInfo): ListedTensor {
  return omit(tensor, "columnNames", "classNames");
}
