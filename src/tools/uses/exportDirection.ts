import { readComponent } from "../../commandLine/readComponent.ts";
import { directionBundle } from "../../exports/bundle/directionBundle.ts";
import {
  heldOutP,
  rolesOf,
  scoredComponent,
  type ExportedComponent,
} from "../../exports/bundle/exportedRun.ts";
import { controlVector } from "../../exports/gguf/controlVector.ts";
import { entryAt } from "../../lookup.ts";
import { printable } from "../../text/printable.ts";
import type { ExportResult } from "../api/results.ts";
import { known } from "../findings/known.ts";
import { pTests } from "../findings/pTests.ts";
import { outputFile } from "../places/outputFile.ts";
import { quoted } from "../findings/quoted.ts";
import { settledPath } from "../places/sources.ts";
import { exportInput } from "../schemas/inputs.ts";
import { exportResult } from "../schemas/results.ts";
import { defineTool, heldOutOrNot, namesAreData } from "../tool.ts";

const endings = { direction: ".direction.safetensors", gguf: ".gguf" } as const;

/** `eigenlens export --direction` and `--gguf`. */
export const exportDirection = defineTool({
  title: "Export a direction",
  description: `Writes one component of a finished run for other tools. Read with the filter, add the mean difference, erase with the eraser: adding the filter or projecting it out does next to nothing in a model. ${heldOutOrNot} ${namesAreData}`,
  input: exportInput,
  result: exportResult,
  writes: true,
  async use(input, { engine, inputs, roots, folder }) {
    const { component = 1, swapped = false, format = "direction", overwrite = false } = input;
    const { use = "mean-difference" } = input;
    const run = settledPath(input.run, folder);
    const path = settledPath(input.out, folder);
    await inputs.add(run);
    const output = await outputFile(path, endings[format], overwrite, roots, () => inputs.paths);
    const exported = await readComponent(engine, inputs, run, { component, swapped });
    const content = format === "gguf" ? [controlVector(exported, use)] : directionBundle(exported);
    await output.write(content);
    const byteLength = content.reduce((sum, part) => sum + part.byteLength, 0);
    const result: ExportResult = { ...evidence(exported), out: path, format, byteLength };
    const { carries, silences } = result;
    return {
      result,
      lines: [
        `${printable(JSON.stringify(path))}: component ${component} of ${quoted(carries)} over ${quoted(silences)}, ${format}, ${byteLength} bytes`,
      ],
    };
  },
});

function evidence(exported: ExportedComponent) {
  const { document, component } = exported;
  const { direction, index } = component;
  const { summary } = document;
  const { carried, silenced } = rolesOf(direction, summary);
  const { carriedVariance, silencedVariance } = summary.directions[direction];
  const scored = scoredComponent(exported);
  const names = { carries: carried.name, silences: silenced.name };
  const p = heldOutP(exported);
  return {
    component: index + 1,
    ...names,
    ...known({
      ratioInSample: entryAt(carriedVariance, index) / entryAt(silencedVariance, index),
      ratioHeldOut: scored?.heldOut?.ratio,
      ratioHeldOutLow: scored?.heldOutRatioInterval?.low,
      ratioHeldOutHigh: scored?.heldOutRatioInterval?.high,
      p,
      pTests:
        p === undefined ? undefined : pTests(names, index + 1, summary.validation?.permutations),
    }),
  };
}
