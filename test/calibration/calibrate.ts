import { Cancellation } from "../../src/cancellation.ts";
import { createScriptProducts } from "../../src/linalg/engines/scriptProducts.ts";
import { validateGram } from "../../src/ged/validation/validateGram.ts";
import type { Outcome } from "./cells.ts";
import { readVerdict, type NullEffort } from "./judgeNull.ts";
import { simulate, type Simulation } from "./nullData.ts";

/** Validates one simulated data set with the default method (99 % of the variance, shrinkage 0.01). */
export async function judge(simulation: Simulation, effort: NullEffort): Promise<Outcome> {
  const { threads, threadFile } = effort;
  const report = await validateGram(
    simulate(simulation),
    { keep: { share: 0.99 }, shrinkage: 0.01 },
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
      ...(threads === undefined ? {} : { threads }),
      ...(threadFile === undefined ? {} : { threadFile }),
      report: () => undefined,
    },
  );
  return {
    forward: readVerdict(report.directions.forward, report.omitted),
    swapped: readVerdict(report.directions.swapped, report.omitted),
  };
}
