import { Cancellation } from "../../src/cancellation.ts";
import { createScriptProducts } from "../../src/linalg/scriptProducts.ts";
import { validateGram } from "../../src/ged/validation/validateGram.ts";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import { simulate, type Simulation } from "./nullData.ts";

/** What one data set says. */
export interface Verdict {
  readonly p: number;
  readonly inSampleP: number;
  readonly ratio: number;
  /** Whether the held-out ratio's interval includes 1. */
  readonly covers: boolean;
}

export interface Effort {
  readonly repeats: number;
  readonly permutations: number;
  readonly threadFile?: string;
}

/** Validates one simulated data set with the default method (99 % of the variance, shrinkage 0.01). */
export async function judge(simulation: Simulation, effort: Effort): Promise<Verdict> {
  const report: ValidationReport = await validateGram(
    simulate(simulation),
    { variance: 0.99, shrinkage: 0.01 },
    {
      folds: 5,
      repeats: effort.repeats,
      permutations: effort.permutations,
      seed: simulation.seed,
      extended: false,
    },
    {
      cancellation: new Cancellation(),
      products: createScriptProducts(),
      ...(effort.threadFile === undefined ? {} : { threadFile: effort.threadFile }),
      report: () => undefined,
    },
  );
  const { permutation, heldOut, heldOutRatioInterval: interval } = report;
  if (!permutation?.heldOut || heldOut === null || interval === undefined) {
    throw new Error(`Seed ${simulation.seed}: no held-out null; ${report.omitted.join(" ")}`);
  }
  return {
    p: permutation.heldOut.p,
    inSampleP: permutation.inSample.p,
    ratio: heldOut.ratio,
    covers: interval.low <= 1 && interval.high >= 1,
  };
}
