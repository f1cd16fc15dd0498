import * as v from "valibot";
import type {
  DirectionReport,
  Interval,
  NullDistribution,
  ScoredComponent,
  SeparationScore,
  ValidationReport,
  ValidationScheme,
} from "../../../ged/validation/report.ts";
import {
  count,
  counts,
  finites,
  nonNegative,
  positiveCount,
  rowRange,
  share,
  shareStatistic,
  statistic,
  statistics,
  texts,
} from "./atoms.ts";

const score: v.GenericSchema<unknown, SeparationScore> = v.pipe(
  v.looseObject({
    targetVariance: statistic,
    referenceVariance: statistic,
    ratio: statistic,
    auc: shareStatistic,
    magnitudeAuc: shareStatistic,
  }),
  // JSON lost whether it was infinite or undefined; the variances still say.
  v.transform((read) =>
    Number.isNaN(read.ratio)
      ? { ...read, ratio: read.targetVariance / read.referenceVariance }
      : read,
  ),
);

export const interval: v.GenericSchema<unknown, Interval> = v.looseObject({
  low: statistic,
  high: statistic,
});

const componentEntries = {
  inSample: score,
  heldOut: v.nullable(score),
  heldOutRatioInterval: v.exactOptional(interval),
  heldOutAucInterval: v.exactOptional(interval),
  eigenvalue: v.exactOptional(statistic),
  correctedP: v.exactOptional(v.looseObject({ inSample: share, heldOut: share })),
};
const component: v.GenericSchema<unknown, ScoredComponent> = v.looseObject(componentEntries);

const nullDistribution: v.GenericSchema<unknown, NullDistribution> = v.looseObject({
  observed: statistic,
  permuted: statistics,
  median: statistic,
  maximum: statistic,
  p: share,
});

const directionEntries = {
  ...componentEntries,
  components: v.pipe(v.array(component), v.minLength(1)),
  permutation: v.exactOptional(
    v.looseObject({ inSample: nullDistribution, heldOut: v.nullable(nullDistribution) }),
  ),
};
const direction: v.GenericSchema<unknown, DirectionReport> = v.looseObject(directionEntries);

const scheme: v.GenericSchema<unknown, ValidationScheme> = v.variant("kind", [
  v.looseObject({
    kind: v.literal("crossValidation"),
    folds: positiveCount,
    repeats: positiveCount,
    seed: count,
    grouping: v.picklist(["pairs", "groups", "none"]),
  }),
  v.looseObject({ kind: v.literal("trainTest"), trainRows: rowRange, testRows: rowRange }),
]);

const grid = v.pipe(
  v.looseObject({
    shrinkages: finites,
    shares: finites,
    heldOutRatio: statistics,
    components: counts,
    suggestion: v.looseObject({ shrinkage: share, share }),
    ledoitWolf: statistic,
    oracleApproximating: statistic,
  }),
  v.check(
    ({ shrinkages, shares, heldOutRatio, components }) =>
      heldOutRatio.length === shrinkages.length * shares.length &&
      components.length === shares.length,
  ),
);

const spread = { median: statistic, low: statistic, high: statistic };
const stability = v.looseObject({
  resamples: count,
  seed: count,
  angle: v.looseObject(spread),
  subspaceAngle: v.looseObject({ components: count, ...spread }),
  neurons: v.array(
    v.looseObject({ neuron: count, loading: interval, pattern: interval, topShare: share }),
  ),
});

export const validationReport: v.GenericSchema<unknown, ValidationReport> = v.looseObject({
  ...directionEntries,
  scheme,
  swapped: direction,
  permutations: v.exactOptional(
    v.looseObject({
      count,
      requested: count,
      seed: count,
      exchange: v.picklist(["withinPairs", "withinGroups", "across"]),
    }),
  ),
  grid: v.exactOptional(grid),
  baselines: v.exactOptional(
    v.looseObject({ meanDifference: component, linearDiscriminant: component }),
  ),
  stability: v.exactOptional(stability),
  warnings: texts,
  omitted: texts,
  seconds: nonNegative,
});
