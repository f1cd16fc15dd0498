import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import type { AxisName } from "../../activations/axes/axes.ts";
import { shapeText } from "../../activations/shape.ts";
import { place } from "../../activations/storedTensor.ts";
import { EigenlensError } from "../../errors.ts";
import { omit } from "../../lookup.ts";
import type { ConditionSource } from "../condition.ts";
import { conditionShape, reshaped } from "../conditionShape.ts";
import { entryOf } from "./entries.ts";
import type { ChosenEntries } from "./rowLayout.ts";
import { axesHelp, chosenIndex, settleAxes } from "./settleAxes.ts";
import { transposed } from "./transposed.ts";

/** A tensor with rows first, and what the axes of one row are. */
export interface TensorView {
  readonly file: ActivationFile;
  /** The first axis is that of rows. */
  readonly info: TensorInfo;
  /** Of the axes of one row. */
  readonly names: readonly AxisName[];
  readonly chosen: ChosenEntries;
}

/**
 * A tensor as a condition reads it: the tokens of each row together if a token is chosen, entries of axes that stand
 * before the rows taken, the others named. Without names a matrix is `[rows, neurons]`, and three axes are
 * `[rows, tokens, neurons]`.
 * @throws EigenlensError "condition" if a layer or head must still be chosen, or the axes cannot be told; "usage" if a
 *   choice has no axis
 */
export async function viewTensor(
  opened: ActivationFile,
  stored: TensorInfo,
  source: ConditionSource,
): Promise<TensorView> {
  const isGrouped = stored.sequences !== undefined && source.token !== undefined;
  const file = isGrouped ? await opened.bySequence?.(stored.name) : opened;
  const info = file?.tensors.find(({ name }) => name === stored.name);
  if (file === undefined || info === undefined) throw new RangeError("A tensor has no sequences.");
  const settled = settleAxes(file, info, source);
  if (settled === undefined) return conventional(file, info, source);
  const { names } = withRows(settled.names, file, info, source);
  const where = place(file.path, info.name);
  const layer = chosenIndex("layer", source.layer, names, info.shape, where, info.layerNumbers);
  const { head: wanted } = source;
  const head =
    wanted === "all" && names.includes("head")
      ? wanted
      : chosenIndex("head", wanted === "all" ? 0 : wanted, names, info.shape, where);
  const chosen: ChosenEntries = {
    ...(layer === undefined ? {} : { layer }),
    ...(head === undefined ? {} : { head }),
  };
  return rowsFirst({ file, info, names, chosen }, source, where);
}

/** A file of one prompt has no axis of rows: its tokens are the rows. */
function withRows(
  names: readonly AxisName[],
  file: ActivationFile,
  info: TensorInfo,
  { token }: ConditionSource,
): { readonly names: readonly AxisName[] } {
  if (names.includes("row")) return { names };
  if (token === undefined && names.includes("token")) {
    return { names: names.map((name) => (name === "token" ? "row" : name)) };
  }
  throw new EigenlensError(
    "condition",
    `${place(file.path, info.name)} is ${names.join(" x ")}, ${shapeText(info.shape)}, without an axis of rows: ${token === undefined ? "name one" : "it holds one prompt, whose tokens are its rows; choose the folder of all prompts, or leave [token=...] out"}.`,
  );
}

/** Takes the chosen entry of every axis that stands before that of rows. */
function rowsFirst(view: TensorView, source: ConditionSource, where: string): TensorView {
  const [first, ...rest] = view.names;
  const { file, info, chosen } = view;
  if (first === "row") return { ...view, names: rest };
  if (first === "neuron" && rest.length === 1 && rest[0] === "row") {
    return { ...view, ...transposed(file, info), names: ["neuron"] };
  }
  const index = first === undefined ? undefined : leadingIndex(first, view, source);
  if (first === undefined || index === undefined) {
    throw new EigenlensError(
      "condition",
      `${where} is ${view.names.join(" x ")}, ${shapeText(info.shape)}: an axis before that of rows must be chosen by a number; save it with rows first.`,
    );
  }
  const entry = entryOf(file, info, index);
  const left = first === "layer" || first === "head" ? omit(chosen, first) : chosen;
  return rowsFirst({ ...entry, names: rest, chosen: left }, source, where);
}

function leadingIndex(
  name: AxisName,
  { info, chosen }: TensorView,
  { token }: ConditionSource,
): number | undefined {
  const [extent = 0] = info.shape;
  if (name === "layer") return chosen.layer;
  if (name === "head") return chosen.head === "all" ? undefined : chosen.head;
  if (name !== "token" || token?.kind !== "index") return extent === 1 ? 0 : undefined;
  const index = token.index < 0 ? token.index + extent : token.index;
  return index >= 0 && index < extent ? index : undefined;
}

function conventional(file: ActivationFile, info: TensorInfo, source: ConditionSource): TensorView {
  const { layer, head, token } = source;
  const where = place(file.path, info.name);
  const chosen = layer === undefined ? (head === undefined ? undefined : "head") : "layer";
  const shape = conditionShape(info.shape, token !== undefined);
  if (chosen !== undefined || shape === undefined) {
    throw new EigenlensError(
      "condition",
      `${where} has ${info.shape.length} axes ${shapeText(info.shape)}, and nothing says what they are: name them, outermost first, as in ${axesHelp}.`,
    );
  }
  const view = reshaped(file, info, shape);
  return { ...view, names: shape.length === 3 ? ["token", "neuron"] : ["neuron"], chosen: {} };
}
