import { EigenlensError } from "../../../errors.ts";
import type { Scatter } from "../../../linalg/crossProductAccumulator.ts";
import type { RunContext } from "../../method/context.ts";
import { ofDirections, rolesOfDirection, type ConditionName } from "../../method/directions.ts";
import { mostComponents } from "../../method/keep.ts";
import type { GedOptions } from "../../method/options.ts";
import { reasonOf } from "../scores/evaluateSplit.ts";
import { checkValidationOptions, type ValidationOptions } from "../options.ts";
import type {
  DirectionReport,
  ScoredComponent,
  ValidationReport,
  ValidationWarning,
} from "../report.ts";
import { randomDirections, type Scale } from "../scale/scale.ts";
import { traceRatioOf } from "../scale/traceRatio.ts";
import { verdictOn } from "../verdict.ts";
import { describeWarnings } from "../warnings.ts";
import { fitMoments, HeldOutSquares, scoreOf, type MomentsFit } from "./foldScores.ts";
import type { MomentsFolds } from "./input.ts";
import { largestNeuronOf, scaleOf } from "./scale.ts";

/** How many components of each direction are scored. */
const reportedComponents = 5;

/**
 * What of a separation survives in the folds of a moments document, without a row: for each fold the method is fitted on
 * total minus fold, and the fold's variances are `w'S_fold w`. Squares are pooled over folds as the validation of rows
 * does, of which the ratio is the same if its folds are. What needs rows or permuted labels becomes lines in `omitted`.
 * @throws EigenlensError "usage" if rows are asked for; "file-format" if folds do not add up; where not even the fit on
 *   all rows is possible; CancelledError
 */
export async function validateMoments(
  folds: MomentsFolds,
  fit: GedOptions,
  options: ValidationOptions,
  context: RunContext,
): Promise<ValidationReport> {
  checkValidationOptions(options);
  if (options.trainRows !== undefined) {
    throw new EigenlensError(
      "usage",
      "Moments hold no rows to train or test on: leave --train-rows and --test-rows out, their folds are held out.",
    );
  }
  if (options.tuning !== undefined) {
    throw new EigenlensError(
      "usage",
      "Moments hold no rows by which shrinkage and share could be chosen in every fold: leave --tune out, or give the rows.",
    );
  }
  const started = performance.now();
  const totals = { target: await folds.target.total(), reference: await folds.reference.total() };
  const names = { target: folds.target.name, reference: folds.reference.name };
  context.report({ step: "Validating: the fit on all rows" });
  const whole = fitMoments(totals, names, fit, context);
  const omitted = omittedParts(folds, options);
  const m = Math.min(reportedComponents, mostComponents(fit.keep), whole.compression.components);
  const squares = await holdOut(folds, totals, names, m, fit, context).catch((thrown: unknown) => {
    omitted.push(`Held-out scores: ${reasonOf(thrown)}`);
    return undefined;
  });
  const scale = scaleOf(totals, options.seed, context.products);
  const found = ofDirections((direction) =>
    directionReport(direction, { whole, squares, scale, m, folds: folds.assignment.folds }),
  );
  const rows = { target: totals.target.rows, reference: totals.reference.rows };
  const report: ValidationReport = {
    directions: found,
    scheme: {
      kind: "crossValidation",
      folds: folds.assignment.folds,
      repeats: 1,
      seed: folds.assignment.seed,
      grouping: "none",
    },
    distinct: rows,
    clusters: { count: rows.target + rows.reference, origins: [] },
    traceRatio: scale.traceRatio,
    warnings: [],
    omitted,
    seconds: (performance.now() - started) / 1000,
  };
  const warnings: ValidationWarning[] = describeWarnings(report, {
    conditioning: conditioningOf(whole),
    scaleOnly: { forward: false, swapped: false },
    largestNeuron: largestNeuronOf(totals),
  });
  return { ...report, warnings };
}

