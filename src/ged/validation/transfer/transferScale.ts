import type { TransferReport } from "./transfer.ts";

/** Projections that spread between these are computed with as they are. */
const ordinary = { least: 1e-60, most: 1e60 };

/**
 * The power of two that brings the widest spread of several projections near 1; 1 if their squares neither over- nor
 * underflow anyway.
 * @param projections of each condition, one array of rows a direction
 */
export function projectionFactor(projections: readonly Float64Array[]): number {
  const spread = projections.reduce((widest, own) => {
    const range = own.reduce(
      ({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }),
      { low: Infinity, high: -Infinity },
    );
    return Math.max(widest, range.high / 2 - range.low / 2);
  }, 0);
  if (!(spread > 0 && spread < Infinity)) return 1;
  if (spread >= ordinary.least && spread <= ordinary.most) return 1;
  return 2 ** Math.max(-1022, Math.min(1022, -Math.floor(Math.log2(spread))));
}

/**
 * Reports on projections times a power of two, in the units of those that were read.
 * @returns undefined if a variance would leave what a double holds
 */
export function unscaleTransfers(
  reports: readonly TransferReport[],
  factor: number,
): TransferReport[] | undefined {
  const unscaled = reports.map((report) => ({
    ...report,
    score: {
      ...report.score,
      carriedVariance: report.score.carriedVariance / factor / factor,
      silencedVariance: report.score.silencedVariance / factor / factor,
    },
  }));
  const isHeld = (value: number) => value > 1e-290 && value < Infinity;
  return unscaled.every(
    ({ score }) => isHeld(score.carriedVariance) && isHeld(score.silencedVariance),
  )
    ? unscaled
    : undefined;
}
