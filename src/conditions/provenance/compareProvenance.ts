import type { CaptureProvenance } from "../../activations/captureProvenance.ts";
import { printable } from "../../text/printable.ts";

/** What must agree for activations to be comparable, in the order in which a difference is told. */
const telling = ["model", "revision", "tokenizer", "component", "layer", "site"] as const;

/**
 * In which way two captures differ, where both say it: `layer 6 and layer 8`.
 * @returns undefined if nothing is known to differ
 */
export function captureDifference(
  first: CaptureProvenance | undefined,
  second: CaptureProvenance | undefined,
): string | undefined {
  if (first === undefined || second === undefined) return undefined;
  for (const key of telling) {
    const [a, b] = [first[key], second[key]];
    if (a === undefined || b === undefined || a === b) continue;
    // One place may have two names, if component and layer say that it is one.
    if (key === "site" && isSamePlace(first, second)) continue;
    return `${key} ${printable(a, 100)} and ${key} ${printable(b, 100)}`;
  }
  return undefined;
}

function isSamePlace(first: CaptureProvenance, second: CaptureProvenance): boolean {
  const isKnown = first.component !== undefined && first.layer !== undefined;
  return isKnown && first.component === second.component && first.layer === second.layer;
}
