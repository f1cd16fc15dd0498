import { EigenlensError } from "../../errors.ts";
import type { EngineName } from "../../linalg/engineNames.ts";

/**
 * What is decomposed: `gram` the N x N inner products, `covariance` the D x D average covariance, `krylov`
 * the same covariance through products with the rows, without forming it.
 */
export type Route = "gram" | "covariance" | "krylov";

/** What the user may choose about one run; everything else follows from the data. */
export interface GedOptions {
  /** Share of the variance of (S+R)/2 that the kept components must hold, in (0, 1]. */
  readonly variance: number;
  /** Keep exactly this many components instead (or at most this many, where `componentsAreCap`). */
  readonly components?: number;
  /** Whether {@link components} only caps what `variance` asks for. */
  readonly componentsAreCap?: boolean;
  /** g of `R~ = (1-g) R + g a I`, in [0, 1]. */
  readonly shrinkage: number;
  readonly route: "auto" | Route;
  readonly engine: "auto" | EngineName;
  readonly precision: "auto" | "double" | "single";
}

export const defaultGedOptions: GedOptions = {
  variance: 0.99,
  shrinkage: 0.01,
  route: "auto",
  engine: "auto",
  precision: "auto",
};

/** @throws EigenlensError "usage" naming the option, its value and what is allowed */
export function checkGedOptions(options: GedOptions): void {
  const { variance, shrinkage, components } = options;
  if (!(variance > 0 && variance <= 1)) {
    throw new EigenlensError(
      "usage",
      `The share of variance is ${variance}: choose a number above 0 and up to 1 (default 0.99).`,
    );
  }
  if (!(shrinkage >= 0 && shrinkage <= 1)) {
    throw new EigenlensError(
      "usage",
      `The shrinkage is ${shrinkage}: choose a number from 0 to 1 (default 0.01).`,
    );
  }
  if (components !== undefined && !(Number.isInteger(components) && components >= 1)) {
    throw new EigenlensError(
      "usage",
      `The number of components is ${components}: choose a whole number of at least 1.`,
    );
  }
}
