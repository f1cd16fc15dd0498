import { axesText, type AxisName, type NamedAxes } from "../../axes/axes.ts";
import { tokenVectors } from "../../axes/axisWitness.ts";
import { shapeText } from "../../shape.ts";
import { unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import { concatenated } from "../parts/concatenate.ts";
import type { OpenParts } from "../parts/openParts.ts";
import { gathered, stacked } from "../parts/stack.ts";
import type { Survey, SurveyedTensor } from "../parts/survey.ts";

/** How the tensors of many files make one: their rows one after another, each file a row, or one value of each. */
type Arrangement =
  | { readonly kind: "rows" }
  | { readonly kind: "row"; readonly axes?: NamedAxes }
  | { readonly kind: "value" }
  /** Nothing says which: the reason, with what to do. */
  | { readonly kind: "open"; readonly reason: string };

/**
 * Every tensor of files that were written one per prompt (or one a batch). The user's names of the axes go first; else
 * the shapes tell, or the tensor is listed with what to say.
 * @param fallback what an unnamed tensor is called
 */
export function arrangedTensors(
  survey: Survey,
  parts: OpenParts,
  named: readonly AxisName[] | undefined,
  fallback: string,
): StoredTensor[] {
  return survey.tensors.map((tensor) => {
    const { info, extents } = tensor;
    const name = info.name === "" ? fallback : info.name;
    const arrangement = arrange(tensor, survey, named);
    switch (arrangement.kind) {
      case "rows":
        return concatenated(tensor, name, survey, parts);
      case "row": {
        const { axes } = arrangement;
        return stacked(tensor, { name, ...(axes === undefined ? {} : { axes }) }, survey, parts);
      }
      case "value":
        return gathered(tensor, survey, parts);
      case "open": {
        const listed = unreadableTensor(name, [extents.parts, ...info.shape], arrangement.reason);
        return { ...listed, info: { ...listed.info, openAxes: true } };
      }
      default:
        return arrangement satisfies never;
    }
  });
}

function arrange(
  tensor: SurveyedTensor,
  survey: Survey,
  named: readonly AxisName[] | undefined,
): Arrangement {
  const { info, extents } = tensor;
  const { rank } = extents;
  const isText = info.elementType === "text";
  if (rank === 0) return { kind: "value" };
  if (named !== undefined && rank > 1) {
    const inOrder = arrangedByName(rank, named);
    if (inOrder !== undefined) return inOrder;
  }
  const areSingle = extents.range(0).most === 1;
  if (rank === 1) {
    if (areSingle) return { kind: "value" };
    const companion = survey.tensors.find(
      (other) => other.extents.rank > 1 && goesWith(tensor, other),
    );
    if (companion !== undefined) {
      const { kind } = arrange(companion, survey, named);
      return kind === "rows" || isText ? { kind: "rows" } : { kind: "row" };
    }
    return isText ? { kind: "rows" } : { kind: "row" };
  }
  // A batch of one, as models return it.
  if (areSingle) return { kind: "rows" };
  if (rank === 2) return { kind: "row", axes: tokensOfFile };
  if (rank === 3) {
    const tokens = survey.tensors.find(
      (other) => tokenVectors.includes(other.info.name) && goesWith(other, tensor),
    );
    if (tokens !== undefined) return { kind: "row", axes: layersOfFile(tokens.info.name) };
    if (!extents.isEven(0)) return { kind: "rows" };
  }
  return {
    kind: "open",
    reason: `each file holds ${shapeText(info.shape)} and nothing says what its axes are: name them, as in [axes=layer:token:neuron] if a file is one row, or [axes=row:token:neuron] if it holds several.`,
  };
}

function arrangedByName(rank: number, named: readonly AxisName[]): Arrangement | undefined {
  const reason = `axes=${axesText(named)} was chosen`;
  if (named.length === rank && !named.includes("row")) {
    return { kind: "row", axes: { names: ["row", ...named], reason } };
  }
  if (named.length === rank) return { kind: "rows" };
  if (named.length === rank + 1 && named[0] === "row") {
    return { kind: "row", axes: { names: named, reason } };
  }
  return undefined;
}

const tokensOfFile: NamedAxes = {
  names: ["row", "token", "neuron"],
  reason: "each file holds one matrix, as files are written one for each prompt",
};

function layersOfFile(tokens: string): NamedAxes {
  return {
    names: ["row", "token", "layer", "neuron"],
    reason: `${tokens} has one token for each entry of a file's first axis, as vLLM writes requests`,
  };
}

/** Whether a vector has one value for each entry of the other's first axis, in every file. */
function goesWith(vector: SurveyedTensor, other: SurveyedTensor): boolean {
  const { extents } = vector;
  if (extents.rank !== 1 || vector.fault !== undefined || other.fault !== undefined) return false;
  for (let part = 0; part < extents.parts; part++) {
    if (extents.get(part, 0) !== other.extents.get(part, 0)) return false;
  }
  return true;
}
