import { describeRun } from "../../commandLine/describe/describeRun.ts";
import { runAndValidate } from "../../commandLine/runAndValidate.ts";
import type { ConditionSource } from "../../conditions/condition.ts";
import { EigenlensError } from "../../errors.ts";
import type { RunRequest } from "../../protocol/engine.ts";
import type { RunRecord } from "../../runs/runDocument.ts";
import { printable } from "../../text/printable.ts";
import type { ValidateInput } from "../api/inputs.ts";
import { quotedSummary } from "../findings/quoted.ts";
import { runFindings } from "../findings/runFindings.ts";
import { settledPath, settledSource } from "../places/sources.ts";
import { validateInput } from "../schemas/inputs.ts";
import { runResult } from "../schemas/results.ts";
import { defineTool, heldOutOrNot, namesAreData, type ToolContext } from "../tool.ts";
import { methodOptions, validationOptions } from "./method.ts";
import { placeOfRun } from "./runOutput.ts";

/** `eigenlens run --validate`, of a run document or of two sources. */
export const validateRun = defineTool({
  title: "Validate a run",
  description: `Says whether a direction is to be believed: cross-validation with every step inside the folds, permuted labels, and a verdict (holds, not-shown, does-not-hold, cannot-tell) on each direction with the warnings to read before it. Takes a run document, whose sources are read again, or a target and a reference. May take minutes; fewer permutations take less. ${heldOutOrNot} ${namesAreData}`,
  input: validateInput,
  result: runResult,
  writes: true,
  async use(input, context) {
    const { engine, call } = context;
    const { request, notes } = await requested(input, context);
    const output = await placeOfRun(input, request, context);
    const { document, summary } = await runAndValidate(
      engine,
      request,
      validationOptions(input),
      output !== undefined,
      call,
    );
    if (document !== undefined) await output?.write(document);
    const found = runFindings(summary);
    return {
      result: {
        ...(output === undefined ? {} : { run: output.path }),
        ...found,
        warnings: [...notes, ...found.warnings],
      },
      lines: [...notes, ...describeRun(quotedSummary(summary), "validate_run")],
    };
  },
});

async function requested(
  input: ValidateInput,
  context: ToolContext,
): Promise<{ request: RunRequest; notes: readonly string[] }> {
  const { engine, folder, options } = context;
  const { run, target, reference } = input;
  if (run === undefined && target !== undefined && reference !== undefined) {
    return {
      request: {
        target: settledSource("target", target, folder),
        reference: settledSource("reference", reference, folder),
        options: methodOptions(input, options),
      },
      notes: [],
    };
  }
  if (run === undefined || target !== undefined || reference !== undefined) {
    throw new EigenlensError(
      "usage",
      "Give either run, a run document, or both target and reference.",
    );
  }
  const record = await engine.readRecord({ path: settledPath(run, folder) });
  const { sources, summary } = record;
  const again = (source: ConditionSource, name: string): ConditionSource => ({
    ...source,
    name,
    path: settledPath(source.path, folder),
  });
  return {
    request: {
      target: again(sources.target.condition, summary.target.name),
      reference: again(sources.reference.condition, summary.reference.name),
      options: methodOptions(input, record.options),
    },
    notes: await changes(record, context),
  };
}

/** A line for each source that is not what the run was made from. */
async function changes(
  { sources }: RunRecord,
  { inputs, folder }: ToolContext,
): Promise<readonly string[]> {
  const lines = new Set<string>();
  for (const { path, byteLength, modified } of [sources.target, sources.reference]) {
    const found = await inputs.fileSystem.stat(settledPath(path, folder));
    // Some file systems give whole milliseconds, others fractions.
    const isSame =
      found === undefined ||
      (found.byteLength === byteLength && Math.abs(found.modified - modified) < 2);
    if (!isSame) {
      lines.add(
        `"${printable(path)}" changed since the run was made: this validation is of the file as it is now.`,
      );
    }
  }
  return [...lines];
}
