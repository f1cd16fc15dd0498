import type { Command } from "commander";
import type { FileSystem } from "../../activations/byteSource.ts";
import { convertToNpy } from "../../conditions/convertToNpy.ts";
import { parseSource } from "../../conditions/parseSource.ts";
import { printError, printLinesBeside } from "../output.ts";

/** `eigenlens convert SOURCE OUT.npy`: one tensor, or the rows of one condition, as npy. */
export function addConvertCommand(program: Command, fileSystem: FileSystem): void {
  program
    .command("convert")
    .description("write one tensor, or the rows of one condition, as npy")
    .argument("<source>", "a file, file#tensor or a selection")
    .argument("<out>", "the npy file to write")
    .action(async (source: string, out: string) => {
      const written = await convertToNpy(parseSource(source), out, fileSystem);
      const { shape, elementType, notes } = written;
      for (const note of notes) printError(`Note: ${note}`);
      await printLinesBeside(out, `${out}: ${shape.join(" x ")} ${elementType}`);
    });
}
