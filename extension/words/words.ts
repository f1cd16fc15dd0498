import * as vscode from "vscode";
import { numberStrings } from "../../src/protocol/strings/numbers.ts";
import { engineTranslations, translatedTexts } from "../../src/protocol/words/bundle.ts";
import { engineTexts } from "../../src/protocol/words/engineTexts.ts";
import { writeNumbersIn } from "../../src/protocol/words/numerals.ts";

/** Has the host write numbers as its texts: call it once, at the start. */
export function writeNumbersAsTexts(): void {
  const { bundle } = vscode.l10n;
  writeNumbersIn(bundle ? vscode.env.language : "en", translatedTexts(numberStrings, bundle));
}

let translateEngine: ((english: string) => string) | undefined;

/** What the engine says (a step, a warning, an error's line) in the editor's language; any other text as it is. */
export function engineText(english: string): string {
  translateEngine ??= engineTexts(engineTranslations(vscode.l10n.bundle));
  return translateEngine(english);
}
