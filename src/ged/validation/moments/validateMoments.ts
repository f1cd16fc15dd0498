import { EigenlensError } from "../../../errors.ts";
import type { Scatter } from "../../../linalg/crossProductAccumulator.ts";
import type { RunContext } from "../../method/context.ts";
import { ofDirections, rolesOfDirection, type ConditionName } from "../../method/directions.ts";
import { mostComponents, shareWithin } from "../../method/keep.ts";
import type { GedOptions } from "../../method/options.ts";
import { reasonOf } from "../scores/evaluateSplit.ts";
import { checkValidationOptions, type ValidationOptions } from "../options.ts";
import type {
  DirectionReport,
  ScoredComponent,
  ValidationReport,
  ValidationWarning,
} from "../report.ts";
import { sharePercent } from "../../../text/sharePercent.ts";
import { randomDirections, type Scale } from "../scale/scale.ts";
import { traceRatioOf } from "../scale/traceRatio.ts";
import { isScaleOnly, verdictOn } from "../verdict.ts";
import { describeWarnings } from "../warnings.ts";
import {
  fitMoments,
  HeldOutSquares,
  leadingFilters,
  scoreOf,
  type MomentsFit,
} from "./foldScores.ts";
import { permuteGroups, type GroupNull } from "./groupNull.ts";
import { readGroups } from "./groups.ts";
import { HeldOutRows } from "./heldOutRows.ts";
import type { MomentsFolds } from "./input.ts";
import { ratiosAt } from "../permutation/statistics.ts";
import { restRatio } from "../permutation/labelledNull.ts";
import { nullOf, permutationsOf, withNull } from "./nullReport.ts";
import { largestNeuronOf, scaleOf, variancesOf } from "./scale.ts";

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
  asked: GedOptions,
  options: ValidationOptions,
  context: RunContext,
): Promise<ValidationReport> {
  const { range } = folds;
  // What a run keeps, of all variance; here none but that in the basis is known of a fold.
  const fit = { ...asked, keep: shareWithin(asked.keep, range?.share ?? 1) };
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
  const shown = ofDirections((direction) => leadingFilters(whole, direction, m));
  const neurons =
    range && ofDirections((direction) => context.products.multiply(shown[direction], range.basis));
  const rows = folds.sample && new HeldOutRows(folds.sample, shown, neurons);
  const squares = await holdOut(folds, totals, names, m, fit, rows, context).catch(
    (thrown: unknown) => {
      omitted.push(`Held-out scores: ${reasonOf(thrown)}`);
      return undefined;
    },
  );
  const permuted = await permute(folds, totals, m, fit, options, context).catch(
    (thrown: unknown) => {
      omitted.push(`Permutations: ${reasonOf(thrown)}`);
      return undefined;
    },
  );
  if (permuted !== undefined) omitted.push(permuted.said);
  const variances = range?.variances ?? {
    target: variancesOf(totals.target),
    reference: variancesOf(totals.reference),
  };
  const scale = scaleOf(totals, variances, options.seed, context.products);
  const found = ofDirections((direction) =>
    directionReport(direction, {
      ...{ whole, squares, rows: squares && rows, scale, m, folds: folds.assignment.folds },
      found: permuted?.found,
    }),
  );
  const counts = { target: totals.target.rows, reference: totals.reference.rows };
  const report: ValidationReport = {
    directions: ofDirections((direction) => found[direction].report),
    scheme: {
      kind: "crossValidation",
      folds: folds.assignment.folds,
      repeats: 1,
      seed: folds.assignment.seed,
      grouping: "none",
    },
    distinct: counts,
    clusters: { count: counts.target + counts.reference, origins: [] },
    traceRatio: scale.traceRatio,
    ...(permuted === undefined ? {} : permutationsOf(permuted.found, options.seed)),
    warnings: [],
    omitted,
    seconds: (performance.now() - started) / 1000,
  };
  const warnings: ValidationWarning[] = describeWarnings(report, {
    conditioning: conditioningOf(whole),
    scaleOnly: ofDirections((direction) => found[direction].scaleOnly),
    largestNeuron: largestNeuronOf(variances),
  });
  return { ...report, warnings };
}

async function holdOut(
  folds: MomentsFolds,
  totals: Readonly<Record<ConditionName, Scatter>>,
  names: Readonly<Record<ConditionName, string>>,
  components: number,
  fit: GedOptions,
  rows: HeldOutRows | undefined,
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
    const filters = squares.add(totals, own, names, fit, context);
    rows?.add(fold, totals, own, filters);
  }
  return squares;
}

