import * as vscode from "vscode";
import type { TensorInfo } from "../../src/activations/activationFile.ts";
import type { AxisName } from "../../src/activations/axes/axes.ts";
import type { ConditionSource } from "../../src/conditions/condition.ts";
import { EigenlensError } from "../../src/errors.ts";
import { axesReason } from "../../src/protocol/words/shapes.ts";
import { isNameable } from "../activations/openAxes.ts";
import { engineText } from "../words/words.ts";
import { chooseOne } from "../messages/choice.ts";
import { baseName } from "../naming.ts";
import { isSource } from "../roles.ts";
import { axesItems } from "./choosing/axesItems.ts";
import { chosenSources } from "./choosing/chosenPaths.ts";
import type { CommandContext } from "./commandContext.ts";
import type { CommandAction } from "./register.ts";

export const axesCommand: Readonly<Record<string, CommandAction>> = {
  async nameAxes(context, clicked) {
    const [chosen] = chosenSources(clicked, undefined);
    const source = chosen ?? sourceIn(clicked);
    if (source) await nameAxes(context, source.path, source.tensor);
  },
};

/**
 * Asks what the axes of a tensor are and remembers it for this session.
 * @param tensor undefined for the only one of its file whose axes can be named
 * @throws EigenlensError "condition" if there is no such tensor, or as the file does
 */
export async function nameAxes(
  { headers, readings }: CommandContext,
  path: string,
  tensor: string | undefined,
): Promise<void> {
  const known = await headers.read(path);
  if (known && "failure" in known) throw new EigenlensError("file-format", known.failure);
  const info = known?.summary.tensors.find((each) =>
    tensor === undefined ? isNameable(each) : each.name === tensor,
  );
  if (!info) {
    throw new EigenlensError(
      "condition",
      vscode.l10n.t("{0} has no tensor whose axes could be named.", baseName(path)),
    );
  }
  const isNamed = readings.of(path, info.name)?.axes !== undefined;
  const named = info.name === "" ? baseName(path) : info.name;
  const picked = await chooseOne(choices(info, isNamed), {
    title: vscode.l10n.t("Axes of {0}", named),
    placeholder: placeholderOf(info),
  });
  if (!picked) return;
  if (picked.value) readings.remember({ path, tensor: info.name, axes: picked.value });
  else readings.forgetAxes(path, info.name);
}

/** What the file editor hands over. */
function sourceIn(value: unknown): ConditionSource | undefined {
  const isHanded = typeof value === "object" && value !== null && "source" in value;
  return isHanded && isSource(value.source) ? value.source : undefined;
}

interface AxesItem extends vscode.QuickPickItem {
  /** Absent for what the file says. */
  readonly value?: readonly AxisName[];
}

function choices(info: TensorInfo, isNamed: boolean): AxesItem[] {
  const items: AxesItem[] = axesItems(info);
  return isNamed ? [...items, { label: vscode.l10n.t("As the file says") }] : items;
}

function placeholderOf(info: TensorInfo): string {
  const now = axesReason(info, engineText);
  return now === undefined
    ? vscode.l10n.t("Nothing says what they are")
    : vscode.l10n.t("Now {0}", now);
}
