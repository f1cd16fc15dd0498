import { Command, type CommanderError } from "commander";
import type { TrackedFiles } from "../activations/trackedFiles.ts";
import type { Engine } from "../engine/engine.ts";
import { EigenlensError } from "../errors.ts";
import { version } from "../version.ts";
import { addCaptureCommand } from "./commands/captureCommand.ts";
import { addCompareCommand } from "./commands/compareCommand.ts";
import { addConvertCommand } from "./commands/convertCommand.ts";
import { addExportCommand } from "./commands/exportCommand.ts";
import { addInspectCommand } from "./commands/inspectCommand.ts";
import { addMergeCommand, addMomentsCommand } from "./commands/momentsCommands.ts";
import { addMomentsScriptCommand } from "./commands/momentsScriptCommand.ts";
import { printErrorText, printText } from "./output.ts";
import { addLensCommand } from "./commands/lensCommand.ts";
import { addMcpCommand } from "./commands/mcpCommand.ts";
import { addPairsCommand } from "./commands/pairsCommand.ts";
import { addPythonCommand } from "./commands/pythonCommand.ts";
import { addRunCommand } from "./commands/runCommand.ts";
import { addSweepCommand } from "./commands/sweepCommand.ts";
import { addTransferCommand } from "./commands/transferCommand.ts";

/**
 * The commands of `eigenlens`. A mistake in the arguments is an {@link EigenlensError} "usage", so that
 * every failure leaves by the same door.
 * @param inputs the files that the engine reads
 * @param tensorflowFolders for engines that a command starts itself
 */
export function createProgram(
  engine: Engine,
  inputs: TrackedFiles,
  tensorflowFolders: readonly string[],
): Command {
  const program = new Command("eigenlens")
    .description(
      "Which direction in neuron space carries one condition and is silent for the other.",
    )
    .version(version)
    .addHelpText(
      "after",
      "\nA source is a file, or file#tensor, or a selection: file.npz#X[labels=him].",
    );
  addRunCommand(program, engine, inputs);
  addSweepCommand(program, engine);
  addPairsCommand(program, engine);
  addTransferCommand(program, engine);
  addCompareCommand(program, engine);
  addExportCommand(program, engine, inputs);
  addLensCommand(program, engine, inputs);
  addPythonCommand(program, engine, inputs);
  addInspectCommand(program, engine);
  addConvertCommand(program, inputs.fileSystem);
  addCaptureCommand(program);
  addMomentsCommand(program, engine, inputs);
  addMergeCommand(program, engine, inputs);
  addMomentsScriptCommand(program);
  addMcpCommand(program, tensorflowFolders);
  for (const command of [program, ...program.commands]) {
    command
      .configureOutput({
        writeOut: printText,
        writeErr: printErrorText,
        outputError: () => undefined,
      })
      .exitOverride(rethrow);
  }
  return program;
}

function rethrow(error: CommanderError): never {
  // Help and version end the program as they should; they are no mistakes.
  if (error.exitCode === 0) process.exit(0);
  const message = error.message.replace(/^error: /, "");
  throw new EigenlensError("usage", `${message} (see eigenlens --help)`, { cause: error });
}
