import { provenanceKeys, type CaptureProvenance } from "../activations/captureProvenance.ts";
import { describeToken } from "../conditions/naming/describeSource.ts";
import type { RunDocument } from "./runDocument.ts";
import type { SourceRecord } from "./summary.ts";

/**
 * What both conditions say alike of where they came from. A token position that the run itself chose counts as the
 * rule, unless one was written down.
 */
export function sharedProvenance({ sources }: Pick<RunDocument, "sources">): CaptureProvenance {
  const [target, reference] = [provenanceOf(sources.target), provenanceOf(sources.reference)];
  return Object.fromEntries(
    provenanceKeys.flatMap((key) => {
      const value = target[key];
      return value === undefined || value === "" || value !== reference[key] ? [] : [[key, value]];
    }),
  );
}

function provenanceOf({ provenance = {}, condition }: SourceRecord): CaptureProvenance {
  const chosen = condition.token;
  // A list of positions is no rule that another prompt could follow.
  return chosen === undefined || chosen.kind === "indexFile"
    ? provenance
    : { token_rule: describeToken(chosen), ...provenance };
}
