import type { RunSummary } from "../../runs/summary.ts";
import { printable } from "../../text/printable.ts";

/** A name from a file as it stands in a sentence for a language model: bounded, escaped, in quotes that it cannot end. */
export function quoted(name: string): string {
  return JSON.stringify(printable(name, 100));
}

/** A summary whose names stand in sentences. */
export function quotedSummary(summary: RunSummary): RunSummary {
  const { target, reference } = summary;
  return {
    ...summary,
    target: { ...target, name: quoted(target.name) },
    reference: { ...reference, name: quoted(reference.name) },
  };
}
