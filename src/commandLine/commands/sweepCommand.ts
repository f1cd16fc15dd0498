import type { Command } from "commander";
import { Cancellation } from "../../cancellation.ts";
import type { Engine } from "../../engine/engine.ts";
import { sweepLayers } from "../../engine/sweep/sweepLayers.ts";
import { EigenlensError } from "../../errors.ts";
import type { SweptLayer } from "../../protocol/sweep.ts";
import { describeBest, describeLayer } from "../describe/describeSweep.ts";
import { directionJson } from "../describe/describeSweptDirection.ts";
import { addGedFlags, gedOptionsFrom, type GedFlags } from "../gedFlags.ts";
import { printJson, printLines } from "../output.ts";
import { addValidationFlags } from "../validationFlags.ts";
import { sweepValidationFrom, type ValidationFlags } from "../validationOptions.ts";

/**
 * `eigenlens sweep FILES`: compress-then-separate on every layer that a container, or a set of files with
 * layer numbers in their names, holds, each validated under the same permutations. A layer is printed as soon as it
 * is done; the p that counts all layers follows the last.
 */
export function addSweepCommand(program: Command, engine: Engine): void {
  const command = program
    .command("sweep")
    .description("run on every layer that a container or a set of files holds")
    .argument(
      "<files...>",
      "one container with all layers, or files with layer numbers in their names",
    );
  addValidationFlags(addGedFlags(command), "sweep")
    .option("--json", "print one JSON object")
    .action(async (files: string[], flags: GedFlags & ValidationFlags & { json?: boolean }) => {
      const pairs = await engine.layers({ paths: files });
      const validation = sweepValidationFrom(flags);
      let printed = 0;
      const print = (done: readonly SweptLayer[]): void => {
        if (flags.json === true) return;
        for (const layer of done.slice(printed)) printLines(describeLayer(layer));
        printed = Math.max(printed, done.length);
      };
      const { layers } = await sweepLayers(
        engine,
        {
          pairs,
          options: gedOptionsFrom(flags),
          ...(validation === undefined ? {} : { validation }),
        },
        { cancellation: new Cancellation(), report: ({ layers: done = [] }) => print(done) },
      );
      if (flags.json === true) printJson({ layers: layers.map(layerJson) });
      else printLines(...describeBest(layers));
      if (layers.every((layer) => layer.error !== undefined)) {
        throw new EigenlensError(
          "condition",
          `No layer could be run: ${layers[0]?.error ?? "there is none"}.`,
        );
      }
    });
}

/** One layer under the names that scripts know. */
function layerJson({ layer, label, found, error }: SweptLayer): unknown {
  if (found === undefined) return { layer, label, error };
  const { forward, swapped, ...facts } = found;
  return { layer, label, ...directionJson(forward), swapped: directionJson(swapped), ...facts };
}
