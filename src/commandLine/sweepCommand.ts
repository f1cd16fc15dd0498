import type { Command } from "commander";
import { Cancellation } from "../cancellation.ts";
import type { Engine } from "../engine/engine.ts";
import { sweepLayers } from "../engine/sweep.ts";
import { EigenlensError } from "../errors.ts";
import type { SweptLayer } from "../protocol/sweep.ts";
import { printable } from "../text/printable.ts";
import { formatNumber } from "./format.ts";
import { addGedFlags, gedOptionsFrom, type GedFlags } from "./gedFlags.ts";
import { printJson, printLines } from "./output.ts";
import {
  addValidationFlags,
  validationOptionsFrom,
  type ValidationFlags,
} from "./validationFlags.ts";

/**
 * `eigenlens sweep FILES`: compress-then-separate on every layer that a container, or a set of files with
 * layer numbers in their names, holds. A layer is printed as soon as it is done.
 */
export function addSweepCommand(program: Command, engine: Engine): void {
  const command = program
    .command("sweep")
    .description("run on every layer that a container or a set of files holds")
    .argument(
      "<files...>",
      "one container with all layers, or files with layer numbers in their names",
    );
  addValidationFlags(addGedFlags(command))
    .option("--json", "print one JSON object")
    .action(async (files: string[], flags: GedFlags & ValidationFlags & { json?: boolean }) => {
      const pairs = await engine.layers({ paths: files });
      const validation = validationOptionsFrom(flags);
      let printed = 0;
      const layers = await sweepLayers(
        engine,
        {
          pairs,
          options: gedOptionsFrom(flags),
          ...(validation === undefined ? {} : { validation }),
        },
        {
          cancellation: new Cancellation(),
          report: ({ layers: done = [] }) => {
            if (flags.json === true) return;
            for (; printed < done.length; printed += 1) {
              printLines(describeLayer(done[printed]));
            }
          },
        },
      );
      if (flags.json === true) printJson({ layers });
      if (layers.every((layer) => layer.error !== undefined)) {
        throw new EigenlensError("condition", `No layer could be run: ${layers[0].error}`);
      }
    });
}

function describeLayer({ layer, label, found, error }: SweptLayer): string {
  const place = `layer ${String(layer).padStart(2)}  ${printable(label)}`;
  if (found === undefined) return `${place}  failed: ${error}`;
  const { forward, swapped, components, rank } = found;
  const ratio = ({ inSampleRatio, heldOutRatio }: typeof forward) =>
    heldOutRatio === null
      ? `${formatNumber(inSampleRatio)} x in sample`
      : `${formatNumber(inSampleRatio)} x in sample, ${formatNumber(heldOutRatio)} x held out`;
  return (
    `${place}  k ${components}, rank ${rank.target}/${rank.reference}, ` +
    `eigenvalue ${forward.eigenvalue.toFixed(3)} (${ratio(forward)}), ` +
    `swapped ${swapped.eigenvalue.toFixed(3)} (${ratio(swapped)})`
  );
}
