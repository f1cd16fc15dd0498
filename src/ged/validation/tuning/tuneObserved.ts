import type { Split } from "../../reduced/reduceRows.ts";
import type { ValidationContext } from "../input.ts";
import type { ValidationProblem } from "../tasks/task.ts";
import { openPool } from "../tasks/taskPool.ts";
import { tune, tuningGrid, tuningFits, type Tuned } from "./tune.ts";

/**
 * What the observed labels choose; with threads of their own, which know only the options that were asked for.
 * @param repeats the folds of each repeat
 * @throws EigenlensError as {@link tuningGrid} and {@link tune} do; CancelledError
 */
export async function tuneObserved(
  problem: ValidationProblem,
  mostShare: number,
  repeats: readonly (readonly Split[])[],
  context: ValidationContext,
): Promise<Tuned> {
  const { options, source } = problem;
  const { axes, given } = tuningGrid(options, mostShare);
  const pool = await openPool(problem, context);
  const fits = tuningFits(repeats);
  let done = 0;
  const report = () => {
    context.report({ step: "Validating: choosing shrinkage and share", fraction: done / fits });
    done += 1;
  };
  try {
    report();
    const columns = source.kind === "coordinates" ? source.rows.columns : Infinity;
    return await tune(pool, axes, given, repeats, columns, report);
  } finally {
    await pool.dispose();
  }
}
