import type {
  DirectionReport,
  RunSummary,
  ScoredComponent,
  SeparationScore,
  ValidationReport,
  Verdict,
} from "../../../src/protocol/results.ts";
import type { HostToPanel } from "../../../src/protocol/panel.ts";
import type { DirectionName } from "../../../src/protocol/direction.ts";
import type {
  ComponentView,
  RunHeader,
  RunView,
  Solution,
  SolutionChoice,
} from "../../../src/protocol/views/runView.ts";

/** The run of him against her in its main numbers, with three components and four neurons. */
export function exampleRun(changes: Partial<RunView> = {}, runId = "run 1"): RunView {
  const summary: RunSummary = {
    target: { name: "him", rows: 53, columns: 3072 },
    reference: { name: "her", rows: 53, columns: 3072 },
    plan: {
      route: "gram",
      engine: "wasm",
      precision: "double",
      threads: 1,
      bytes: 3_000_000,
      expectedSeconds: 0.01,
      reason: "106 rows are fewer than 3072 neurons.",
      errorEstimate: 0,
    },
    compression: {
      components: 74,
      varianceKept: 0.9902916843209697,
      totalVariance: 29.061267148755753,
      eigenvalues: [4.48, 4.01, 2.45],
      discardedEigenvalues: [0.01, 0],
    },
    rank: {
      target: 52,
      reference: 52,
      referenceShrunk: 74,
      targetShrunk: 74,
      average: 104,
      averageKind: "exact",
      fullWidth: { target: 52, reference: 52, kind: "exact" },
    },
    conditionNumber: {
      target: null,
      reference: null,
      targetShrunk: 1000,
      referenceShrunk: 1160.6,
    },
    direct: { possible: false, explanation: "R has rank 52 of 3072." },
    shrinkage: {
      gamma: { forward: 0.01, swapped: 0.01 },
      alpha: { forward: 0.3624, swapped: 0.4152 },
    },
    directions: {
      forward: {
        eigenvalues: [187.918, 139.577, 0],
        carriedVariance: [0.686655, 0.5, 0.1],
        silencedVariance: [3.225813e-5, 0.6, 0.1],
      },
      swapped: {
        eigenvalues: [170.033, 100, 0],
        carriedVariance: [0.71217, 0.5, 0.1],
        silencedVariance: [3.269e-5, 0.1, 0.1],
      },
    },
    neurons: { constant: 0 },
    validation: null,
    warnings: [],
    seconds: { read: 0.01, compress: 0.02, separate: 0.03, total: 0.06 },
  };
  return {
    runId,
    created: "2026-01-01T00:00:00Z",
    summary,
    sources: {
      target: { label: "him.npy", path: "samples/him.npy" },
      reference: { label: "her.npy", path: "samples/her.npy" },
    },
    mappedComponents: { forward: 2, swapped: 2 },
    neurons: {
      targetMean: Float64Array.of(3, 1, 2, 1),
      targetVariance: Float64Array.of(1, 1, 1, 1),
      referenceMean: Float64Array.of(0, 0, 0, 0),
      referenceVariance: Float64Array.of(4, 3, 2, 1),
    },
    sentences: { target: ["I saw him."], reference: ["I saw her."] },
    controls: { shrinkage: 0.01, variance: 0.99, maximalVariance: 1 },
    ...changes,
  };
}

/** What never changes of {@link exampleRun}. */
export function exampleHeader(run = "content 1"): RunHeader {
  const { created, summary, sources, neurons, sentences, controls } = exampleRun();
  const { maximalVariance, ...made } = controls;
  const { target, reference, plan, direct, warnings, seconds } = summary;
  return {
    ...{ run, created, sources, neurons, made, maximalVariance },
    ...(sentences ? { sentences } : {}),
    summary: { target, reference, plan, direct, neurons: summary.neurons, warnings, seconds },
  };
}

