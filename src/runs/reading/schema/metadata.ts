import * as v from "valibot";
import { directionNames } from "../../../ged/method/directions.ts";
import type { RunDocument } from "../../runDocument.ts";
import { rowsAtHand } from "../../rowsAtHand.ts";
import { moment, runName, texts } from "./atoms.ts";
import { gedOptions } from "./options.ts";
import { sources } from "./sources.ts";
import { runSummary } from "./summary.ts";
import { transfers } from "./transfers.ts";

/** Everything of a run but its tensors; entries that are not known are kept as they are. */
const run: v.GenericSchema<unknown, Omit<RunDocument, "tensors" | "version">> = v.looseObject({
  created: moment,
  name: v.exactOptional(runName),
  options: gedOptions,
  sources,
  summary: runSummary,
  transfers: v.exactOptional(transfers),
  sentences: v.exactOptional(v.looseObject({ target: texts, reference: texts })),
});

const agreeing = v.pipe(
  run,
  v.check(({ transfers: tried = [], summary: { compression } }) =>
    tried.every((transfer) =>
      directionNames.every((direction) =>
        transfer[direction].every(({ index }) => index < compression.components),
      ),
    ),
  ),
  v.check(({ sentences, summary }) => {
    const { target, reference } = rowsAtHand(summary);
    return (
      sentences === undefined ||
      (sentences.target.length === target && sentences.reference.length === reference)
    );
  }),
);

/**
 * Holds what a stranger wrote against what a run is.
 * @returns the run, or the clause that says what is wrong with it
 */
export function checkRun(
  value: unknown,
): { readonly run: v.InferOutput<typeof agreeing> } | { readonly fault: string } {
  const { success, output, issues } = v.safeParse(agreeing, value, { abortEarly: true });
  if (success) return { run: output };
  const [issue] = issues;
  const place = v.getDotPath(issue);
  if (place === null) return { fault: "its parts contradict each other" };
  const fault = issue.received === "undefined" ? "is missing" : "is not what a run has there";
  return { fault: `its ${place} ${fault}` };
}
