import { extensionOf } from "../activations/detectFormat.ts";
import { conditionWord } from "../conditions/naming/guessName.ts";
import { EigenlensError } from "../errors.ts";
import { printable } from "../text/printable.ts";
import { isNamedSite, namedSites, type CaptureOptions } from "./options.ts";
import { placeName } from "./tensorNames.ts";

/** Files of prompts that a script reads. */
export const promptExtensions = ["json", "jsonl", "csv", "tsv"] as const;

/**
 * Whether a script filled in with these would do what is meant.
 * @throws EigenlensError "usage" naming the first that would not
 */
export function checkOptions(options: CaptureOptions): void {
  checkText("model", options.model);
  checkText("folder", options.folder);
  if (options.revision !== undefined) checkText("revision", options.revision);
  if (options.layers.length === 0)
    throw new EigenlensError("usage", "No layer is named: write such as 0,6.");
  checkSite(options.site, options.layers);
  checkPrompts(options.prompts);
  checkConditions(options.conditions);
}

/** @throws EigenlensError "usage" for a site that is neither known nor a path of one module for each layer */
export function checkSite(site: string, layers: readonly number[]): void {
  if (isNamedSite(site)) return;
  const known = Object.keys(namedSites).join(", ");
  if (!site.includes(".")) {
    throw new EigenlensError(
      "usage",
      `"${printable(site, 100)}" is no site: write ${known}, or the path of a module such as transformer.h.{layer}.mlp.`,
    );
  }
  if (layers.length > 1 && !site.includes("{layer}")) {
    throw new EigenlensError(
      "usage",
      `${printable(site, 100)} is one module, and ${layers.length} layers are named: write {layer} in place of the number.`,
    );
  }
}

/** @throws EigenlensError "usage" for a file that a script would not read */
export function checkPrompts(path: string): void {
  const extension = extensionOf(path);
  if (promptExtensions.some((known) => known === extension)) return;
  throw new EigenlensError(
    "usage",
    `${printable(path, 200)} is no file of prompts: it is ${promptExtensions.join(", ")} with a column or list for each condition.`,
  );
}

/** @throws EigenlensError "usage" for names that would not be read back from the tensors' names as they are */
export function checkConditions(conditions: readonly [string, string]): void {
  const [first, second] = conditions;
  if (first.toLowerCase() === second.toLowerCase()) {
    throw new EigenlensError(
      "usage",
      `Both conditions are called ${printable(first, 100)}: give them different names.`,
    );
  }
  for (const name of conditions) {
    const read = conditionWord(`${placeName("mlp")}.${name}`);
    if (read === name && /^[\p{L}\p{N}]+$/u.test(name)) continue;
    throw new EigenlensError(
      "usage",
      `"${printable(name, 100)}" would not be read back as the name of a condition: name it by one word of letters, such as him or negated, and the column of prompts alike.`,
    );
  }
}

function checkText(what: string, text: string): void {
  if (text.trim() === "")
    throw new EigenlensError("usage", `The ${what} is empty: write which one is meant.`);
}
