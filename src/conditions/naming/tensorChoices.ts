import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import type { AxisName } from "../../activations/axes/axes.ts";
import type { ConditionSource } from "../condition.ts";
import { conditionShape, reshaped } from "../conditionShape.ts";

/** A tensor with one layer and head chosen, as a condition may be made of it. */
export interface TensorChoice {
  /** With the tokens of each row together, if it has any. */
  readonly file: ActivationFile;
  /** As row vectors are looked for: rows first. */
  readonly info: TensorInfo;
  readonly chosen: Pick<ConditionSource, "layer" | "head">;
  readonly rows: number;
  readonly columns: number;
  /** If a token must still be chosen: how many a row has, the most. */
  readonly tokens?: number;
}

/** More than so many choices of one tensor are not offered: heads are then taken side by side only. */
const mostChoices = 256;

/** Every choice of layer and head that a tensor leaves open. */
export async function tensorChoices(
  opened: ActivationFile,
  stored: TensorInfo,
): Promise<readonly TensorChoice[]> {
  const file =
    stored.sequences === undefined ? opened : ((await opened.bySequence?.(stored.name)) ?? opened);
  const info = file.tensors.find(({ name }) => name === stored.name) ?? stored;
  const names = info.axes?.names;
  if (names === undefined) return [conventional(file, info)];
  const extent = (name: AxisName) => info.shape[names.indexOf(name)] ?? 1;
  const isPrompt = !names.includes("row");
  const rows = isPrompt ? extent("token") : extent("row");
  const layers = entries(names.includes("layer") ? extent("layer") : 1, info.layerNumbers);
  const heads = headsOf(names.includes("head") ? extent("head") : 1, layers.length);
  const hasTokens = names.includes("token") && !isPrompt;
  const view = { ...info, shape: [rows] };
  return layers.flatMap((layer) =>
    heads.map((head) => ({
      file,
      info: view,
      chosen: {
        ...(layer === undefined ? {} : { layer }),
        ...(head === undefined ? {} : { head }),
      },
      rows,
      columns: extent("neuron") * (head === "all" ? extent("head") : 1),
      ...(hasTokens ? { tokens: extent("token") } : {}),
    })),
  );
}

function conventional(opened: ActivationFile, stored: TensorInfo): TensorChoice {
  const shape = conditionShape(stored.shape) ?? stored.shape;
  const { file, info } = reshaped(opened, stored, shape);
  const [rows = 0, tokens = 0] = shape;
  return {
    file,
    info,
    chosen: {},
    rows,
    columns: shape.at(-1) ?? 0,
    ...(shape.length === 3 ? { tokens } : {}),
  };
}

/** Nothing to choose of an axis of one. */
function entries(
  extent: number,
  numbers: readonly number[] | undefined,
): readonly (number | undefined)[] {
  if (extent === 1) return [undefined];
  return numbers?.length === extent ? numbers : [...Array(extent).keys()];
}

function headsOf(extent: number, layers: number): readonly (number | "all" | undefined)[] {
  if (extent === 1) return [undefined];
  return layers * extent > mostChoices ? ["all"] : ["all", ...Array(extent).keys()];
}
