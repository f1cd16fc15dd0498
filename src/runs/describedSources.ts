import type { CaptureProvenance } from "../activations/captureProvenance.ts";
import type { RunDocument } from "./runDocument.ts";
import type { SourceRecord } from "./summary.ts";

/**
 * A run's document with what was said only later of where its conditions came from. What the run itself recorded
 * stands: a file beside the data may have been written for others since.
 */
export function describedSources(
  document: RunDocument,
  later: { readonly target: CaptureProvenance; readonly reference: CaptureProvenance },
): RunDocument {
  const { target, reference } = document.sources;
  return {
    ...document,
    sources: {
      target: described(target, later.target),
      reference: described(reference, later.reference),
    },
  };
}

function described(source: SourceRecord, later: CaptureProvenance): SourceRecord {
  const provenance = { ...later, ...source.provenance };
  return Object.keys(provenance).length === 0 ? source : { ...source, provenance };
}