/** Permutations by groups of clusters, if the document has some, and what is to be said of them. */
async function permute(
  folds: MomentsFolds,
  totals: Readonly<Record<ConditionName, Scatter>>,
  components: number,
  fit: GedOptions,
  options: ValidationOptions,
  context: RunContext,
): Promise<{ readonly found: GroupNull; readonly said: string } | undefined> {
  const { assignment } = folds;
  if (assignment.groups === undefined || options.permutations === 0) return undefined;
  const groups = await readGroups(folds, totals, context);
  const { permutations, seed } = options;
  const chosen = { fit, permutations, seed };
  const found = permuteGroups(groups, chosen, components, assignment.folds, context);
  const kinds = assignment.unit === "clusters" ? "clusters" : "rows";
  return {
    found,
    said: `Permutations of single rows: from moments the labels of ${groups.sums.length} groups of ${kinds} were permuted, in ${groups.components} components that hold ${sharePercent(groups.share * (folds.range?.share ?? 1))} % of the variance of both conditions; there the held-out ratio is ${found.observed[ratiosAt("heldOut", "forward", components)].toPrecision(4)}.`,
  };
}

/** What a report on rows has and this one cannot have, one line each. */
function omittedParts({ assignment, sample }: MomentsFolds, options: ValidationOptions): string[] {
  const { folds, seed, unit, groups } = assignment;
  const kept = unit === "clusters" ? "clusters were kept together" : "each row stood alone";
  const chosen =
    options.folds === folds && options.seed === seed
      ? ""
      : ` It is not chosen anew: ${options.folds} folds and seed ${options.seed} were asked for.`;
  return [
    `Repeats: from moments the one partition of the document counts as one repeat (${folds} folds, seed ${seed}, ${kept}).${chosen}`,
    ...(groups === undefined
      ? [
          "Permutations: from moments without groups of clusters labels cannot be permuted, so there is no p, no interval of the ratio and no noise edge; eigenlens moments --groups makes them.",
        ]
      : []),
    ...(options.secondShrinkage === undefined
      ? []
      : ["Second fit: from moments only one shrinkage is fitted; give the rows for another."]),
    sample === undefined
      ? "Scores of single rows: from moments there are none, so there is no AUC, no baseline, no bootstrap and no learning curve."
      : `Scores of single rows: from moments only those of the ${sample.target.folds.length} and ${sample.reference.folds.length} rows that were kept, so there is no AUC, no baseline, no bootstrap and no learning curve.`,
  ];
}

function directionReport(
  direction: "forward" | "swapped",
  known: {
    readonly whole: MomentsFit;
    readonly squares: HeldOutSquares | undefined;
    readonly rows: HeldOutRows | undefined;
    readonly scale: Scale;
    readonly m: number;
    readonly folds: number;
    readonly found: GroupNull | undefined;
  },
): { readonly report: DirectionReport; readonly scaleOnly: boolean } {
  const { whole, squares, rows, scale, m, folds, found } = known;
  const separation = whole.solved[direction];
  const components = Array.from({ length: m }, (_, c): ScoredComponent => {
    const scored = {
      inSample: scoreOf(separation.carriedVariance[c], separation.silencedVariance[c]),
      heldOut: squares?.score(direction, c) ?? null,
      ...(rows === undefined ? {} : { heldOutScores: rows.scores(direction, c) }),
      eigenvalue: separation.eigenvalues[c],
    };
    return found === undefined ? scored : withNull(scored, found, direction, c);
  });
  const [first] = components;
  const { heldOut, heldOutRatioInterval: interval } = first;
  const own = found === undefined ? {} : nullOf(found, direction);
  const scaleOnly = found !== undefined && isScaleOnly(first, restRatio(found, direction));
  const traceRatio = traceRatioOf(scale, direction);
  const report: DirectionReport = {
    ...first,
    ...own,
    components,
    verdict: verdictOn({ ...first, ...own }, scaleOnly, found?.plan.labellings ?? 1, []),
    ...(heldOut === null
      ? {}
      : {
          relativeRatio: heldOut.ratio / traceRatio,
          silence: heldOut.silencedVariance / separation.alpha,
        }),
    ...(interval === undefined
      ? {}
      : {
          relativeRatioInterval: {
            low: interval.low / traceRatio,
            high: interval.high / traceRatio,
          },
        }),
    randomDirections: randomDirections(scale, direction),
    estimand: `the mean variance ratio, on rows like these, of directions fitted on ${folds - 1} of ${folds} folds; the direction that all rows give was fitted on more rows and is, as a rule, no worse`,
  };
  return { report, scaleOnly };
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
