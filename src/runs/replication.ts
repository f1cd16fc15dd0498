import type { ConditionSource } from "../conditions/condition.ts";
import { areApart } from "../conditions/selection/rowsApart.ts";
import type { DirectionName } from "../ged/method/directions.ts";
import type { Interval, Verdict } from "../ged/validation/report.ts";
import { fixedEffect } from "../statistics/fixedEffect.ts";
import { normalQuantile } from "../statistics/quantile.ts";
import type { RunTransfer } from "./runTransfer.ts";

/** Component 1 of one direction on every other set of rows on which it was tried, and what these say together. */
export interface Replication {
  /** In the order of the transfers. */
  readonly sets: readonly ReplicationSet[];
  /** Absent if fewer than two sets count. */
  readonly pooled?: PooledRatio;
  readonly verdict: Verdict;
}

export interface ReplicationSet {
  readonly transfer: RunTransfer;
  /** Carried over silenced variance. */
  readonly ratio: number;
  readonly interval?: Interval;
  /** Of this set alone. */
  readonly p?: number;
  /** Why it has no part in the pooled ratio; absent if it has. */
  readonly leftOut?: LeftOut;
}

/** The direction was fitted on rows of it; it may share rows with a newer set; it has no finite interval. */
export type LeftOut = "fitted" | "sharesRows" | "noInterval";

export interface PooledRatio {
  /** Sets that count. */
  readonly sets: number;
  readonly ratio: number;
  readonly interval: Interval;
  /** Cochran's Q of the logarithmic ratios, its p, and the share of their spread that is not error (I squared). */
  readonly q: number;
  readonly freedom: number;
  readonly p: number;
  readonly share: number;
}

/** At and below this p the sets differ from each other. */
const significance = 0.05;

/**
 * What the transfers of a run say together of component 1 of one direction: the fixed-effect mean of the logarithmic
 * ratios, see {@link fixedEffect}, over the sets that are independent of the fit and, as far as files and selections
 * tell, of each other. The standard error of a set is half its interval on the logarithmic scale over 1.96; for the
 * interval was made with Student's t, that is too large rather than too small.
 *
 * The verdict, by this rule and no other:
 *
 * 1. *cannot tell*: fewer than two sets count;
 * 2. else *does not hold*: the pooled ratio is 1 or less;
 * 3. else *holds*: its interval lies above 1, and the sets do not differ from each other (p of Q above 0.05) or the
 *    interval of each lies above 1;
 * 4. else *not shown*.
 * @param transfers the newest first
 * @returns undefined if no transfer has a component of this direction
 */
export function replicationOf(
  transfers: readonly RunTransfer[],
  direction: DirectionName,
): Replication | undefined {
  const counted: RunTransfer[] = [];
  const sets = transfers.flatMap((transfer): ReplicationSet[] => {
    const first = transfer[direction].find(({ index }) => index === 0);
    if (first === undefined) return [];
    const { transferred, ratioInterval: interval, p } = first;
    const set = {
      transfer,
      ratio: transferred.carriedVariance / transferred.silencedVariance,
      ...(interval === undefined ? {} : { interval }),
      ...(p === undefined ? {} : { p }),
    };
    const leftOut = reasonToLeaveOut(set, counted);
    if (leftOut !== undefined) return [{ ...set, leftOut }];
    counted.push(transfer);
    return [set];
  });
  if (sets.length === 0) return undefined;
  const pooled = poolRatios(sets);
  return {
    sets,
    ...(pooled === undefined ? {} : { pooled }),
    verdict: verdictOn(sets, pooled),
  };
}

function reasonToLeaveOut(
  { transfer, ratio, interval }: ReplicationSet,
  counted: readonly RunTransfer[],
): LeftOut | undefined {
  if (transfer.fitted === true) return "fitted";
  if (estimateOf(ratio, interval) === undefined) return "noInterval";
  const shares = counted.some((other) =>
    sourcesOf(transfer).some((a) => sourcesOf(other).some((b) => mayShareRows(a, b))),
  );
  return shares ? "sharesRows" : undefined;
}

function sourcesOf({ target, reference }: RunTransfer): ConditionSource[] {
  return [target.source, reference.source];
}

function mayShareRows(a: ConditionSource, b: ConditionSource): boolean {
  return a.path === b.path && a.tensor === b.tensor && !areApart(a, b);
}

function estimateOf(ratio: number, interval: Interval | undefined) {
  if (interval === undefined) return undefined;
  const value = Math.log(ratio);
  const standardError = Math.log(interval.high / interval.low) / (2 * normalQuantile);
  const isUsable = Number.isFinite(value) && Number.isFinite(standardError) && standardError > 0;
  return isUsable ? { value, standardError } : undefined;
}

function poolRatios(sets: readonly ReplicationSet[]): PooledRatio | undefined {
  const estimates = sets.flatMap(({ ratio, interval, leftOut }) => {
    const estimate = leftOut === undefined ? estimateOf(ratio, interval) : undefined;
    return estimate === undefined ? [] : [estimate];
  });
  if (estimates.length < 2) return undefined;
  const { value, low, high, heterogeneity } = fixedEffect(estimates);
  return {
    sets: estimates.length,
    ratio: Math.exp(value),
    interval: { low: Math.exp(low), high: Math.exp(high) },
    ...heterogeneity,
  };
}

function verdictOn(sets: readonly ReplicationSet[], pooled: PooledRatio | undefined): Verdict {
  if (pooled === undefined) return "cannot-tell";
  if (!(pooled.ratio > 1)) return "does-not-hold";
  const isEachAbove = sets.every(
    ({ interval, leftOut }) => leftOut !== undefined || (interval?.low ?? 0) > 1,
  );
  const agree = pooled.p > significance || isEachAbove;
  return pooled.interval.low > 1 && agree ? "holds" : "not-shown";
}
