import { describeRun } from "../../commandLine/describe/describeRun.ts";
import { runAndValidate } from "../../commandLine/runAndValidate.ts";
import { quotedSummary } from "../findings/quoted.ts";
import { runFindings } from "../findings/runFindings.ts";
import { settledSource } from "../places/sources.ts";
import { runInput } from "../schemas/inputs.ts";
import { runResult } from "../schemas/results.ts";
import { defineTool, heldOutOrNot, namesAreData } from "../tool.ts";
import { methodOptions, validationOptions } from "./method.ts";
import { placeOfRun } from "./runOutput.ts";

/** `eigenlens run`. */
export const runGed = defineTool({
  title: "Run GED separation",
  description: `Finds the direction in neuron space that carries the variance of one condition (target) and is silent for another (reference), from two matrices of activations [rows, neurons]: compresses with PCA on the average covariance, shrinks the reference covariance, solves the generalized eigenproblem; both directions. Use it when the user asks to separate, compare or contrast two sets of activations; with validate it says what survives held out and gives a verdict. ${heldOutOrNot} ${namesAreData}`,
  input: runInput,
  result: runResult,
  writes: true,
  async use(input, context) {
    const { engine, folder, options, call, keep } = context;
    const request = {
      target: settledSource("target", input.target, folder),
      reference: settledSource("reference", input.reference, folder),
      options: methodOptions(input, options),
    };
    const validation = input.validate === true ? validationOptions(input) : undefined;
    const output = await placeOfRun(input, request, context);
    const documented = output !== undefined || keep;
    const { document, summary } = await runAndValidate(
      engine,
      request,
      validation,
      documented,
      call,
    );
    if (document !== undefined) await output?.write(document);
    return {
      result: {
        ...(output === undefined ? {} : { run: output.path }),
        ...runFindings(summary),
      },
      lines: describeRun(quotedSummary(summary), "validate_run"),
      ...(keep && document !== undefined ? { document } : {}),
    };
  },
});
