import { checkComparable, checkDistinct } from "../../conditions/checkComparable.ts";
import type { Condition } from "../../conditions/condition.ts";
import { EigenlensError } from "../../errors.ts";
import { compressByCovariance } from "../full/compressByCovariance.ts";
import { compressInBasis } from "../full/compressInBasis.ts";
import { compressByGram } from "../full/compressByGram.ts";
import { compressByKrylov, formCovariances } from "../full/compressByKrylov.ts";
import { runGammas } from "../full/gammas.ts";
import { leadingBlock, type FullCompression } from "../full/compression.ts";
import { checkVariance } from "./checkVariance.ts";
import type { RunContext } from "./context.ts";
import type { ConditionName } from "./directions.ts";
import { readCovarianceMoments } from "../full/moments/covarianceMoments.ts";
import { totalVariance, type CovarianceMoments, type Moments } from "../full/moments/moments.ts";
import { rowsNeeded } from "./shrinkage/covarianceShape.ts";
import { needsRows } from "./shrinkage/shrinkage.ts";
import { checkGedOptions, type GedOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import {
  canScaleBack,
  needsScaling,
  scaledCondition,
  scaledUnitsWarning,
  suitableFactor,
} from "./scaling.ts";
import { unscaleResult } from "../full/unscale.ts";
import { readHeldRowMoments, readRowMoments } from "../full/moments/rowMoments.ts";
import { separateBoth } from "./separateBoth.ts";
import { solveBothDirections, type SolvedDirections } from "../full/solve.ts";

/** A finished run in memory: what a run document is made from. */
export interface GedRun {
  readonly plan: Plan;
  readonly options: GedOptions;
  readonly moments: Moments;
  readonly compression: FullCompression;
  readonly solved: SolvedDirections;
  /** Estimated relative error of the generalized eigenvalues above 1 for what was computed in single; 0 in double. */
  readonly errorEstimate: number;
  /** Of a run from moments: of how many rows projections are known. */
  readonly atHand?: Readonly<Record<ConditionName, number>>;
  /** The power of two that the activations were multiplied by, and whether the results still are. */
  readonly scaling: { readonly factor: number; readonly remains: boolean };
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

/**
 * Compress, then separate: the whole method. If single precision was the planner's choice and turns out to say too
 * little about these data, the covariances of the kept components are computed again in double.
 * @param target condition A, [nA, D]
 * @param reference condition B, [nB, D]
 * @param plan from {@link planRun}, for the same shape
 * @throws EigenlensError if the conditions cannot be compared, hold a value that is not finite, or do
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
  return compressThenSeparate(target, reference, options, plan, context);
}

/** What is known of a condition without its rows. */
export type DescribedCondition = Pick<Condition, "name" | "columns" | "provenance" | "notes">;

/**
 * Compress, then separate from moments alone: the covariance route from its second step on. No row can be projected.
 * @param conditions whose moments they are
 * @param plan from {@link planMoments}
 * @throws EigenlensError as {@link runGed}; "usage" if the shrinkage needs rows; "numerics" if variances are beyond what can be computed with; CancelledError
 */
export async function runFromMoments(
  moments: CovarianceMoments,
  conditions: { readonly target: DescribedCondition; readonly reference: DescribedCondition },
  options: GedOptions,
  plan: Plan,
  context: RunContext,
): Promise<GedRun> {
  checkGedOptions(options);
  if (needsRows(options.shrinkage)) throw rowsNeeded();
  if (needsScaling(totalVariance(moments.target), totalVariance(moments.reference))) {
    checkVariance(moments.target, conditions.target);
    checkVariance(moments.reference, conditions.reference);
    throw new EigenlensError(
      "numerics",
      "Variances in these moments are beyond what can be computed with: multiply the activations by a power of ten " +
        "that brings them near 1, and sum their moments again.",
    );
  }
  return solve(moments, conditions, undefined, options, plan, context, startClock());
}

/** As given, unless the variances then turn out to be beyond what can be computed with. */
async function compressThenSeparate(
  target: Condition,
  reference: Condition,
  options: GedOptions,
  plan: Plan,
  context: RunContext,
): Promise<GedRun> {
  const clock = startClock();
  const read = await readMoments(target, reference, plan, context);
  const given = { target, reference };
  if (!needsScaling(totalVariance(read.target), totalVariance(read.reference))) {
    return solve(read, given, given, options, plan, context, clock);
  }
  release(read);
  const factor = await suitableFactor(target, reference, context);
  const scaled = {
    target: scaledCondition(target, factor),
    reference: scaledCondition(reference, factor),
  };
  const again = await readMoments(scaled.target, scaled.reference, plan, context);
  const run = await solve(again, scaled, scaled, options, plan, context, clock);
  if (factor === 1) return run;
  return canScaleBack(run.compression.totalVariance, factor)
    ? { ...unscaleResult(run, factor), scaling: { factor, remains: false } }
    : {
        ...run,
        scaling: { factor, remains: true },
        notes: [scaledUnitsWarning(factor), ...run.notes],
      };
}

/** One step a line. @param rows undefined if there are none, only moments */
async function solve(
  read: Moments,
  conditions: { readonly target: DescribedCondition; readonly reference: DescribedCondition },
  rows: { readonly target: Condition; readonly reference: Condition } | undefined,
  options: GedOptions,
  plan: Plan,
  context: RunContext,
  clock: () => number,
): Promise<GedRun> {
  const { target, reference } = conditions;
  try {
    checkVariance(read.target, target);
    checkVariance(read.reference, reference);
    const readSeconds = clock();

    context.report({ step: "Compressing: eigenvalues of the average covariance" });
    const { moments, compression, refusal } = compress(read, rows, options, context);
    const compressSeconds = clock();

    context.report({ step: "Separating: generalized eigenvalues" });
    const gammas = await runGammas(options.shrinkage, compression, {
      target: read.target.rows,
      reference: read.reference.rows,
    });
    const separated = await separateBoth(
      { moments, compression, rows },
      (kept) =>
        solveBothDirections(
          leadingBlock(kept.target, kept.components),
          leadingBlock(kept.reference, kept.components),
          { target: target.name, reference: reference.name },
          gammas,
          context,
        ),
      options,
      context,
    );
    const separateSeconds = clock();

    return {
      plan: {
        ...plan,
        route: moments.route,
        reason: `${plan.reason}${separated.reason}${refusal}`,
      },
      options,
      moments,
      compression: separated.compression,
      solved: separated.solved,
      errorEstimate: separated.error,
      scaling: { factor: 1, remains: false },
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
  const { products } = context;
  if (plan.route === "krylov" && products.holdRows !== undefined) {
    const holdRows = products.holdRows.bind(products);
    return readHeldRowMoments(target, reference, holdRows, context);
  }
  return readCovarianceMoments(target, reference, plan.precision, context);
}

/**
 * @returns the moments too: the covariance route takes over where a spectrum is too flat to be searched; and
 *   why it did, to be added to the plan's reason
 */
function compress(
  moments: Moments,
  rows: { readonly target: Condition; readonly reference: Condition } | undefined,
  options: GedOptions,
  context: RunContext,
): { moments: Moments; compression: FullCompression; refusal: string } {
  if (moments.route === "gram") {
    return { moments, compression: compressByGram(moments, options, context), refusal: "" };
  }
  if (moments.route === "krylov") {
    const compression = compressByKrylov(moments, options, context);
    if (!("refused" in compression)) return { moments, compression, refusal: "" };
    const formed = compress(formCovariances(moments), rows, options, context);
    return { ...formed, refusal: `; it was formed after all, since ${compression.refused}` };
  }
  const { basis } = moments;
  const compression =
    basis === undefined
      ? compressByCovariance(moments, rows, options, context)
      : compressInBasis(moments, basis, options, context);
  return { moments, compression, refusal: "" };
}

function release(moments: Moments): void {
  if (moments.route === "krylov") moments.held.release();
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