/** A solution of {@link exampleRun} with the same numbers, whatever the choice. */
export function exampleSolution(
  choice: Partial<SolutionChoice> = {},
  mappedComponents = { forward: 2, swapped: 2 },
): Solution {
  const { compression, rank, conditionNumber, shrinkage, directions } = exampleRun().summary;
  return {
    run: "content 1",
    choice: { shrinkage: 0.01, variance: 0.99, ...choice },
    summary: { compression, rank, conditionNumber, shrinkage, directions },
    mappedComponents,
  };
}

/** The run as the host sends it. */
export function exampleRunMessage(
  runId = "run 1",
  choice: Partial<SolutionChoice> = {},
): Extract<HostToPanel, { kind: "run" }> {
  const solution = exampleSolution(choice);
  return { kind: "run", runId, header: exampleHeader(), solution, validation: null, saved: null };
}

export function exampleComponent(direction: DirectionName = "forward", index = 0): ComponentView {
  return {
    run: "content 1",
    choice: { shrinkage: 0.01, variance: 0.99 },
    direction,
    index,
    eigenvalue: 187.918,
    filter: Float64Array.of(0.1, -0.9, 0.3, -0.3),
    pattern: Float64Array.of(1, 2, -3, 0),
    patternWithinSpan: false,
    targetProjections: Float64Array.of(-1, 1),
    referenceProjections: Float64Array.of(0.5, -0.5),
    meanDifference: 1.2,
  };
}

interface ReportChoices {
  readonly heldOut?: number | null;
  readonly interval?: readonly [number, number];
  readonly p?: number;
  /** How many of 1,000 permutations are done; null if labels are not permuted. */
  readonly permutations?: number | null;
  readonly verdict?: Verdict;
  readonly more?: Partial<ValidationReport>;
  readonly auc?: number;
  readonly magnitudeAuc?: number;
}

/** A report whose forward direction has the held-out ratio, interval and p that a test asks for. */
export function exampleReport(choices: ReportChoices = {}): ValidationReport {
  const { heldOut = 13.18, interval = [6.1, 22.3], p = 0.000999 } = choices;
  const score = (ratio: number): SeparationScore => ({
    carriedVariance: 0.0339 * ratio,
    silencedVariance: 0.0339,
    ratio,
    auc: choices.auc ?? 0.6,
    magnitudeAuc: choices.magnitudeAuc ?? 0.9,
  });
  const scored: ScoredComponent = {
    inSample: score(21286),
    heldOut: heldOut === null ? null : score(heldOut),
    heldOutRatioInterval: { low: interval[0], high: interval[1] },
    correctedP: { inSample: 0.2, heldOut: 0.3 },
  };
  const nulls = { permuted: [1, 1.1], median: 1.05, maximum: 1.1, p };
  const direction: DirectionReport = {
    ...scored,
    components: [scored, scored],
    verdict: choices.verdict ?? "holds",
    relativeRatio: 12,
    relativeRatioInterval: { low: 5.5, high: 20.3 },
    silence: 0.287,
    randomDirections: { median: 1, low: 0.5, high: 2 },
    estimand: "the mean variance ratio of the folds' fits",
    ...(choices.permutations === null
      ? {}
      : {
          permutation: {
            inSample: { ...nulls, median: 10_579, maximum: 34_803, observed: 21286 },
            heldOut: heldOut === null ? null : { ...nulls, observed: heldOut },
          },
        }),
  };
  return {
    directions: { forward: direction, swapped: direction },
    scheme: { kind: "crossValidation", folds: 5, repeats: 3, seed: 1, grouping: "pairs" },
    ...(choices.permutations === null
      ? {}
      : {
          permutations: {
            count: choices.permutations ?? 1000,
            requested: 1000,
            seed: 1,
            repeats: 3,
            exchange: "withinPairs",
            labellings: null,
          },
          maxP: 0.002,
        }),
    distinct: { target: 53, reference: 53 },
    clusters: { count: 106, origins: [] },
    traceRatio: 1.1,
    warnings: [],
    omitted: [],
    seconds: 1,
    ...choices.more,
  };
}
