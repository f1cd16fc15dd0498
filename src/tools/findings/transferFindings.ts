import type { Interval } from "../../ged/validation/report.ts";
import type { TransferResult } from "../api/results.ts";
import { known } from "./known.ts";
import { transferPTests } from "./pTests.ts";

/** What a direction did on other rows. */
export interface TransferFacts {
  /** From 1. */
  readonly component: number;
  readonly carries: string;
  readonly silences: string;
  readonly target: string;
  readonly reference: string;
  /** Whether some of the rows may have had a part in finding the direction. */
  readonly fitted: boolean;
  readonly ratio: number;
  readonly interval?: Interval;
  readonly carriedVariance: number;
  readonly silencedVariance: number;
  readonly auc: number;
  readonly p?: number;
  readonly warnings: readonly string[];
}

/** The same under names that say whether the rows are held out; rows that may have been fitted are not. */
export function transferFindings(facts: TransferFacts): TransferResult {
  const { component, carries, silences, target, reference, fitted, warnings } = facts;
  const { ratio, interval, carriedVariance, silencedVariance, auc, p } = facts;
  const scores = fitted
    ? known({
        ratioInSample: ratio,
        carriedVarianceInSample: carriedVariance,
        silencedVarianceInSample: silencedVariance,
        aucInSample: auc,
      })
    : known({
        ratioHeldOut: ratio,
        ratioHeldOutLow: interval?.low,
        ratioHeldOutHigh: interval?.high,
        carriedVarianceHeldOut: carriedVariance,
        silencedVarianceHeldOut: silencedVariance,
        aucHeldOut: auc,
      });
  const tests =
    p === undefined ? undefined : transferPTests({ carries, silences }, component, fitted);
  return {
    ...{ component, carries, silences, target, reference },
    ...scores,
    ...known({ p, pTests: tests }),
    warnings,
  };
}
