import * as vscode from "vscode";
import type { TokenChoice } from "../../../src/conditions/condition.ts";
import { sourcePath } from "../../activations/sourcePath.ts";
import { askForText } from "../../messages/choice.ts";
import { askForFiles } from "../../messages/fileDialog.ts";
import { pick } from "../../messages/pick.ts";
import type { StepPlace } from "../steps.ts";

/** Which token of `[rows, tokens, columns]` stands for its row. */
export async function chooseToken(
  title: string,
  place: StepPlace,
  tokens: number,
): Promise<TokenChoice | "back" | undefined> {
  const chosen = await pick<"last" | "mean" | "index" | "indexFile">({
    title,
    placeholder: vscode.l10n.t("Rows have {0} tokens each: which one to take", tokens),
    place,
    items: [
      {
        label: vscode.l10n.t("Last token"),
        description: vscode.l10n.t("position {0}, padding included", tokens - 1),
        value: "last",
      },
      { label: vscode.l10n.t("Mean over tokens"), value: "mean" },
      { label: vscode.l10n.t("A position..."), value: "index" },
      {
        label: vscode.l10n.t("A position for each row, from a file..."),
        description: vscode.l10n.t("json or npy with one whole number per row"),
        value: "indexFile",
      },
    ],
  });
  if (!chosen || chosen === "back") return chosen;
  if (chosen.value === "index") return askForIndex(title, tokens);
  if (chosen.value === "indexFile") return askForIndexFile();
  return { kind: chosen.value };
}

async function askForIndex(title: string, tokens: number): Promise<TokenChoice | "back"> {
  const allowed = vscode.l10n.t("A whole number from 0 to {0}", tokens - 1);
  const text = await askForText({
    title,
    prompt: allowed,
    value: "0",
    fault: (value) => {
      const index = Number(value);
      const valid = value.trim() !== "" && Number.isInteger(index) && index >= 0 && index < tokens;
      return valid ? undefined : allowed;
    },
  });
  return text === undefined ? "back" : { kind: "index", index: Number(text) };
}

async function askForIndexFile(): Promise<TokenChoice | "back"> {
  const [file] = await askForFiles({
    title: vscode.l10n.t("One token position per row"),
    filters: { [vscode.l10n.t("Token positions")]: ["json", "npy"] },
  });
  return file ? { kind: "indexFile", path: sourcePath(file) } : "back";
}
