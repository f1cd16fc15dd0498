import { provenanceKeys, type CaptureProvenance } from "../activations/captureProvenance.ts";
import { EigenlensError } from "../errors.ts";
import { printable } from "../text/printable.ts";

/** What may differ between parts of one capture. */
const own: ReadonlySet<string> = new Set([
  "captured_with",
  "notebook",
  "variable",
] satisfies (keyof CaptureProvenance)[]);

/**
 * What is known of two sets of rows together. What only one of them says is taken for both; tools may differ.
 * @param places where the two are, for the message
 * @throws EigenlensError "condition" if they contradict each other
 */
export function commonProvenance(
  first: CaptureProvenance,
  second: CaptureProvenance,
  places: readonly [string, string],
): CaptureProvenance {
  for (const key of provenanceKeys) {
    const [a, b] = [first[key], second[key]];
    if (own.has(key) || a === undefined || b === undefined || a === b) continue;
    throw new EigenlensError(
      "condition",
      `${places[0]} has ${key} ${printable(a, 80)}, ${places[1]} has ${printable(b, 80)}: moments of different origin are not added up; choose parts of one capture.`,
    );
  }
  return { ...second, ...first };
}
