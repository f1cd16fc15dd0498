import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import { addedDirection, type AddableDirection } from "../addedDirection.ts";
import { directionVectors, type DirectionVectors } from "../bundle/directionVectors.ts";
import { rolesOf, type ExportedComponent } from "../bundle/exportedRun.ts";
import { filterHash } from "../filterHash.ts";
import { blockNumber, requireProvenance } from "../site.ts";
import { pythonAssignment, type PythonValue } from "./pythonValue.ts";
import type { SteeringTool } from "./steeringTools.ts";
import common from "./templates/common.py";
import nnsight from "./templates/tools/nnsight.py";
import transformerLens from "./templates/tools/transformer_lens.py";
import transformers from "./templates/tools/transformers.py";
import add from "./templates/uses/add.py";
import erase from "./templates/uses/erase.py";
import read from "./templates/uses/read.py";

const uses = { read, add, erase };
const tools: Readonly<Record<SteeringTool, string>> = {
  transformers,
  "transformer-lens": transformerLens,
  nnsight,
};

/** What a script does with a direction inside a model. */
export type SteeringUse = keyof typeof uses;

export interface SteeringOptions {
  readonly use: SteeringUse;
  readonly tool: SteeringTool;
  /** What is added; other uses have no choice. */
  readonly added: AddableDirection;
  /** Of the file of results that the script writes. */
  readonly name: string;
}

/** So many sentences of each condition are enough to try a direction on. */
const mostPrompts = 24;

/** One sentence each on what a direction does when it is added, as measured on a causal language model. */
export const addedSentences = {
  "mean-difference": "The mean difference is what moves a model.",
  discriminant: "The discriminant moves a model where few dimensions dominate.",
  pattern: "The pattern moved models little better than chance, often with the wrong sign.",
  filter:
    "The filter reads; added, it moved models little better than chance, often with the wrong sign.",
} as const satisfies Record<AddableDirection, string>;

const introductions = {
  read: "Reads a direction in a model: what its filter says of prompts. A filter tells variances apart; it is no classifier.",
  add: "Adds a direction to a model and measures what changes.",
  erase:
    "Erases the difference of two conditions from a model by LEACE of rank one, and measures what is left.",
} as const satisfies Record<SteeringUse, string>;

/**
 * A script that reads, adds or erases a direction where its activations came from, and measures shift and collateral
 * KL on the user's prompts. It holds the vectors itself.
 * @throws EigenlensError "condition" if the provenance does not say model, site, component, layer and token rule, or
 *   the run has nothing to add or erase
 */
export function steeringScript(exported: ExportedComponent, options: SteeringOptions): string {
  const { use, tool } = options;
  const vectors = directionVectors(exported);
  const sentence = use === "add" ? ` ${addedSentences[options.added]}` : "";
  const parts = [
    `"""${introductions[use]}${sentence}"""\n`,
    pythonAssignment("DIRECTION", descriptionOf(exported, vectors, options)),
    pythonAssignment("PROMPTS", promptsOf(exported)),
    pythonAssignment("VECTORS", encoded(neededVectors(vectors, options))),
    common,
    `\n${tools[tool]}`,
    `\n${uses[use]}`,
  ];
  return parts.join("\n");
}

function descriptionOf(
  { document, component }: ExportedComponent,
  { filter }: DirectionVectors,
  { use, added, name }: SteeringOptions,
): Record<string, PythonValue> {
  const place = requireProvenance(
    document,
    ["model", "site", "component", "layer", "token_rule"],
    "A script that works inside a model",
  );
  const { carried, silenced } = rolesOf(component.direction, document.summary);
  return {
    kind: use,
    ...(use === "add" ? { use: added } : {}),
    // By this a file of results is told from one of another direction.
    filter_sha256: filterHash(filter),
    carried: carried.name,
    silenced: silenced.name,
    index: component.index + 1,
    model: place.model,
    ...(place.revision === undefined ? {} : { revision: place.revision }),
    ...(place.captured_with === undefined ? {} : { captured_with: place.captured_with }),
    site: place.site,
    component: place.component,
    layer: blockNumber(place.layer),
    token_rule: followedRule(place.token_rule),
    tokens: `${carried.name}/${silenced.name}`,
    out: `${name}.steering.json`,
  };
}

function followedRule(rule: string): string {
  if (rule === "last" || rule === "mean") return rule;
  const index = /^(?:index:)?([+-]?\d{1,9})$/.exec(rule)?.[1];
  if (index !== undefined) return `index:${Number(index)}`;
  throw new EigenlensError(
    "condition",
    `A script cannot follow the token rule "${printable(rule)}": it knows last, mean and index:N, so correct token_rule in the provenance, then run again.`,
  );
}

function promptsOf({ document, component }: ExportedComponent): Record<string, PythonValue> {
  const none: readonly string[] = [];
  const sentences = document.sentences ?? { target: none, reference: none };
  const { carried, silenced } = rolesOf(component.direction, sentences);
  const some = (all: readonly string[]) =>
    [...new Set(all)].filter((text) => text.trim() !== "").slice(0, mostPrompts);
  return { carried: some(carried), silenced: some(silenced) };
}

function neededVectors(
  vectors: DirectionVectors,
  { use, added }: SteeringOptions,
): Record<string, Float64Array> {
  const { filter, meanCarried, meanSilenced, meanDifference, eraser, overallMean } = vectors;
  switch (use) {
    case "read":
      return { filter, mean_carried: meanCarried, mean_silenced: meanSilenced };
    case "add":
      return { filter, mean_difference: meanDifference, step: addedDirection(vectors, added) };
    case "erase":
      if (eraser === undefined) {
        throw new EigenlensError(
          "condition",
          "The means of both conditions are equal: there is no difference to erase.",
        );
      }
      return {
        filter,
        mean_difference: meanDifference,
        erase_left: meanDifference,
        erase_right: eraser,
        erase_bias: overallMean,
      };
    default:
      return use satisfies never;
  }
}

/** float64, little-endian, in base64. */
function encoded(vectors: Readonly<Record<string, Float64Array>>): Record<string, PythonValue> {
  return Object.fromEntries(
    Object.entries(vectors).map(([name, values]) => [
      name,
      Buffer.from(bytesOf(values)).toString("base64"),
    ]),
  );
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
