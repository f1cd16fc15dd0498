import { EigenlensError } from "../../errors.ts";
import type { EngineName } from "../../linalg/engineNames.ts";
import { checkKeep, type Keep } from "./keep.ts";

/**
 * What is decomposed: `gram` the N x N inner products, `covariance` the D x D average covariance, `krylov`
 * the same covariance through products with the rows, without forming it.
 */
export type Route = "gram" | "covariance" | "krylov";

/** What the user may choose about one run; everything else follows from the data. */
export interface GedOptions {
  readonly keep: Keep;
  /** g of `R~ = (1-g) R + g a I`, in [0, 1]. */
  readonly shrinkage: number;
  readonly route: "auto" | Route;
  readonly engine: "auto" | EngineName;
  readonly precision: "auto" | "double" | "single";
}

/** Of the variance of (S+R)/2. */
export const defaultShare = 0.99;

/** The share that a run asked for; the default if it asked for a number of components. */
export function askedShare(keep: Keep): number {
  return "share" in keep ? keep.share : defaultShare;
}

export const defaultGedOptions: GedOptions = {
  keep: { share: defaultShare },
  shrinkage: 0.01,
  route: "auto",
  engine: "auto",
  precision: "auto",
};

/** @throws EigenlensError "usage" naming the option, its value and what is allowed */
export function checkGedOptions(options: GedOptions): void {
  const { keep, shrinkage } = options;
  if (!(shrinkage >= 0 && shrinkage <= 1)) {
    throw new EigenlensError(
      "usage",
      `The shrinkage is ${shrinkage}: choose a number from 0 to 1 (default 0.01).`,
    );
  }
  checkKeep(keep);
}
