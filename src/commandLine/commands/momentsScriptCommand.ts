import type { Command } from "commander";
import { EigenlensError } from "../../errors.ts";
import { copyScripts, daskScripts, momentsScripts } from "../../moments/copyScripts.ts";
import { printLines } from "../output.ts";
import { scriptFolder } from "../sumOnCluster.ts";

/** `eigenlens moments-script FOLDER`: the Python that sums moments where activations are. */
export function addMomentsScriptCommand(program: Command): void {
  program
    .command("moments-script")
    .description("copy the Python file that sums moments in a process that captures activations")
    .argument("<folder>", "where the file is copied to")
    .option("--dask", "also those that sum files on a Dask cluster, to be run without Eigenlens")
    .option("--replace", "replace what lies there under the same names")
    .action(async (folder: string, flags: { dask?: true; replace?: true }) => {
      const names = flags.dask === true ? daskScripts : momentsScripts;
      await copyScripts(names, scriptFolder, folder, (path) => {
        if (flags.replace === true) return Promise.resolve(true);
        throw new EigenlensError(
          "usage",
          `${path} is there already, and is another version or was changed: choose another folder, or say --replace.`,
        );
      });
      printLines(...names.map((name) => `${folder}: ${name}`));
    });
}
