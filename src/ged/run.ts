import { checkComparable, checkDistinct } from "../conditions/checkComparable.ts";
import type { Condition } from "../conditions/condition.ts";
import { EigenlensError } from "../errors.ts";
import { compressByCovariance } from "./compressByCovariance.ts";
import { compressByGram } from "./compressByGram.ts";
import { leadingBlock, type Compression } from "./compression.ts";
import type { RunContext } from "./context.ts";
import { readCovarianceMoments } from "./covarianceMoments.ts";
import { totalVariance, type ConditionMoments, type Moments } from "./moments.ts";
import { checkGedOptions, type GedOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import { readRowMoments } from "./rowMoments.ts";
import { solveBothDirections, type SolvedDirections } from "./solve.ts";

/** A finished run in memory: what a run document is made from. */
export interface GedRun {
  readonly plan: Plan;
  readonly options: GedOptions;
  readonly moments: Moments;
  readonly compression: Compression;
  readonly solved: SolvedDirections;
  /** What the conditions' readers had to say, one line each. */
  readonly notes: readonly string[];
  readonly seconds: {
    readonly read: number;
    readonly compress: number;
    readonly separate: number;
    readonly total: number;
  };
}

/**
 * Compress, then separate: the whole method, one step a line.
 * @param target condition A, [nA, D]
 * @param reference condition B, [nB, D]
 * @param plan from {@link planRun}, for the same shape
 * @throws EigenlensError where the conditions cannot be compared, hold a value that is not finite, or do
 *   not vary, or where the reference stays singular; CancelledError
 */
export async function runGed(
  target: Condition,
  reference: Condition,
  options: GedOptions,
  plan: Plan,
  context: RunContext,
): Promise<GedRun> {
  checkGedOptions(options);
  checkComparable(target, reference);
  await checkDistinct(target, reference);
  const clock = startClock();

  const moments = await readMoments(target, reference, plan, context);
  checkVariance(moments.target, target);
  checkVariance(moments.reference, reference);
  const read = clock();

  context.report({ step: "Compressing: eigenvalues of the average covariance" });
  const compression =
    moments.route === "gram"
      ? compressByGram(moments, options, context)
      : compressByCovariance(moments, { target, reference }, options, context);
  const compress = clock();

  context.report({ step: "Separating: generalized eigenvalues" });
  const solved = solveBothDirections(
    leadingBlock(compression.target, compression.components),
    leadingBlock(compression.reference, compression.components),
    { target: target.name, reference: reference.name },
    options.shrinkage,
    context,
  );
  const separate = clock();

  const total = read + compress + separate;
  return {
    plan,
    options,
    moments,
    compression,
    solved,
    notes: [...new Set([...(target.notes ?? []), ...(reference.notes ?? [])])],
    seconds: { read, compress, separate, total },
  };
}

function readMoments(
  target: Condition,
  reference: Condition,
  plan: Plan,
  context: RunContext,
): Promise<Moments> {
  return plan.route === "gram"
    ? readRowMoments(target, reference, context)
    : readCovarianceMoments(target, reference, plan.precision, context);
}

function checkVariance(moments: ConditionMoments, condition: Condition): void {
  if (totalVariance(moments) > 0) return;
  throw new EigenlensError(
    "condition",
    `${condition.name} (${condition.provenance.path}) does not vary: all ${moments.rows} rows are the ` +
      `same, so it has no covariance; check how its activations were collected.`,
  );
}

/** Seconds since the last call. */
function startClock(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
