import { pythonAssignment, type PythonValue } from "../exports/python/pythonValue.ts";
import { checkOptions } from "./checkOptions.ts";
import {
  isNamedSite,
  namedSites,
  type CaptureLibrary,
  type CaptureOptions,
  type TokenRule,
} from "./options.ts";
import { placeName } from "./tensorNames.ts";
import common from "./templates/common.py";
import nnsight from "./templates/libraries/nnsight.py";
import transformerLens from "./templates/libraries/transformer_lens.py";
import transformers from "./templates/libraries/transformers.py";
import vllm from "./templates/libraries/vllm.py";
import main from "./templates/main.py";
import sites from "./templates/sites.py";

/** How each library gets at activations; those that work on the model's own modules find them alike. */
const libraries = {
  transformers: [sites, transformers],
  "transformer-lens": [transformerLens],
  nnsight: [sites, nnsight],
  vllm: [sites, vllm],
} as const satisfies Readonly<Record<CaptureLibrary, readonly string[]>>;

/** What each library needs to be installed; torch comes with all. */
const packages = {
  transformers: "torch transformers",
  "transformer-lens": "transformer-lens",
  nnsight: "nnsight",
  vllm: "vllm",
} as const satisfies Readonly<Record<CaptureLibrary, string>>;

/**
 * A Python script that captures activations: one safetensors file for each condition and layer, with their provenance,
 * and `sentences.json` beside them. Plain ASCII; what it writes is opened without a choice.
 * @throws EigenlensError "usage" as {@link checkOptions}
 */
export function captureScript(options: CaptureOptions): string {
  checkOptions(options);
  return filledIn(options);
}

/** {@link captureScript} of whatever the options say: no text of theirs can be more than a value. */
export function filledIn(options: CaptureOptions): string {
  const { library } = options;
  return [
    // Editors call what has no name yet by its first line.
    `# Activation capture\n# pip install ${packages[library]}, then run this file. If it is stopped, run it again: it goes on from there.\n`,
    pythonAssignment("CAPTURE", settingsOf(options)),
    [common, ...libraries[library], main].join("\n\n"),
  ].join("\n");
}

function settingsOf(options: CaptureOptions): Record<string, PythonValue> {
  const { model, revision, site, layers, token, prompts, conditions, folder } = options;
  return {
    model,
    revision: revision ?? null,
    site,
    component: isNamedSite(site) ? namedSites[site] : "other",
    layers,
    tensors: placeName(site),
    token: Object.fromEntries(conditions.map((name, i) => [name, ruleOf(token, i)])),
    prompts,
    conditions,
    folder,
  };
}

/** As provenance writes a token rule. */
function ruleOf(token: TokenRule, condition: number): string {
  switch (token.kind) {
    case "last":
    case "mean":
      return token.kind;
    case "index":
      return `index:${token.index}`;
    case "word":
      return `word:${token.words[condition] ?? token.words[0]}`;
    default:
      return token satisfies never;
  }
}
