import type { EngineName } from "../../linalg/engines/engineNames.ts";
import { checkKeep, type Keep } from "./keep.ts";
import { checkShrinkage, type Shrinkage } from "./shrinkage/shrinkage.ts";

/**
 * What is decomposed: `gram` the N x N inner products, `covariance` the D x D average covariance, `krylov`
 * the same covariance through products with the rows, without forming it.
 */
export type Route = "gram" | "covariance" | "krylov";

/** What the user may choose about one run; everything else follows from the data. */
export interface GedOptions {
  readonly keep: Keep;
  readonly shrinkage: Shrinkage;
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

/** g of a run that says nothing else. */
export const defaultGamma = 0.01;

export const defaultGedOptions: GedOptions = {
  keep: { share: defaultShare },
  shrinkage: defaultGamma,
  route: "auto",
  engine: "auto",
  precision: "auto",
};

/** @throws EigenlensError "usage" naming the option, its value and what is allowed */
export function checkGedOptions(options: GedOptions): void {
  const { keep, shrinkage } = options;
  checkShrinkage(shrinkage);
  checkKeep(keep);
}
