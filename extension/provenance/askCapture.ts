import * as vscode from "vscode";
import {
  captureComponents,
  describedKeys,
  provenanceIn,
  type CaptureComponent,
  type CaptureProvenance,
  type DescribedKey,
} from "../../src/activations/captureProvenance.ts";
import { askForText, chooseOne } from "../messages/choice.ts";

/**
 * Asks where activations came from, one question for each key.
 * @param known what is offered to be edited
 * @returns undefined if the user gave up; what was left empty is absent
 */
export async function askCapture(
  known: CaptureProvenance,
  keys: readonly DescribedKey[] = describedKeys,
): Promise<CaptureProvenance | undefined> {
  const answers: Partial<Record<DescribedKey, string>> = {};
  for (const key of describedKeys) {
    if (!keys.includes(key)) continue;
    const answer =
      key === "component" ? await chooseComponent(known.component) : await ask(key, known[key]);
    if (answer === undefined) return undefined;
    answers[key] = answer;
  }
  return provenanceIn(answers);
}

export function captureTitle(): string {
  return vscode.l10n.t("Describe Capture");
}

async function ask(
  key: Exclude<DescribedKey, "component">,
  value = "",
): Promise<string | undefined> {
  const prompts = {
    model: vscode.l10n.t("The model's name on the hub, or its folder"),
    layer: vscode.l10n.t("The layer: the number of the block, counted from 0"),
    site: vscode.l10n.t("The module's path, as the tool names it"),
    token_rule: vscode.l10n.t("Which token stands for a row: last, mean, or a position"),
  } as const satisfies Record<typeof key, string>;
  const text = await askForText({
    title: captureTitle(),
    prompt: prompts[key],
    placeholder: vscode.l10n.t("empty if it is not known"),
    value,
    ignoreFocusOut: true,
    fault: (typed) =>
      key === "layer" && !/^\d{0,6}$/.test(typed.trim())
        ? vscode.l10n.t("A whole number, or nothing if there is none")
        : undefined,
  });
  return text?.trim();
}

async function chooseComponent(
  known: CaptureComponent | undefined,
): Promise<CaptureComponent | undefined> {
  const labels: Readonly<Record<CaptureComponent, string>> = {
    residual: vscode.l10n.t("Residual stream after the block"),
    mlp: vscode.l10n.t("MLP"),
    attention_head: vscode.l10n.t("Attention head"),
    attention_out: vscode.l10n.t("Output of attention"),
    other: vscode.l10n.t("Something else"),
  };
  const inOrder = [...captureComponents].sort((a, b) => Number(b === known) - Number(a === known));
  const items = inOrder.map((component) => ({ label: labels[component], component }));
  const placeholder = vscode.l10n.t("Which part of the model they were taken from");
  const options = { title: captureTitle(), placeholder, ignoreFocusOut: true };
  return (await chooseOne(items, options))?.component;
}
