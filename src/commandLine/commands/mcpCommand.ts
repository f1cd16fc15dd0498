import { resolve } from "node:path";
import type { Command } from "commander";
import { printError } from "../output.ts";

/** `eigenlens mcp`: the tools for language models and other programs, on standard input and output. */
export function addMcpCommand(program: Command, tensorflowFolders: readonly string[]): void {
  program
    .command("mcp")
    .description(
      "serve the tools to language models (Model Context Protocol, standard input and output)",
    )
    .option(
      "--root <folder>",
      "a folder that may be read and written in, several with one --root each (default: this folder)",
      (folder: string, before: readonly string[]) => [...before, folder],
      [] as readonly string[],
    )
    .action(async ({ root }: { readonly root: readonly string[] }) => {
      const debug = process.env["EIGENLENS_DEBUG"] !== undefined;
      const say = (message: string): void => {
        if (debug) printError(message);
      };
      const roots = (root.length === 0 ? ["."] : root).map((folder) => resolve(folder));
      const { serve } = await import("../../mcp/serve.ts");
      await serve(roots, tensorflowFolders, { info: say, warn: say, error: say });
    });
}
