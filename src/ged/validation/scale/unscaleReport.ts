import { ofDirections } from "../../method/directions.ts";
import type {
  DirectionReport,
  Interval,
  ScoredComponent,
  ScoreRanges,
  SeparationScore,
  ValidationReport,
} from "../report.ts";
import type { Stability } from "../stability/report.ts";

/**
 * The report on activations times a power of two, in the units of those that were read.
 * @param factor what they were multiplied by; no variance may leave what a double holds
 */
export function unscaleReport(report: ValidationReport, factor: number): ValidationReport {
  /** In two steps: the square of the factor may be beyond a double. */
  const variance = (value: number): number => value / factor / factor;
  const score = (own: SeparationScore): SeparationScore => ({
    ...own,
    carriedVariance: variance(own.carriedVariance),
    silencedVariance: variance(own.silencedVariance),
  });
  const component = (own: ScoredComponent): ScoredComponent => ({
    ...own,
    inSample: score(own.inSample),
    heldOut: own.heldOut === null ? null : score(own.heldOut),
    ...rowScores(own),
  });
  const each = (values: readonly (number | null)[]): (number | null)[] =>
    values.map((value) => (value === null ? null : value / factor));
  const ranges = ({ low, high }: ScoreRanges): ScoreRanges => ({
    low: each(low),
    high: each(high),
  });
  const rowScores = ({
    heldOutScores: scores,
    heldOutScoreRanges: range,
  }: ScoredComponent): Pick<ScoredComponent, "heldOutScores" | "heldOutScoreRanges"> => ({
    ...(scores === undefined
      ? {}
      : { heldOutScores: { target: each(scores.target), reference: each(scores.reference) } }),
    ...(range === undefined
      ? {}
      : {
          heldOutScoreRanges: { target: ranges(range.target), reference: ranges(range.reference) },
        }),
  });
  const interval = ({ low, high }: Interval): Interval => ({
    low: variance(low),
    high: variance(high),
  });
  const stability = (own: Stability): Stability => ({
    ...own,
    neurons: own.neurons.map((neuron) => ({
      ...neuron,
      pattern: interval(neuron.pattern),
      ...(neuron.permuted === undefined
        ? {}
        : { permuted: { ...neuron.permuted, pattern: interval(neuron.permuted.pattern) } }),
    })),
  });
  const direction = (own: DirectionReport): DirectionReport => ({
    ...own,
    ...component(own),
    components: own.components.map(component),
    ...(own.stability === undefined ? {} : { stability: stability(own.stability) }),
  });
  const { baselines } = report;
  return {
    ...report,
    directions: ofDirections((name) => direction(report.directions[name])),
    ...(baselines === undefined
      ? {}
      : {
          baselines: {
            meanDifference: component(baselines.meanDifference),
            linearDiscriminant: component(baselines.linearDiscriminant),
          },
        }),
  };
}
