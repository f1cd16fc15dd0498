import * as vscode from "vscode";
import type { Say } from "../../src/protocol/strings.ts";
import { fillTemplate } from "../../src/protocol/words/fillTemplate.ts";
import { translationsOf, type Translations } from "../../src/protocol/words/translations.ts";

let inUse: Translations | undefined;

/** The editor's language as far as there is a bundle for it; VS Code knows it before the extension starts. */
export function translations(): Translations {
  inUse ??= translationsOf(vscode.env.language, vscode.l10n.bundle);
  return inUse;
}

/** A text that the webviews show, in the editor's language: for titles of panels, which the host sets. */
export const say: Say = (key, ...values) =>
  fillTemplate(translations().strings[key], values[0] ?? {});
