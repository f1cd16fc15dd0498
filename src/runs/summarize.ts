import type { Compression } from "../ged/full/compression.ts";
import { diagnoseDirect } from "../ged/full/diagnose.ts";
import { countConstantNeurons, type Moments } from "../ged/full/moments/moments.ts";
import type { Separation } from "../ged/full/separate.ts";
import { ofDirections, type ConditionName } from "../ged/method/directions.ts";
import type { GedRun } from "../ged/method/run.ts";
import type { SolvedDirections } from "../ged/full/solve.ts";
import type { Shrinkage } from "../ged/method/shrinkage/shrinkage.ts";
import type { RunSummary, SeparationSummary, SolvedSummary } from "./summary.ts";

/** How many eigenvalues beyond the cut are kept for the scree plot. */
const discardedLimit = 512;

/**
 * What is known of a finished run.
 * @param run as {@link runGed} returned it
 */
export function summarizeRun(run: GedRun): RunSummary {
  const { moments, compression, solved, options, plan } = run;
  const warnings: string[] = [...run.notes];
  const { keep } = options;
  if ("count" in keep && keep.count > compression.components) {
    warnings.push(
      `${keep.count} components were asked for, but only ${compression.components} hold any variance.`,
    );
  }
  return {
    target: conditionSummary(moments, "target"),
    reference: conditionSummary(moments, "reference"),
    ...(run.atHand === undefined ? {} : { atHand: run.atHand }),
    plan: {
      route: plan.route,
      engine: plan.engine,
      precision: plan.precision,
      threads: plan.threads,
      bytes: plan.bytes,
      expectedSeconds: plan.seconds,
      reason: plan.reason,
      errorEstimate: run.errorEstimate,
    },
    numerics: {
      ...compression.numerics,
      scaled: run.scaling.factor === 1 ? null : run.scaling.factor,
      scaledUnits: run.scaling.remains,
    },
    direct: diagnoseDirect(
      { target: moments.target.name, reference: moments.reference.name },
      compression.fullRank,
      moments.columns,
    ),
    neurons: { constant: countConstantNeurons(moments) },
    ...summarizeSolution(compression, solved, options.shrinkage),
    validation: null,
    warnings,
    seconds: run.seconds,
  };
}

/**
 * The parts of a summary that a re-solve changes.
 * @param shrinkage as it was chosen
 */
export function summarizeSolution(
  compression: Compression,
  solved: SolvedDirections,
  shrinkage: Shrinkage,
): SolvedSummary {
  const k = compression.components;
  const { target, reference, targetShrunk, referenceShrunk } = solved.diagnosis;
  return {
    compression: {
      components: k,
      varianceKept: compression.varianceKept,
      totalVariance: compression.totalVariance,
      eigenvalues: Array.from(compression.eigenvalues.subarray(0, k)),
      discardedEigenvalues: Array.from(compression.eigenvalues.subarray(k, k + discardedLimit)),
    },
    rank: {
      target: target.rank,
      reference: reference.rank,
      referenceShrunk: referenceShrunk.rank,
      targetShrunk: targetShrunk.rank,
      average: compression.averageRank.rank,
      averageKind: compression.averageRank.kind,
      fullWidth: compression.fullRank,
    },
    conditionNumber: {
      target: target.conditionNumber,
      reference: reference.conditionNumber,
      targetShrunk: targetShrunk.conditionNumber,
      referenceShrunk: referenceShrunk.conditionNumber,
    },
    shrinkage: {
      ...(typeof shrinkage === "number" ? {} : { estimator: shrinkage }),
      gamma: ofDirections((direction) => solved[direction].gamma),
      alpha: ofDirections((direction) => solved[direction].alpha),
    },
    directions: ofDirections((direction) => separationSummary(solved[direction])),
  };
}

function conditionSummary(moments: Moments, which: ConditionName): RunSummary["target"] {
  return { name: moments[which].name, rows: moments[which].rows, columns: moments.columns };
}

function separationSummary({
  eigenvalues,
  carriedVariance,
  silencedVariance,
}: Separation): SeparationSummary {
  return {
    eigenvalues: Array.from(eigenvalues),
    carriedVariance: Array.from(carriedVariance),
    silencedVariance: Array.from(silencedVariance),
  };
}
