import * as vscode from "vscode";
import type { TensorInfo } from "../../../src/activations/activationFile.ts";
import { axesText, type AxisName } from "../../../src/activations/axes/axes.ts";
import { plausibleAxes } from "../../../src/conditions/axes/plausibleAxes.ts";
import type { Pick } from "../../messages/pick.ts";
import { describeShape } from "../../../src/protocol/words/shapes.ts";

/** The orders that a tensor's axes may have, as they are picked. */
export function axesItems(info: TensorInfo): Pick<readonly AxisName[]>[] {
  const { shape, openAxes } = info;
  const ofAll = plausibleAxes(shape.length);
  if (!openAxes) return ofAll.map((names) => item(info, names));
  // The first axis counts the files: each is one row, or holds several.
  const isPerFile = (names: readonly AxisName[]) => names[0] === "row";
  const several = plausibleAxes(shape.length - 1).filter((names) => names.includes("row"));
  return [
    ...ofAll.filter(isPerFile).map((names) => item(info, names)),
    ...several.map((names) => {
      const file = { shape: shape.slice(1) };
      return { ...item(file, names), detail: vscode.l10n.t("in each file") };
    }),
  ];
}

function item(
  { shape }: { readonly shape: readonly number[] },
  names: readonly AxisName[],
): Pick<readonly AxisName[]> {
  return {
    label: describeShape({ shape, axes: { names, reason: "" } }),
    description: `[axes=${axesText(names)}]`,
    value: names,
  };
}
