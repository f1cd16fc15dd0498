import * as v from "valibot";
import type { ConditionName } from "../../../ged/method/directions.ts";
import { estimatorNames } from "../../../ged/method/shrinkage/estimators.ts";
import type { ValidationScheme } from "../../../ged/validation/report.ts";
import type { Stability } from "../../../ged/validation/stability/report.ts";
import type { ConditionSummary, RunSummary } from "../../summary.ts";
import { summaryOf, type WrittenSeparation, type WrittenSummary } from "../../written/summary.ts";
import {
  count,
  finite,
  finites,
  nonNegative,
  positiveCount,
  share,
  statistic,
  summedShare,
  text,
  texts,
} from "./atoms.ts";
import { rowsAtHand } from "../../rowsAtHand.ts";
import { validationReport } from "./validation.ts";

const condition: v.GenericSchema<unknown, ConditionSummary> = v.looseObject({
  name: text,
  rows: positiveCount,
  columns: positiveCount,
});

const rankKind = v.picklist(["exact", "upperBound"]);

const separation: v.GenericSchema<unknown, WrittenSeparation> = v.looseObject({
  eigenvalues: finites,
  targetVariance: finites,
  referenceVariance: finites,
});

/** Null where it is infinite. */
const conditionNumber = v.nullable(finite);

const checked: v.GenericSchema<unknown, WrittenSummary> = v.looseObject({
  target: condition,
  reference: condition,
  plan: v.looseObject({
    route: v.picklist(["gram", "covariance", "krylov"]),
    engine: text,
    precision: v.picklist(["double", "single"]),
    threads: positiveCount,
    bytes: nonNegative,
    expectedSeconds: nonNegative,
    reason: text,
    errorEstimate: statistic,
  }),
  numerics: v.optional(
    v.looseObject({
      referenceProjected: v.boolean(),
      refined: v.boolean(),
      scaled: v.nullable(v.pipe(finite, v.gtValue(0))),
      scaledUnits: v.boolean(),
    }),
  ),
  compression: v.looseObject({
    components: positiveCount,
    varianceKept: summedShare,
    totalVariance: nonNegative,
    eigenvalues: finites,
    discardedEigenvalues: finites,
  }),
  rank: v.looseObject({
    target: count,
    reference: count,
    referenceShrunk: count,
    targetShrunk: count,
    average: count,
    averageKind: rankKind,
    fullWidth: v.looseObject({ target: count, reference: count, kind: rankKind }),
  }),
  conditionNumber: v.looseObject({
    target: conditionNumber,
    reference: conditionNumber,
    targetShrunk: conditionNumber,
    referenceShrunk: conditionNumber,
  }),
  direct: v.looseObject({ possible: v.nullable(v.boolean()), explanation: text }),
  shrinkage: v.looseObject({
    estimator: v.exactOptional(v.picklist(estimatorNames)),
    gamma: share,
    gammaSwapped: v.exactOptional(share),
    alpha: finite,
    alphaSwapped: finite,
  }),
  separation,
  swapped: separation,
  atHand: v.exactOptional(v.looseObject({ target: count, reference: count })),
  neurons: v.looseObject({ constant: count }),
  validation: v.nullable(validationReport),
  warnings: texts,
  seconds: v.looseObject({
    read: nonNegative,
    compress: nonNegative,
    separate: nonNegative,
    total: nonNegative,
  }),
});

/** A summary whose numbers agree with each other. */
export const runSummary: v.GenericSchema<unknown, RunSummary> = v.pipe(
  checked,
  v.check(({ target, reference }) => target.columns === reference.columns),
  v.check(({ compression: { components, eigenvalues }, separation: forward, swapped }) =>
    [eigenvalues, ...listsOf(forward), ...listsOf(swapped)].every(
      (list) => list.length === components,
    ),
  ),
  v.check(({ compression: { components }, target }) => components <= target.columns),
  v.check(({ neurons, target, validation }) => {
    const known = [validation, validation?.swapped].flatMap((own) => neuronsOf(own?.stability));
    return [neurons.constant - 1, ...known].every((neuron) => neuron < target.columns);
  }),
  v.check((summary) => {
    const shown = rowsAtHand(summary);
    return conditionNames.every((name) => shown[name] <= summary[name].rows);
  }),
  v.check(({ validation, ...summary }) =>
    [validation, validation?.swapped]
      .flatMap((own) => (own ? [own, ...own.components] : []))
      .flatMap(({ heldOutScores, heldOutScoreRanges: ranges }) => [
        heldOutScores,
        ranges && { target: ranges.target.low, reference: ranges.reference.low },
      ])
      .concat(validation?.clusters.members)
      .concat(
        validation?.baselines?.meanDifference.heldOutScores,
        validation?.baselines?.linearDiscriminant.heldOutScores,
      )
      .every((own) => own === undefined || fits(own, rowsAtHand(summary), validation?.scheme)),
  ),
  v.transform(summaryOf),
);

/** Whether there is an entry per row; a train/test split tests rows beyond those that the run was fitted on. */
function fits(
  lists: Readonly<Record<ConditionName, readonly unknown[]>>,
  rows: Readonly<Record<ConditionName, number>>,
  scheme: ValidationScheme | undefined,
): boolean {
  return conditionNames.every((name) =>
    scheme?.kind === "trainTest"
      ? lists[name].length >= rows[name]
      : lists[name].length === rows[name],
  );
}

const conditionNames = ["target", "reference"] as const satisfies readonly ConditionName[];

/** All neurons that are named; none may be beyond the activations. */
function neuronsOf(stability: Stability | undefined): readonly number[] {
  if (stability === undefined) return [];
  const { neurons, discoveries } = stability;
  return [
    ...neurons.map(({ neuron }) => neuron),
    ...(discoveries?.loading ?? []),
    ...(discoveries?.pattern ?? []),
  ];
}

function listsOf(directions: WrittenSeparation): readonly (readonly number[])[] {
  return [directions.eigenvalues, directions.targetVariance, directions.referenceVariance];
}
