import * as v from "valibot";
import type {
  AnalyticEdge,
  Interval,
  NullDistribution,
  SecondFit,
  SecondTest,
  ValidationWarning,
  ValidationScheme,
} from "../../../ged/validation/report.ts";
import type { Stability } from "../../../ged/validation/stability/report.ts";
import type {
  WrittenComponent,
  WrittenDirection,
  WrittenReport,
  WrittenScore,
} from "../../written/report.ts";
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
  text,
  texts,
} from "./atoms.ts";
import type { Tuning } from "../../../ged/validation/tuning/report.ts";

const score: v.GenericSchema<unknown, WrittenScore> = v.pipe(
  v.looseObject({
    targetVariance: statistic,
    referenceVariance: statistic,
    ratio: statistic,
    auc: v.optional(shareStatistic),
    magnitudeAuc: v.optional(shareStatistic),
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

/** Null for a row that was never tested. */
const knownScores = v.custom<readonly (number | null)[]>(
  (value) =>
    Array.isArray(value) && value.every((entry) => entry === null || Number.isFinite(entry)),
);
const scoreRanges = v.pipe(
  v.looseObject({ low: knownScores, high: knownScores }),
  v.check(({ low, high }) => low.length === high.length),
);

const spread = { median: statistic, low: statistic, high: statistic };

const componentEntries = {
  inSample: score,
  heldOut: v.nullable(score),
  heldOutRatioInterval: v.exactOptional(interval),
  heldOutAucInterval: v.exactOptional(interval),
  eigenvalue: v.exactOptional(statistic),
  correctedP: v.exactOptional(v.looseObject({ inSample: share, heldOut: share })),
  permutedHeldOut: v.exactOptional(v.looseObject(spread)),
  heldOutScores: v.exactOptional(v.looseObject({ target: knownScores, reference: knownScores })),
  heldOutScoreRanges: v.exactOptional(
    v.looseObject({ target: scoreRanges, reference: scoreRanges }),
  ),
};
const component: v.GenericSchema<unknown, WrittenComponent> = v.looseObject(componentEntries);

const nullDistribution: v.GenericSchema<unknown, NullDistribution> = v.looseObject({
  observed: statistic,
  permuted: statistics,
  median: statistic,
  maximum: statistic,
  p: share,
});

const warning: v.GenericSchema<unknown, ValidationWarning> = v.looseObject({
  code: v.picklist([
    "repeatedRows",
    "sharedTemplates",
    "misalignedPairs",
    "unnamedPairs",
    "scaleOnly",
    "dominantNeuron",
    "fewComponents",
    "illConditioned",
    "meanSeparates",
    "nullReaches",
    "intervalIncludesOne",
    "approximation",
  ]),
  text,
});

const analyticEdge: v.GenericSchema<unknown, AnalyticEdge> = v.variant("kind", [
  v.looseObject({ kind: v.literal("known"), bulk: statistic, largest: statistic }),
  v.looseObject({
    kind: v.literal("none"),
    because: v.picklist(["shrunk", "fewRows", "dependentRows"]),
  }),
]);

const resampledNeuron = { loading: interval, pattern: interval, topShare: share };
const stability: v.GenericSchema<unknown, Stability> = v.looseObject({
  resamples: count,
  seed: count,
  angle: v.looseObject(spread),
  subspaceAngle: v.looseObject({ components: count, ...spread }),
  neurons: v.array(
    v.looseObject({
      neuron: count,
      ...resampledNeuron,
      permuted: v.exactOptional(v.looseObject(resampledNeuron)),
      q: v.exactOptional(v.looseObject({ loading: share, pattern: share })),
    }),
  ),
  discoveries: v.exactOptional(
    v.looseObject({ rate: share, permutations: count, loading: counts, pattern: counts }),
  ),
});

const directionEntries = {
  ...componentEntries,
  components: v.pipe(v.array(component), v.minLength(1)),
  verdict: v.picklist(["holds", "not-shown", "does-not-hold", "cannot-tell"]),
  relativeRatio: v.exactOptional(statistic),
  relativeRatioInterval: v.exactOptional(interval),
  randomDirections: v.looseObject(spread),
  silence: v.exactOptional(statistic),
  noiseEdge: v.exactOptional(v.looseObject({ components: count, low: count, high: count })),
  analyticEdge: v.exactOptional(analyticEdge),
  stability: v.exactOptional(stability),
  learningCurve: v.exactOptional(
    v.array(v.looseObject({ rows: count, ratio: statistic, low: statistic, high: statistic })),
  ),
  estimand: text,
  permutation: v.exactOptional(
    v.looseObject({ inSample: nullDistribution, heldOut: v.nullable(nullDistribution) }),
  ),
};
const direction: v.GenericSchema<unknown, WrittenDirection> = v.looseObject(directionEntries);

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

const tunedChoice = { shrinkage: share, share };
const tuning: v.GenericSchema<unknown, Tuning> = v.looseObject({
  shrinkages: finites,
  shares: finites,
  chosen: v.looseObject(tunedChoice),
  folds: v.array(v.looseObject({ ...tunedChoice, count: positiveCount })),
  given: v.looseObject({ ...tunedChoice, heldOutRatio: statistic }),
  largestRatio: statistic,
  seconds: nonNegative,
});

const secondTest: v.GenericSchema<unknown, SecondTest> = v.looseObject({
  heldOutRatio: statistic,
  heldOutRatioInterval: v.exactOptional(interval),
  p: v.exactOptional(share),
  bestP: v.exactOptional(share),
});
const secondFit: v.GenericSchema<unknown, SecondFit> = v.looseObject({
  shrinkage: share,
  forward: secondTest,
  swapped: secondTest,
});

export const validationReport: v.GenericSchema<unknown, WrittenReport> = v.looseObject({
  ...directionEntries,
  scheme,
  swapped: direction,
  permutations: v.exactOptional(
    v.looseObject({
      count,
      requested: count,
      seed: count,
      repeats: count,
      sequential: v.exactOptional(v.looseObject({ reaching: positiveCount })),
      exchange: v.picklist(["withinPairs", "withinGroups", "clusters", "across"]),
      labellings: v.nullable(positiveCount),
      labelling: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))),
    }),
  ),
  grid: v.exactOptional(grid),
  tuning: v.exactOptional(tuning),
  secondFit: v.exactOptional(secondFit),
  baselines: v.exactOptional(
    v.looseObject({ meanDifference: component, linearDiscriminant: component }),
  ),
  distinct: v.looseObject({ target: count, reference: count }),
  clusters: v.looseObject({
    count,
    origins: v.array(v.picklist(["named", "repeats", "templates"])),
    members: v.exactOptional(v.looseObject({ target: counts, reference: counts })),
  }),
  traceRatio: statistic,
  maxP: v.exactOptional(share),
  warnings: v.array(warning),
  omitted: texts,
  seconds: nonNegative,
});
