import type { Scatter } from "../../../linalg/crossProductAccumulator.ts";
import { matrix } from "../../../linalg/matrix.ts";
import { unitQuadraticForms } from "../../full/separate.ts";
import type { RunContext } from "../../method/context.ts";
import { directionNames, rolesOfDirection, type ConditionName } from "../../method/directions.ts";
import type { GedOptions } from "../../method/options.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import {
  labellingFingerprint,
  permuteLabels,
  planUnits,
  type PermutationPlan,
} from "../permutation/permuteLabels.ts";
import type { LabelledNull } from "../permutation/labelledNull.ts";
import { ratiosAt, restRatioAt, statisticCount } from "../permutation/statistics.ts";
import { fitMoments } from "./foldScores.ts";
import { sumOf, type LabelledGroups } from "./groups.ts";
import { traceOf, type BothSums } from "./scale.ts";

/** What permuting the labels of groups gives, and how they were permuted. */
export interface GroupNull extends LabelledNull {
  readonly plan: PermutationPlan;
  /** {@link labellingFingerprint}: groups of equal sizes in equal folds are those of the same rows. */
  readonly labelling: string;
}

/**
 * Permutes the labels of whole groups of clusters and does the method again on each permutation, on all groups and on
 * those of all folds but one: the validation of rows with groups in place of its clusters. Groups lie about the mean of
 * the training groups of their own condition, so that a difference of means does not become variance.
 * @param components m, how many components of each direction
 * @throws EigenlensError "condition" if no label can be permuted; "numerics" as fitting does; CancelledError
 */
export function permuteGroups(
  groups: LabelledGroups,
  options: { readonly fit: GedOptions; readonly permutations: number; readonly seed: number },
  components: number,
  folds: number,
  context: RunContext,
): GroupNull {
  const plan = planUnits(groups.labels, groups.twins, groups.folds);
  const statistics = groupStatistics(groups, options.fit, components, folds, context);
  const observed = statistics(groups.labels);
  const permuted: Float64Array[] = [];
  for (let index = 0; index < options.permutations; index += 1) {
    context.cancellation.throwIfRequested();
    context.report({
      step: `Validating: permutation ${index + 1} of ${options.permutations}, from moments`,
      fraction: index / options.permutations,
    });
    permuted.push(statistics(permuteLabels(groups.labels, plan, options.seed, index)));
  }
  const sizes = groups.sums.map(({ rows }) => rows);
  const labelling = labellingFingerprint(groups.labels, plan, options.seed, sizes);
  return { observed, permuted, components, sequential: false, plan, labelling };
}

/**
 * What {@link permuteGroups} computes of any labels, [number of groups].
 * @throws EigenlensError "numerics" as fitting does
 */
export function groupStatistics(
  groups: LabelledGroups,
  fit: GedOptions,
  components: number,
  folds: number,
  context: RunContext,
): (labels: Uint8Array) => Float64Array {
  const splits = splitsOf(groups, folds);
  return (labels) => statisticsOf(splits, labels, components, fit, context);
}

/** Groups about the means of their training conditions. */
interface GroupSplit {
  readonly train: readonly number[];
  /** Empty for the fit on all groups. */
  readonly test: readonly number[];
  readonly centred: readonly Scatter[];
}

function splitsOf(groups: LabelledGroups, folds: number): readonly GroupSplit[] {
  const all = [...groups.sums.keys()];
  return Array.from({ length: folds + 1 }, (_, turn) => {
    const fold = turn - 1;
    const train = all.filter((place) => groups.folds[place] !== fold);
    const test = all.filter((place) => groups.folds[place] === fold);
    return { train, test, centred: centredSums(groups, train) };
  });
}

function centredSums({ sums, labels }: LabelledGroups, train: readonly number[]): Scatter[] {
  const means = [0, 1].map((label) => {
    const own = train.filter((place) => labels[place] === label);
    return sumOf(sums, own).mean;
  });
  return sums.map(({ rows, mean, scatter }, place) => {
    const about = means[labels[place]];
    return { rows, mean: mean.map((value, j) => value - about[j]), scatter };
  });
}

function statisticsOf(
  splits: readonly GroupSplit[],
  labels: Uint8Array,
  m: number,
  options: GedOptions,
  context: RunContext,
): Float64Array {
  const into = new Float64Array(statisticCount(m)).fill(NaN);
  const squares = [0, 1].map(() => ({
    target: new Float64Array(m),
    reference: new Float64Array(m),
  }));
  const freedom = { target: 0, reference: 0 };
  for (const [turn, { train, test, centred }] of splits.entries()) {
    const own = bothSums(centred, train, labels);
    const { compression, solved } = fitMoments(
      own,
      { target: "target", reference: "reference" },
      options,
      context,
    );
    const k = compression.components;
    const tested = turn === 0 ? own : bothSums(centred, test, labels);
    if (turn > 0) {
      freedom.target += Math.max(0, tested.target.rows - 1);
      freedom.reference += Math.max(0, tested.reference.rows - 1);
    }
    for (const [place, direction] of directionNames.entries()) {
      const { carried, silenced } = rolesOfDirection[direction];
      const { vectors } = solved[direction];
      const count = Math.min(m, vectors.rows);
      const filters = compression.toNeurons(matrix(count, k, vectors.values.slice(0, count * k)));
      const found = {
        target: unitQuadraticForms(tested.target.scatter, filters, context.products),
        reference: unitQuadraticForms(tested.reference.scatter, filters, context.products),
      };
      for (let c = 0; c < m; c += 1) {
        if (turn > 0) {
          squares[place].target[c] += c < count ? found.target[c] : NaN;
          squares[place].reference[c] += c < count ? found.reference[c] : NaN;
        } else if (c < count) {
          into[ratiosAt("inSample", direction, m) + c] = varianceRatio(
            found,
            own,
            carried,
            silenced,
            c,
          );
        }
      }
      if (turn > 0) continue;
      const [above, below] = [carried, silenced].map(
        (name) => found[name][0] / (own[name].rows - 1),
      );
      into[restRatioAt(m) + place] =
        (traceOf(own[carried]) - above) / (traceOf(own[silenced]) - below);
    }
  }
  for (const [place, direction] of directionNames.entries()) {
    const { carried, silenced } = rolesOfDirection[direction];
    const start = ratiosAt("heldOut", direction, m);
    for (let c = 0; c < m; c += 1) {
      into[start + c] =
        squares[place][carried][c] /
        freedom[carried] /
        (squares[place][silenced][c] / freedom[silenced]);
    }
  }
  return into;
}

function varianceRatio(
  squares: Readonly<Record<ConditionName, Float64Array>>,
  sums: BothSums,
  carried: ConditionName,
  silenced: ConditionName,
  c: number,
): number {
  const variance = (name: ConditionName) => squares[name][c] / (sums[name].rows - 1);
  return variance(carried) / variance(silenced);
}

function bothSums(
  sums: readonly Scatter[],
  chosen: readonly number[],
  labels: Uint8Array,
): BothSums {
  const isTarget = (place: number) => labels[place] === targetLabel;
  return {
    target: sumOf(sums, chosen.filter(isTarget)),
    reference: sumOf(
      sums,
      chosen.filter((place) => !isTarget(place)),
    ),
  };
}
