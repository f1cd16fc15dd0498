import { ofDirections } from "../method/directions.ts";
import type {
  DirectionReport,
  HeldOutScores,
  Interval,
  ScoredComponent,
  SeparationScore,
  ValidationReport,
} from "./report.ts";

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
  });
  const scores = ({ target, reference }: HeldOutScores): HeldOutScores => {
    const each = (value: number | null): number | null => (value === null ? null : value / factor);
    return { target: target.map(each), reference: reference.map(each) };
  };
  const direction = (own: DirectionReport): DirectionReport => ({
    ...own,
    ...component(own),
    components: own.components.map(component),
    ...(own.heldOutScores === undefined ? {} : { heldOutScores: scores(own.heldOutScores) }),
  });
  const interval = ({ low, high }: Interval): Interval => ({
    low: variance(low),
    high: variance(high),
  });
  const { baselines, stability } = report;
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
    ...(stability === undefined
      ? {}
      : {
          stability: {
            ...stability,
            neurons: stability.neurons.map((neuron) => ({
              ...neuron,
              pattern: interval(neuron.pattern),
            })),
          },
        }),
  };
}
