import type { Cancellation } from "../../cancellation.ts";
import type { Products } from "../../linalg/products.ts";

/** Where a long computation stands, as the user reads it. */
export interface StepProgress {
  /** "Reading him.npy", "Eigenvalues of the average covariance". */
  readonly step: string;
  /** 0..1 over the whole run; absent if it cannot be known. */
  readonly fraction?: number;
  /** An honest estimate, once there is one. */
  readonly secondsLeft?: number;
}

/** What every step of a run is given beside its data. */
export interface RunContext {
  /** For everything that is decomposed. */
  readonly products: Products;
  /** For the product over all rows, where an accelerator does it; {@link products} where absent. */
  readonly bulk?: Products;
  readonly cancellation: Cancellation;
  report(progress: StepProgress): void;
}
