import type { EstimatorName } from "../../ged/method/shrinkage/estimators.ts";
import type { RunSummary, SeparationSummary } from "../summary.ts";
import { reportOf, writtenReport, type WrittenReport } from "./report.ts";
import { rolesVarianceOf, writtenVariances, type WrittenVariances } from "./variances.ts";

/** One direction of separation as it is written. */
export type WrittenSeparation = WrittenVariances<SeparationSummary>;

/**
 * A summary as `--json` prints it and a run document stores it: `separation` is the direction that carries the
 * target, `swapped` the other one, with the keys that a run with the two sources exchanged has as `separation`.
 */
export type WrittenSummary = Omit<RunSummary, "shrinkage" | "directions" | "validation"> & {
  /**
   * `gamma` and `alpha` of the reference; those of the target, which is shrunk when S and R are exchanged, are
   * `gammaSwapped` (absent if it is the same number) and `alphaSwapped`.
   */
  readonly shrinkage: {
    readonly estimator?: EstimatorName;
    readonly gamma: number;
    readonly gammaSwapped?: number;
    readonly alpha: number;
    readonly alphaSwapped: number;
  };
  readonly separation: WrittenSeparation;
  readonly swapped: WrittenSeparation;
  readonly validation: WrittenReport | null;
};

export function writtenSummary(summary: RunSummary): WrittenSummary {
  const { shrinkage, directions, validation, warnings, seconds, ...rest } = summary;
  const { gamma, alpha, ...choice } = shrinkage;
  return {
    ...rest,
    shrinkage: {
      ...choice,
      gamma: gamma.forward,
      ...(gamma.swapped === gamma.forward ? {} : { gammaSwapped: gamma.swapped }),
      alpha: alpha.forward,
      alphaSwapped: alpha.swapped,
    },
    separation: writtenVariances(directions.forward),
    swapped: writtenVariances(directions.swapped),
    validation: validation === null ? null : writtenReport(validation),
    warnings,
    seconds,
  };
}

/** What {@link writtenSummary} was given; entries that are not known stay as they are. */
export function summaryOf(written: WrittenSummary): RunSummary {
  const { shrinkage, separation, swapped, validation, ...rest } = written;
  const { gamma, gammaSwapped = gamma, alpha, alphaSwapped, ...choice } = shrinkage;
  return {
    ...rest,
    shrinkage: {
      ...choice,
      gamma: { forward: gamma, swapped: gammaSwapped },
      alpha: { forward: alpha, swapped: alphaSwapped },
    },
    directions: { forward: rolesVarianceOf(separation), swapped: rolesVarianceOf(swapped) },
    validation: validation === null ? null : reportOf(validation),
  };
}
