import { basename } from "node:path";
import type { Command } from "commander";
import type { TrackedFiles } from "../../activations/trackedFiles.ts";
import type { Engine } from "../../engine/engine.ts";
import { EigenlensError } from "../../errors.ts";
import { addableDirections, type AddableDirection } from "../../exports/addedDirection.ts";
import type { SteeringUse } from "../../exports/python/steeringScript.ts";
import {
  refusedTools,
  steeringTools,
  supportedTool,
  type AskedTool,
} from "../../exports/python/steeringTools.ts";
import { parseChoice } from "../arguments.ts";
import { addComponentFlags } from "./exportCommand.ts";
import { readComponent, type ComponentFlags } from "../readComponent.ts";
import { printVerbatim } from "../output.ts";

const kinds = ["reproduce", "read", "add", "erase"] as const satisfies readonly (
  SteeringUse | "reproduce"
)[];

interface PythonFlags extends ComponentFlags {
  readonly kind: (typeof kinds)[number];
  readonly for?: AskedTool;
  readonly use: AddableDirection;
}

/** `eigenlens python RUN --kind KIND`: a script that does something with a run outside of Eigenlens. */
export function addPythonCommand(program: Command, engine: Engine, inputs: TrackedFiles): void {
  const command = program
    .command("python")
    .description("print a Python script that makes a run again, or uses its direction in a model")
    .argument("<run>", "a run document (NAME.ged.safetensors)")
    .requiredOption("--kind <kind>", kinds.join(", "), parseChoice(...kinds))
    .option(
      "--for <library>",
      `the library that holds the model: ${steeringTools.join(", ")}`,
      parseChoice(...steeringTools, ...refusedTools),
    )
    .option(
      "--use <direction>",
      `what is added: ${addableDirections.join(", ")}`,
      parseChoice(...addableDirections),
      "mean-difference",
    );
  addComponentFlags(command).action(async (path: string, flags: PythonFlags) => {
    const exported = await readComponent(engine, inputs, path, flags);
    const { kind, for: tool, use: added } = flags;
    if (kind === "reproduce") {
      const { reproduceScript } = await import("../../exports/python/reproduceScript.ts");
      const rows = await engine.fileRows(exported.document);
      printVerbatim(reproduceScript(exported.document, rows));
      return;
    }
    if (tool === undefined) {
      throw new EigenlensError(
        "usage",
        `Which library holds the model? Say --for ${steeringTools.join(" or --for ")}.`,
      );
    }
    const options = { use: kind, tool: supportedTool(tool), added, name: nameOf(path) };
    const { steeringScript } = await import("../../exports/python/steeringScript.ts");
    printVerbatim(steeringScript(exported, options));
  });
}

/** "him-her" of "runs/him-her.ged.safetensors". */
function nameOf(path: string): string {
  return basename(path).replace(/(\.ged)?\.safetensors$/i, "");
}
