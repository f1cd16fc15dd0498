import type { Keep } from "../method/keep.ts";
import { compressReduced, type ReducedCompression } from "./compressReduced.ts";
import { gatherConditions, type ConditionRows } from "./labelledRows.ts";
import type { ReducedRows } from "./reduceRows.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";
import { CompressedRows } from "./compressedRows.ts";
import { ofDirections, type Directions } from "../method/directions.ts";
import type { Shrinkage } from "../method/shrinkage/shrinkage.ts";
import { separateReduced, type ReducedSeparation } from "./separateReduced.ts";

/** The choices of the run that is validated. */
export interface FitOptions {
  readonly keep: Keep;
  /** Resolved in every fit from its own training rows: what is held out has no say in it. */
  readonly shrinkage: Shrinkage;
}

/** Compress-then-separate on one set of training rows; lives in the workspace memory until the next fit. */
export interface ReducedFit extends Directions<ReducedSeparation> {
  readonly target: ConditionRows;
  readonly reference: ConditionRows;
  readonly compression: ReducedCompression;
  readonly rows: CompressedRows;
}

/**
 * The whole method on training rows: each condition centred on its own training mean, PCA and cut on
 * their average covariance, shrinkage and separation in both directions.
 * @param labels [n], one for each training row
 * @param components how many components of each direction
 * @throws EigenlensError "numerics" if a condition has fewer than two rows or a covariance stays singular
 */
export function fitReduced(
  reduced: ReducedRows,
  labels: Uint8Array,
  options: FitOptions,
  components: number,
  workspace: Workspace,
): ReducedFit {
  const { target, reference } = gatherConditions(reduced, labels, workspace);
  const compression = compressReduced(reduced, target, reference, options.keep, workspace);
  const rows = new CompressedRows(compression, target, reference, workspace);
  return {
    target,
    reference,
    compression,
    rows,
    ...ofDirections((direction) =>
      separateReduced(rows, direction, options.shrinkage, components, workspace),
    ),
  };
}
