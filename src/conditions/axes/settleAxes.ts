import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import { axesText, type AxisName, type NamedAxes } from "../../activations/axes/axes.ts";
import { shapeText } from "../../activations/shape.ts";
import { place } from "../../activations/storedTensor.ts";
import { EigenlensError } from "../../errors.ts";
import type { ConditionSource } from "../condition.ts";

/** What brackets say of axes, for messages. */
export const axesHelp = "[axes=row:layer:token:neuron]";

/**
 * The names of a tensor's axes: the user's, else those that a witness gives; undefined if nothing says what they are.
 * @throws EigenlensError "usage" if the user's do not fit the shape
 */
export function settleAxes(
  file: ActivationFile,
  info: TensorInfo,
  { axes }: ConditionSource,
): NamedAxes | undefined {
  if (axes === undefined) return info.axes;
  const { shape } = info;
  // Files that were put together have an axis of rows before those of a file.
  const isWithoutRows = !axes.includes("row") && axes.length === shape.length - 1;
  const names: readonly AxisName[] =
    isWithoutRows && file.folder !== undefined ? ["row", ...axes] : axes;
  if (names.length !== shape.length) {
    throw new EigenlensError(
      "usage",
      `${place(file.path, info.name)} has ${shape.length} axes ${shapeText(shape)}, [axes=${axesText(axes)}] names ${axes.length}: name each, outermost first.`,
    );
  }
  return { names, reason: "as chosen" };
}

/**
 * Checks that a choice of layer or head has an axis to choose from, and gives its index.
 * @returns undefined if nothing is to be chosen
 * @throws EigenlensError "condition" if the choice lies outside or is missing; "usage" if there is no such axis
 */
export function chosenIndex(
  name: "layer" | "head",
  chosen: number | undefined,
  names: readonly AxisName[],
  shape: readonly number[],
  where: string,
  numbers?: readonly number[],
): number | undefined {
  const axis = names.indexOf(name);
  const extent = shape[axis] ?? 0;
  const described = `${where} is ${names.join(" x ")}, ${shapeText(shape)}`;
  if (axis === -1) {
    if (chosen === undefined) return undefined;
    throw new EigenlensError(
      "usage",
      `${described}, without an axis of ${name}s: leave [${name}=${chosen}] out, or name the axes as in ${axesHelp}.`,
    );
  }
  const isNumbered = name === "layer" && numbers?.length === extent;
  const known = isNumbered ? `one of ${numbers.slice(0, 40).join(", ")}` : `0 to ${extent - 1}`;
  if (chosen === undefined) {
    if (extent === 1) return 0;
    const all = name === "head" ? ", or [head=all] for all side by side" : "";
    throw new EigenlensError(
      "condition",
      `${described}: choose a ${name} with [${name}=...], ${known}${all}.`,
    );
  }
  const index = isNumbered ? numbers.indexOf(chosen) : chosen < 0 ? chosen + extent : chosen;
  if (index >= 0 && index < extent) return index;
  throw new EigenlensError(
    "condition",
    `${described}: it has no ${name} ${chosen}; choose ${known}.`,
  );
}
