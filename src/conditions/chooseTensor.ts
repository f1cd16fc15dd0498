import { EigenlensError } from "../errors.ts";
import type { ActivationFile, TensorInfo } from "../activations/activationFile.ts";
import { shapeText } from "../activations/shape.ts";
import { listNames, place } from "../activations/storedTensor.ts";
import type { ConditionSource } from "./condition.ts";
import { conditionShape } from "./conditionShape.ts";
import { selectionHelp } from "./selection/selections.ts";
import { printable } from "../text/printable.ts";

/**
 * Tensors that can make a condition: readable numbers that are `[rows, columns]` or `[rows, tokens, columns]` but
 * for axes of one. A single column or row describes rows rather than being some where the file holds a matrix.
 */
export function matrixTensors(file: ActivationFile): TensorInfo[] {
  const matrices = file.tensors.filter(
    ({ shape, elementType, unreadable }) =>
      unreadable === undefined && elementType !== "text" && conditionShape(shape) !== undefined,
  );
  const wider = matrices.filter(({ shape }) => {
    const axes = conditionShape(shape);
    return axes?.[0] !== 1 && axes?.at(-1) !== 1;
  });
  return wider.length === 0 ? matrices : wider;
}

/**
 * The source with its tensor's name settled: of the names that brackets may be part of, the longest that the file
 * has. What is then part of the name selects nothing.
 */
export function settleName(file: ActivationFile, source: ConditionSource): ConditionSource {
  const { longerNames, ...settled } = source;
  const found = longerNames?.find((longer) =>
    file.tensors.some(({ name }) => name === longer.tensor),
  );
  if (found === undefined) return settled;
  const kept = Object.entries(settled).filter(
    ([kind]) => !found.swallowed.some((swallowed) => swallowed === kind),
  );
  return { ...Object.fromEntries(kept), path: source.path, tensor: found.tensor };
}

/**
 * The tensor that a source means: the one named, or the only one there is.
 * @throws EigenlensError "condition" where none or several would do (they are listed), or where the shape
 *   has no rows and columns; "file-format" with the reader's reason where it cannot be read
 */
export function chooseTensor(file: ActivationFile, name: string | undefined): TensorInfo {
  const info = name === undefined ? onlyTensor(file) : namedTensor(file, name);
  const where = place(file.path, info.name);
  if (info.unreadable !== undefined) {
    throw new EigenlensError("file-format", prefixed(where, info.unreadable));
  }
  if (info.elementType === "text") {
    throw new EigenlensError(
      "condition",
      `${where} holds text: choose a tensor of numbers, ${listNames(describe(matrixTensors(file)))}.`,
    );
  }
  const { shape } = info;
  if (shape.length < 2) {
    throw new EigenlensError(
      "condition",
      `${where} is a ${shape.length}-D array of shape ${shapeText(shape)}: a condition is [rows, columns], one row per sentence.`,
    );
  }
  if (conditionShape(shape) === undefined) {
    throw new EigenlensError(
      "condition",
      `${where} has ${shape.length} axes ${shapeText(shape)}, more than three of them longer than one: save [rows, columns] or [rows, tokens, columns].`,
    );
  }
  return info;
}

function namedTensor(file: ActivationFile, name: string): TensorInfo {
  const found = file.tensors.find((tensor) => tensor.name === name);
  if (found !== undefined) return found;
  // A bare array has no name; the one that its format usually gets is accepted too.
  const [only] = file.tensors;
  if (file.tensors.length === 1 && only?.name === "" && name === "X") return only;
  throw new EigenlensError(
    "condition",
    `${file.path} has no tensor "${printable(name)}": it holds ${listNames(describe(file.tensors))}${name.endsWith("]") ? `; rows are selected by ${selectionHelp}` : ""}.`,
  );
}

function onlyTensor(file: ActivationFile): TensorInfo {
  const matrices = matrixTensors(file);
  const [first] = matrices;
  if (first !== undefined && matrices.length === 1) return first;
  if (matrices.length > 1) {
    throw new EigenlensError(
      "condition",
      `${file.path} holds ${matrices.length} tensors and none is named: write ${file.path}#${printable(first?.name ?? "NAME")}, or another of ${listNames(describe(matrices))}.`,
    );
  }
  const [single] = file.tensors;
  if (single !== undefined && file.tensors.length === 1) return single;
  const refused = file.tensors.find((tensor) => tensor.unreadable !== undefined);
  if (refused?.unreadable !== undefined) {
    throw new EigenlensError(
      "file-format",
      prefixed(place(file.path, refused.name), refused.unreadable),
    );
  }
  throw new EigenlensError(
    "condition",
    `${file.path} holds no matrix of numbers (${listNames(describe(file.tensors))}): a condition is [rows, columns], one row per sentence.`,
  );
}

/** A reason that names its place already is left as it is. */
function prefixed(where: string, reason: string): string {
  return reason.startsWith(where.split(",")[0] ?? where) ? reason : `${where}: ${reason}`;
}

function describe(tensors: readonly TensorInfo[]): string[] {
  return tensors.map(({ name, shape }) => `${name} ${shapeText(shape)}`.trim());
}
