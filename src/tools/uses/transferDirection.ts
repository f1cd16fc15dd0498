import { describeTransfer } from "../../commandLine/describe/describeTransfer.ts";
import { wereFitted } from "../../engine/transfer/transferToFiles.ts";
import { rolesOf } from "../../exports/bundle/exportedRun.ts";
import { defaultValidationOptions } from "../../ged/validation/options.ts";
import { transferFindings } from "../findings/transferFindings.ts";
import { settledPath, settledSource } from "../places/sources.ts";
import { transferInput } from "../schemas/inputs.ts";
import { transferResult } from "../schemas/results.ts";
import { defineTool, heldOutOrNot, namesAreData } from "../tool.ts";

/** `eigenlens transfer`. */
export const transferDirection = defineTool({
  title: "Transfer a direction",
  description: `Tries a direction of a finished run on other activations of the same width: other sentences, another template, another layer. All of it is held out, unless rows that the direction was fitted on are among them, which is said. ${heldOutOrNot} ${namesAreData}`,
  input: transferInput,
  result: transferResult,
  writes: false,
  async use(input, { engine, folder, call }) {
    const { component = 1, swapped = false } = input;
    const { permutations, seed } = { ...defaultValidationOptions, ...input };
    const document = await engine.readDocument({ path: settledPath(input.run, folder) });
    const direction = swapped ? "swapped" : "forward";
    const report = await engine.transfer(
      document,
      direction,
      component - 1,
      {
        target: settledSource("target", input.target, folder),
        reference: settledSource("reference", input.reference, folder),
        permutations,
        seed,
      },
      call,
    );
    const { carried, silenced } = rolesOf(direction, document.summary);
    const { score, ratioInterval, permutation, warnings } = report;
    return {
      result: transferFindings({
        component,
        carries: carried.name,
        silences: silenced.name,
        target: input.target,
        reference: input.reference,
        fitted: wereFitted(warnings),
        ...score,
        interval: ratioInterval,
        ...(permutation === undefined ? {} : { p: permutation.p }),
        warnings,
      }),
      lines: describeTransfer(report, component),
    };
  },
});
