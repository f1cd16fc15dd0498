import type { Command } from "commander";
import type { TrackedFiles } from "../activations/trackedFiles.ts";
import type { Engine } from "../engine/engine.ts";
import { reproduceScript } from "../exports/python/reproduceScript.ts";
import { parseChoice } from "./arguments.ts";
import { addComponentFlags, readComponent, type ComponentFlags } from "./exportCommand.ts";
import { printVerbatim } from "./output.ts";

const kinds = ["reproduce", "read", "add", "erase"] as const;

interface PythonFlags extends ComponentFlags {
  readonly kind: (typeof kinds)[number];
}

/** `eigenlens python RUN --kind KIND`: a script that does something with a run outside of Eigenlens. */
export function addPythonCommand(program: Command, engine: Engine, inputs: TrackedFiles): void {
  const command = program
    .command("python")
    .description(
      "print a Python script that reproduces a run, or reads, adds or erases its direction",
    )
    .argument("<run>", "a run document (NAME.ged.safetensors)")
    .requiredOption("--kind <kind>", kinds.join(", "), parseChoice(...kinds));
  addComponentFlags(command).action(async (path: string, flags: PythonFlags) => {
    const { document } = await readComponent(engine, inputs, path, flags);
    printVerbatim(reproduceScript(document, await engine.fileRows(document)));
  });
}
