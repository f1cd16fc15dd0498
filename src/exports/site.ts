import type { CaptureProvenance, DescribedKey } from "../activations/captureProvenance.ts";
import { EigenlensError } from "../errors.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import { sharedProvenance } from "../runs/sharedProvenance.ts";
import { printable } from "../text/printable.ts";

const words = {
  model: "which model",
  site: "which site of the model",
  component: "which component of the model",
  layer: "which layer",
  token_rule: "which token",
} as const satisfies Record<DescribedKey, string>;

/**
 * What a use inside a model needs to know of where the activations came from.
 * @param needs the keys without which the use would have to guess
 * @param use what is asked for, as the subject of a sentence
 * @throws EigenlensError "condition" naming what is not known, with the remedy to describe it, or what is not the same for
 *   both conditions
 */
export function requireProvenance<Key extends DescribedKey>(
  document: RunDocument,
  needs: readonly Key[],
  use: string,
): CaptureProvenance & Readonly<Record<Key, string>> {
  const known = sharedProvenance(document);
  const missing = needs.filter((key) => known[key] === undefined);
  const [first] = missing;
  if (first === undefined) return known as CaptureProvenance & Readonly<Record<Key, string>>;
  const { target, reference } = document.sources;
  const differs = [target, reference].every(({ provenance }) => provenance?.[first] !== undefined);
  if (differs) {
    throw new EigenlensError(
      "condition",
      `${use} needs one place in the model, but the two conditions name different ones (${first}: ${printable(target.provenance?.[first] ?? "")} and ${printable(reference.provenance?.[first] ?? "")}).`,
    );
  }
  throw new EigenlensError(
    "condition",
    `${use} needs to know ${list(missing.map((key) => words[key]))} the activations came from, and guesses nothing: write ${missing.join(", ")} into the metadata of the safetensors file or a capture.json beside the data, then run again.`,
    { detail: { remedy: { kind: "describeCapture", missing } } },
  );
}

/**
 * The number of a block.
 * @throws EigenlensError "condition" for anything but a whole number from 0
 */
export function blockNumber(layer: string): number {
  if (/^\d{1,6}$/.test(layer)) return Number(layer);
  throw new EigenlensError(
    "condition",
    `The layer "${printable(layer)}" is no block number counted from 0: correct layer in the provenance, then run again.`,
  );
}

function list(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join("")
    : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
