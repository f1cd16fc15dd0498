#!/usr/bin/env node
import { join } from "node:path";
import { nodeFileSystem } from "./activations/nodeFileSystem.ts";
import { TrackedFiles } from "./activations/trackedFiles.ts";
import { onOutputFault, printError, printErrorText } from "./commandLine/output.ts";
import { createProgram } from "./commandLine/program.ts";
import { describeError } from "./errors.ts";
import { cleanOnInterrupt } from "./files/partials.ts";
import { Engine } from "./engine/engine.ts";

/** Runs the command line; exit code 0, or 1 with one line on standard error. */
async function main(): Promise<void> {
  const { EIGENLENS_TENSORFLOW: chosen } = process.env;
  cleanOnInterrupt();
  const inputs = new TrackedFiles(nodeFileSystem);
  const tensorflowFolders = [...(chosen === undefined ? [] : [chosen]), join(__dirname, "..")];
  const engine = new Engine(inputs.fileSystem, {
    tensorflowFolders,
    log: (message) => {
      if (process.env["EIGENLENS_DEBUG"] !== undefined) printError(message);
    },
  });
  try {
    await createProgram(engine, inputs, tensorflowFolders).parseAsync();
  } catch (thrown) {
    process.exitCode = 1;
    const { code, message } = describeError(thrown);
    printError(message);
    // A fault of ours: whoever reports it needs the stack; a user's mistake does not.
    if (code === "internal" && process.env["EIGENLENS_DEBUG"] !== undefined) {
      printErrorText(`${thrown instanceof Error ? (thrown.stack ?? message) : message}\n`);
    }
  } finally {
    await engine.dispose();
  }
}

/**
 * A reader of our output who has gone (`eigenlens inspect FILE | head`) is no fault; the work goes on, for a file
 * may be written at its end.
 */
function forgiveClosedPipe(fault: Error): void {
  if (!("code" in fault && fault.code === "EPIPE")) throw fault;
}

onOutputFault(forgiveClosedPipe);
void main();
