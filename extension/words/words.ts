import * as vscode from "vscode";
import { engineTexts } from "../../src/protocol/words/engineTexts.ts";
import { writeNumbersIn } from "../../src/protocol/words/numerals.ts";
import { fillTemplate } from "../../src/protocol/words/fillTemplate.ts";
import type { Say } from "../../src/protocol/strings.ts";
import { translationsOf, type Translations } from "../../src/protocol/words/translations.ts";

let inUse: Translations | undefined;

/** The editor's language as far as there is a bundle for it; VS Code knows it before the extension starts. */
export function translations(): Translations {
  inUse ??= translationsOf(vscode.env.language, vscode.l10n.bundle);
  return inUse;
}

/** Has the host write numbers as its texts: call it once, at the start. */
export function writeNumbersAsTexts(): void {
  const { language, strings } = translations();
  writeNumbersIn(language, strings);
}

/** A text that the webviews show, in the editor's language: for titles of panels, which the host sets. */
export const say: Say = (key, ...values) =>
  fillTemplate(translations().strings[key], values[0] ?? {});

let translateEngine: ((english: string) => string) | undefined;

/** What the engine says (a step, a warning, an error's line) in the editor's language; any other text as it is. */
export function engineText(english: string): string {
  translateEngine ??= engineTexts(translations().engine);
  return translateEngine(english);
}
