import type { OfConditions } from "../../src/protocol/inspector.ts";
import type { RunView } from "../../src/protocol/views/runView.ts";

/** What the conditions of a run are called. */
export function namesOf({ target, reference }: RunView["summary"]): OfConditions<string> {
  return { target: target.name, reference: reference.name };
}
