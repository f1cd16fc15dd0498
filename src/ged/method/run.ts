import { checkComparable, checkDistinct } from "../../conditions/checkComparable.ts";
import type { Condition } from "../../conditions/condition.ts";
import { EigenlensError } from "../../errors.ts";
import { WasmProducts } from "../../linalg/wasmProducts.ts";
import { compressByCovariance } from "../full/compressByCovariance.ts";
import { compressByGram } from "../full/compressByGram.ts";
import { compressByKrylov, formCovariances } from "../full/compressByKrylov.ts";
import { leadingBlock, type Compression } from "../full/compression.ts";
import type { RunContext } from "./context.ts";
import { readCovarianceMoments } from "../full/covarianceMoments.ts";
import { totalVariance, type ConditionMoments, type Moments } from "../full/moments.ts";
import { checkGedOptions, type GedOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import { readHeldRowMoments, readRowMoments } from "../full/rowMoments.ts";
import { singlePrecisionError, solveBothDirections, type SolvedDirections } from "../full/solve.ts";

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
  /** Frees what the engine's memory holds of it: nothing may be mapped to neurons afterwards. */
  release(): void;
}

/** The largest estimated error with which single precision, chosen by the planner, is let stand. */
const acceptableError = 1e-4;

/**
 * Compress, then separate: the whole method. Where single precision was the planner's choice and turns out
 * to say too little about these data, everything is done again in double.
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
  const run = await compressThenSeparate(target, reference, options, plan, context);
  if (run.plan.precision === "double" || options.precision === "single") return run;
  const error = singlePrecisionError(run.solved);
  if (error <= acceptableError) return run;
  run.release();
  const reason = `${plan.reason}, then in double, because single left an error of ${error.toPrecision(1)}`;
  const again = { ...plan, precision: "double", reason } as const;
  return compressThenSeparate(target, reference, options, again, context);
}

/** One step a line. */
async function compressThenSeparate(
  target: Condition,
  reference: Condition,
  options: GedOptions,
  plan: Plan,
  context: RunContext,
): Promise<GedRun> {
  const clock = startClock();
  const read = await readMoments(target, reference, plan, context);
  try {
    checkVariance(read.target, target);
    checkVariance(read.reference, reference);
    const readSeconds = clock();

    context.report({ step: "Compressing: eigenvalues of the average covariance" });
    const { moments, compression, refusal } = compress(
      read,
      { target, reference },
      options,
      context,
    );
    const compressSeconds = clock();

    context.report({ step: "Separating: generalized eigenvalues" });
    const solved = solveBothDirections(
      leadingBlock(compression.target, compression.components),
      leadingBlock(compression.reference, compression.components),
      { target: target.name, reference: reference.name },
      options.shrinkage,
      context,
    );
    const separateSeconds = clock();

    return {
      plan: { ...plan, route: moments.route, reason: `${plan.reason}${refusal}` },
      options,
      moments,
      compression,
      solved,
      notes: [...new Set([...plan.warnings, ...(target.notes ?? []), ...(reference.notes ?? [])])],
      seconds: {
        read: readSeconds,
        compress: compressSeconds,
        separate: separateSeconds,
        total: readSeconds + compressSeconds + separateSeconds,
      },
      release: () => release(moments),
    };
  } catch (error) {
    release(read);
    throw error;
  }
}

function readMoments(
  target: Condition,
  reference: Condition,
  plan: Plan,
  context: RunContext,
): Promise<Moments> {
  if (plan.route === "gram") return readRowMoments(target, reference, context);
  if (plan.route === "krylov" && context.products instanceof WasmProducts) {
    return readHeldRowMoments(target, reference, context.products, context);
  }
  return readCovarianceMoments(target, reference, plan.precision, context);
}

/**
 * @returns the moments too: the covariance route takes over where a spectrum is too flat to be searched; and
 *   why it did, to be added to the plan's reason
 */
function compress(
  moments: Moments,
  conditions: { readonly target: Condition; readonly reference: Condition },
  options: GedOptions,
  context: RunContext,
): { moments: Moments; compression: Compression; refusal: string } {
  if (moments.route === "gram") {
    return { moments, compression: compressByGram(moments, options, context), refusal: "" };
  }
  if (moments.route === "krylov") {
    const compression = compressByKrylov(moments, options, context);
    if (!("refused" in compression)) return { moments, compression, refusal: "" };
    const formed = compress(formCovariances(moments), conditions, options, context);
    return { ...formed, refusal: `; it was formed after all, since ${compression.refused}` };
  }
  return {
    moments,
    compression: compressByCovariance(moments, conditions, options, context),
    refusal: "",
  };
}

function release(moments: Moments): void {
  if (moments.route === "krylov") moments.held.release();
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
