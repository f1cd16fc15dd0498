import { sentenceFormats } from "../../commandLine/describe/describeRun.ts";
import { howTested } from "../../commandLine/describe/describeValidation.ts";
import {
  directionNames,
  rolesOfDirection,
  type ConditionName,
  type DirectionName,
} from "../../ged/method/directions.ts";
import type { ValidationReport } from "../../ged/validation/report.ts";
import { findingText } from "../../protocol/findings/findingText.ts";
import type { RunSummary } from "../../runs/summary.ts";
import type { DirectionResult, RunResult, ValidationResult } from "../api/results.ts";
import { known } from "./known.ts";
import { maxPTests, pTests } from "./pTests.ts";
import { quotedSummary } from "./quoted.ts";

/** A run, and its validation if it has one, under names that say of every statistic what it is of. */
export function runFindings(summary: RunSummary): RunResult {
  const { compression, rank, shrinkage, validation } = summary;
  const condition = (name: ConditionName) => ({
    name: summary[name].name,
    rows: summary[name].rows,
    ...(validation === null ? {} : { distinctRows: validation.distinct[name] }),
  });
  return {
    target: condition("target"),
    reference: condition("reference"),
    neurons: summary.target.columns,
    components: compression.components,
    shrinkage: shrinkage.gamma.forward,
    shrinkageSwapped: shrinkage.gamma.swapped,
    varianceKeptInSample: compression.varianceKept,
    rankInSample: {
      target: rank.target,
      reference: rank.reference,
      referenceShrunk: rank.referenceShrunk,
    },
    directions: directionNames.map((direction) => directionFindings(summary, direction)),
    ...(validation === null ? {} : { validation: validationFindings(validation) }),
    warnings: summary.warnings,
  };
}

function directionFindings(summary: RunSummary, direction: DirectionName): DirectionResult {
  const { carried, silenced } = rolesOfDirection[direction];
  const { eigenvalues, carriedVariance, silencedVariance } = summary.directions[direction];
  const report = summary.validation?.directions[direction];
  const heldOut = report?.heldOut;
  const permuted = report?.permutation;
  const p = permuted?.heldOut?.p;
  const names = { carries: summary[carried].name, silences: summary[silenced].name };
  return {
    ...names,
    finding: findingText(quotedSummary(summary), direction, sentenceFormats),
    ...known({
      verdict: report?.verdict,
      eigenvalueInSample: eigenvalues[0],
      ratioInSample: (carriedVariance[0] ?? NaN) / (silencedVariance[0] ?? NaN),
      carriedVarianceInSample: carriedVariance[0],
      silencedVarianceInSample: silencedVariance[0],
      permutedRatioInSample: permuted?.inSample.median,
      ratioHeldOut: heldOut?.ratio,
      ratioHeldOutLow: report?.heldOutRatioInterval?.low,
      ratioHeldOutHigh: report?.heldOutRatioInterval?.high,
      carriedVarianceHeldOut: heldOut?.carriedVariance,
      silencedVarianceHeldOut: heldOut?.silencedVariance,
      aucHeldOut: heldOut?.auc,
      permutedRatioHeldOut: permuted?.heldOut?.median,
      relativeRatioHeldOut: report?.relativeRatio,
      silenceHeldOut: report?.silence,
      p,
      pTests: p === undefined ? undefined : pTests(names, 1, summary.validation?.permutations),
    }),
  };
}

function validationFindings(report: ValidationReport): ValidationResult {
  const { clusters, permutations, directions, maxP, warnings, omitted } = report;
  return {
    method: howTested(report),
    clusters: clusters.count,
    estimand: directions.forward.estimand,
    ...known({
      permutations: permutations?.count,
      maxP,
      maxPTests: maxP === undefined ? undefined : maxPTests(directions.forward.components.length),
    }),
    warnings: warnings.map(({ code, text }) => ({ code, text })),
    omitted,
  };
}
