import * as v from "valibot";
import { EigenlensError } from "../errors.ts";
import { askKernel, NoAnswer } from "./ask.ts";
import type { NotebookKernel } from "./kernel.ts";

/** Why an array of a notebook cannot be a condition. */
export type VariableProblem =
  "type" | "axes" | "empty" | "masked" | "sparse" | "columns" | "polars";

/** An array among the variables of a notebook. */
export interface NotebookVariable {
  readonly name: string;
  /** `ndarray`, `Tensor`, `jax Array` or `DataFrame`. */
  readonly kind: string;
  /** As its library calls it. */
  readonly dtype: string;
  /** Of the values that become neurons: a DataFrame's text columns do not count. */
  readonly shape: readonly number[];
  /** Of its values. */
  readonly bytes: number;
  /** Columns of a DataFrame that describe its rows. */
  readonly columns: number;
  readonly problem: VariableProblem | null;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const answer = v.object({
  variables: v.array(
    v.object({
      name: v.string(),
      kind: v.string(),
      dtype: v.string(),
      shape: v.array(count),
      bytes: count,
      columns: count,
      problem: v.nullable(
        v.picklist(["type", "axes", "empty", "masked", "sparse", "columns", "polars"]),
      ),
    }),
  ),
});

/**
 * The arrays among a notebook's variables, in the order in which they were assigned, those too that cannot be used.
 * @throws EigenlensError as {@link askKernel}
 */
export async function listVariables(
  kernel: NotebookKernel,
  signal: AbortSignal,
): Promise<readonly NotebookVariable[]> {
  const checked = v.safeParse(answer, await askKernel(kernel, { kind: "list" }, signal));
  if (!checked.success) throw new NoAnswer(kernel.notebook);
  return checked.output.variables;
}

/** @throws EigenlensError "condition" if the variable cannot be a condition: why, and what to do */
export function checkUsable({ name, problem, dtype, shape }: NotebookVariable): void {
  const reason = problem === null ? undefined : problemText(problem, name, dtype, shape.length);
  if (reason !== undefined) throw new EigenlensError("condition", reason);
}

function problemText(problem: VariableProblem, name: string, dtype: string, axes: number): string {
  switch (problem) {
    case "type":
      return `${name} has the type ${dtype}: make it one of floating-point numbers, such as ${name}.astype("float32").`;
    case "axes":
      return `${name} has ${axes} axes: a condition has rows and neurons, and at most tokens, layers and heads beside them.`;
    case "empty":
      return `${name} holds no values: run the cell that fills it.`;
    case "masked":
      return `${name} has masked values, which are no activations: choose rows without them, or fill them.`;
    case "sparse":
      return `${name} is sparse, quantized or without data: make it dense first, such as ${name}.to_dense().`;
    case "columns":
      return `${name} has no column of numbers: choose a DataFrame whose neurons are columns.`;
    case "polars":
      return `${name} is a DataFrame of polars: take ${name}.to_pandas() or ${name}.to_numpy().`;
    default:
      return problem satisfies never;
  }
}
