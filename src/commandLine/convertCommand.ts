import type { Command } from "commander";
import type { FileSystem } from "../activations/byteSource.ts";
import { convertToNpy } from "../conditions/convertToNpy.ts";
import { parseSource } from "../conditions/parseSource.ts";
import { printLines } from "./output.ts";

/** `eigenlens convert SOURCE OUT.npy`: one tensor, or the rows of one condition, as npy. */
export function addConvertCommand(program: Command, fileSystem: FileSystem): void {
  program
    .command("convert")
    .description("write one tensor, or the rows of one condition, as npy")
    .argument("<source>", "a file, file#tensor or a selection")
    .argument("<out>", "the npy file to write")
    .action(async (source: string, out: string) => {
      const { shape, elementType } = await convertToNpy(parseSource(source), out, fileSystem);
      printLines(`${out}: ${shape.join(" x ")} ${elementType}`);
    });
}