async function holdOut(
  folds: MomentsFolds,
  totals: Readonly<Record<ConditionName, Scatter>>,
  names: Readonly<Record<ConditionName, string>>,
  components: number,
  fit: GedOptions,
  context: RunContext,
): Promise<HeldOutSquares> {
  const squares = new HeldOutSquares(components);
  const count = folds.assignment.folds;
  for (let fold = 0; fold < count; fold += 1) {
    context.cancellation.throwIfRequested();
    context.report({
      step: `Validating: fold ${fold + 1} of ${count}, from moments`,
      fraction: fold / count,
    });
    const own = {
      target: await folds.target.fold(fold),
      reference: await folds.reference.fold(fold),
    };
    for (const condition of ["target", "reference"] as const) {
      if (totals[condition].rows - own[condition].rows >= 2) continue;
      throw new EigenlensError(
        "numerics",
        `All but fold ${fold} hold ${totals[condition].rows - own[condition].rows} rows of ${names[condition]}: a covariance needs at least two.`,
      );
    }
    squares.add(totals, own, names, fit, context);
  }
  return squares;
}

/** What a report on rows has and this one cannot have, one line each. */
function omittedParts({ assignment }: MomentsFolds, options: ValidationOptions): string[] {
  const { folds, seed, unit } = assignment;
  const kept = unit === "clusters" ? "clusters were kept together" : "each row stood alone";
  const chosen =
    options.folds === folds && options.seed === seed
      ? ""
      : ` It is not chosen anew: ${options.folds} folds and seed ${options.seed} were asked for.`;
  return [
    `Repeats: from moments the one partition of the document counts as one repeat (${folds} folds, seed ${seed}, ${kept}).${chosen}`,
    "Permutations: from moments labels cannot be permuted, so there is no p, no interval of the ratio and no noise edge.",
    ...(options.secondShrinkage === undefined
      ? []
      : ["Second fit: from moments labels cannot be permuted, so there is nothing to check."]),
    "Scores of single rows: from moments there are none, so there is no AUC, no baseline, no bootstrap and no learning curve.",
  ];
}

function directionReport(
  direction: "forward" | "swapped",
  known: {
    readonly whole: MomentsFit;
    readonly squares: HeldOutSquares | undefined;
    readonly scale: Scale;
    readonly m: number;
    readonly folds: number;
  },
): DirectionReport {
  const { whole, squares, scale, m, folds } = known;
  const separation = whole.solved[direction];
  const components = Array.from({ length: m }, (_, c): ScoredComponent => ({
    inSample: scoreOf(separation.carriedVariance[c], separation.silencedVariance[c]),
    heldOut: squares?.score(direction, c) ?? null,
    eigenvalue: separation.eigenvalues[c],
  }));
  const [first] = components;
  const { heldOut } = first;
  return {
    ...first,
    components,
    verdict: verdictOn(first, false, 1, []),
    ...(heldOut === null
      ? {}
      : {
          relativeRatio: heldOut.ratio / traceRatioOf(scale, direction),
          silence: heldOut.silencedVariance / separation.alpha,
        }),
    randomDirections: randomDirections(scale, direction),
    estimand: `the mean variance ratio, on rows like these, of directions fitted on ${folds - 1} of ${folds} folds; the direction that all rows give was fitted on more rows and is, as a rule, no worse`,
  };
}

function conditioningOf({ compression, solved }: MomentsFit) {
  const { targetShrunk, referenceShrunk } = solved.diagnosis;
  const shrunk = { target: targetShrunk, reference: referenceShrunk };
  return {
    components: compression.components,
    gamma: ofDirections((direction) => solved[direction].gamma),
    alpha: ofDirections((direction) => solved[direction].alpha),
    conditionNumber: ofDirections(
      (direction) => shrunk[rolesOfDirection[direction].silenced].conditionNumber ?? Infinity,
    ),
  };
}
