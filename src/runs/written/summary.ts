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
  /** `alpha` of the reference; `alphaSwapped` of the target, which is shrunk when S and R are exchanged. */
  readonly shrinkage: {
    readonly gamma: number;
    readonly alpha: number;
    readonly alphaSwapped: number;
  };
  readonly separation: WrittenSeparation;
  readonly swapped: WrittenSeparation;
  readonly validation: WrittenReport | null;
};

export function writtenSummary(summary: RunSummary): WrittenSummary {
  const { shrinkage, directions, validation, warnings, seconds, ...rest } = summary;
  const { alpha, ...choice } = shrinkage;
  return {
    ...rest,
    shrinkage: { ...choice, alpha: alpha.forward, alphaSwapped: alpha.swapped },
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
  const { alpha, alphaSwapped, ...choice } = shrinkage;
  return {
    ...rest,
    shrinkage: { ...choice, alpha: { forward: alpha, swapped: alphaSwapped } },
    directions: { forward: rolesVarianceOf(separation), swapped: rolesVarianceOf(swapped) },
    validation: validation === null ? null : reportOf(validation),
  };
}
