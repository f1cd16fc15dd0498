import type { ConditionSource } from "../conditions/condition.ts";
import type { Directions } from "../ged/method/directions.ts";
import type { Interval } from "../ged/validation/report.ts";

/**
 * The first components of both directions of one run, tried on the rows of two other conditions. It is kept in the run's document
 * as JSON, which has no words for NaN and infinities: what is not a finite number is left out.
 */
export interface RunTransfer extends Directions<readonly TransferredComponent[]> {
  /** ISO 8601, UTC. */
  readonly created: string;
  /** What stood for the run's target. */
  readonly target: TransferredCondition;
  readonly reference: TransferredCondition;
  /** Exchanges of labels that each p counts. */
  readonly permutations: number;
  readonly seed: number;
  /** Whether rows that the directions were fitted on may be among these; absent if not, and in older documents. */
  readonly fitted?: boolean;
  /** Plain words to read before the numbers; empty if there are none. */
  readonly warnings: readonly string[];
}

export interface TransferredCondition {
  readonly source: ConditionSource;
  /** File, tensor and selections without the folder: "layers.safetensors#blocks.6.him[rows=0:53]". */
  readonly label: string;
  readonly rows: number;
}

/** Variances (ddof = 1) on a unit direction, of the condition that it carries and of the one that it silences. */
export interface RolesVariance {
  readonly carriedVariance: number;
  readonly silencedVariance: number;
}

/** One component on the rows of the run and on the new ones. */
export interface TransferredComponent {
  /** From 0. */
  readonly index: number;
  /** On the rows of the run, all of which had a part in finding the direction. */
  readonly inSample: RolesVariance;
  readonly transferred: RolesVariance & { readonly auc: number; readonly magnitudeAuc: number };
  /** 95 % of the new rows' ratio, by jackknife; absent if there are too few rows for one. */
  readonly ratioInterval?: Interval;
  readonly aucInterval?: Interval;
  /** How often exchanged labels of the new rows reach the ratio, (b+1)/(m+1); absent without exchanges. */
  readonly p?: number;
}

/**
 * The transfers of a run with one more, the newest first; one of the same sources, permutations and seed
 * takes the place of the earlier, since its numbers say the same or the files have changed.
 */
export function withTransfer(
  transfers: readonly RunTransfer[],
  added: RunTransfer,
): readonly RunTransfer[] {
  return [added, ...transfers.filter((known) => questionOf(known) !== questionOf(added))];
}

function questionOf({ target, reference, permutations, seed }: RunTransfer): string {
  return JSON.stringify([target.source, reference.source, permutations, seed]);
}
