import { EigenlensError } from "../errors.ts";
import { omit } from "../lookup.ts";
import { maskNames, tokenVectors } from "../activations/axes/axisWitness.ts";
import type { ActivationFile, TensorInfo } from "../activations/activationFile.ts";
import { shapeText } from "../activations/shape.ts";
import { listNames, place } from "../activations/storedTensor.ts";
import type { ConditionSource } from "./condition.ts";
import { axesHelp } from "./axes/settleAxes.ts";
import { conditionShape } from "./conditionShape.ts";
import { namedLayerOf } from "./naming/layerNumber.ts";
import { findRowVector } from "./selection/rowVectors.ts";
import { selectionHelp } from "./selection/selections.ts";
import { printable } from "../text/printable.ts";

/** Matrices that describe tokens. */
const describing = new Set([...maskNames, ...tokenVectors]);

/**
 * Tensors that can make a condition: readable numbers that are `[rows, columns]` or `[rows, tokens, columns]` but
 * for axes of one. A single column or row describes rows rather than being some where the file holds a matrix.
 */
export function matrixTensors(file: ActivationFile): TensorInfo[] {
  const matrices = file.tensors.filter(
    ({ shape, elementType, unreadable, axes }) =>
      unreadable === undefined &&
      elementType !== "text" &&
      (conditionShape(shape) !== undefined || axes !== undefined),
  );
  const telling = matrices.filter((info) => !isOfTokens(info, matrices));
  const some = telling.length === 0 ? matrices : telling;
  const wider = some.filter(({ shape }) => {
    const axes = conditionShape(shape);
    return axes?.[0] !== 1 && axes?.at(-1) !== 1;
  });
  return wider.length === 0 ? some : wider;
}

/** Whether a matrix is about tokens: by its name, or by that and by rows of tokens beside it. */
function isOfTokens({ name, shape }: TensorInfo, all: readonly TensorInfo[]): boolean {
  const known = name.toLowerCase();
  if (describing.has(known)) return true;
  const haveTokens = ({ axes, shape: [rows] }: TensorInfo) =>
    rows === shape[0] && axes?.names.includes("token") === true;
  return known === "tokens" && shape.length === 2 && all.some(haveTokens);
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
 * The tensor that a source means: the one named, the only one there is, or the one of the layer that is chosen; and the
 * source with what it then still chooses. Without an axis of layers or heads, `layer=` and `head=` are columns of labels.
 * @throws EigenlensError "condition" if none or several would do (they are listed), or where the shape
 *   has no rows and columns; "file-format" with the reader's reason where it cannot be read
 */
export function chooseTensor(
  file: ActivationFile,
  source: ConditionSource,
): { readonly stored: TensorInfo; readonly settled: ConditionSource } {
  const ofLayer = source.tensor === undefined ? tensorOfLayer(file, source) : undefined;
  const chosen =
    ofLayer === undefined ? source : { ...omit(source, "layer"), tensor: ofLayer.name };
  const stored = checkedTensor(file, chosen);
  return {
    stored,
    settled: withoutAxis("head", withoutAxis("layer", chosen, file, stored), file, stored),
  };
}

/** The only matrix that is named after a layer: `layer-6`, `blocks.6.hook_resid_post`. */
function tensorOfLayer(
  file: ActivationFile,
  { layer, axes }: ConditionSource,
): TensorInfo | undefined {
  const matrices = matrixTensors(file);
  if (layer === undefined || axes !== undefined) return undefined;
  if (matrices.some((info) => info.axes?.names.includes("layer") === true)) return undefined;
  const named = matrices.filter(({ name }) => namedLayerOf(name) === layer);
  return named.length === 1 ? named[0] : undefined;
}

/** A choice along an axis that nothing names selects rows by a column that is called so, if there is one. */
function withoutAxis(
  key: "layer" | "head",
  source: ConditionSource,
  file: ActivationFile,
  info: TensorInfo,
): ConditionSource {
  const { [key]: chosen } = source;
  const names = source.axes ?? info.axes?.names ?? [];
  if (chosen === undefined || names.includes(key)) return source;
  if (findRowVector(file, info, [key]) === undefined) return source;
  const label = { column: key, value: String(chosen) };
  const left = omit(source, key);
  return source.label === undefined
    ? { ...left, label }
    : { ...left, further: [...(source.further ?? []), label] };
}

function checkedTensor(file: ActivationFile, { tensor, axes }: ConditionSource): TensorInfo {
  const info = tensor === undefined ? onlyTensor(file) : namedTensor(file, tensor);
  const where = place(file.path, info.name);
  if (info.unreadable !== undefined) {
    throw new EigenlensError("file-format", prefixed(where, info.unreadable), {
      detail: {
        path: file.path,
        tensor: info.name,
        ...(info.doubtfulType === true ? { remedy: { kind: "readAsBfloat16" } } : {}),
      },
    });
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
  const isNamed = axes !== undefined || info.axes !== undefined;
  if (conditionShape(shape) === undefined && !isNamed) {
    throw new EigenlensError(
      "condition",
      `${where} has ${shape.length} axes ${shapeText(shape)}, more than three of them longer than one: name them, outermost first, as in ${axesHelp}, or save [rows, columns] or [rows, tokens, columns].`,
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
  const known = matrixTensors(file);
  // Token numbers and masks are no activations: better to say why those that are cannot be read.
  const isDescribing = known.every(({ name }) => describing.has(name.toLowerCase()));
  const isRefused = file.tensors.some(({ unreadable }) => unreadable !== undefined);
  const matrices = isDescribing && isRefused ? [] : known;
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
