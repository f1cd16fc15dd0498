import type { Command } from "commander";
import type { Engine } from "../engine/engine.ts";
import { printable } from "../text/printable.ts";
import { formatBytes } from "./format.ts";
import { printJson, printLines } from "./output.ts";

/** `eigenlens inspect FILE [--json]`: the tensors of a file, from its headers alone. */
export function addInspectCommand(program: Command, engine: Engine): void {
  program
    .command("inspect")
    .description("list the tensors of an activation file: name, shape, dtype")
    .argument("<file>", "an activation file")
    .option("--json", "print one JSON object")
    .action(async (path: string, options: { json?: boolean }) => {
      const summary = await engine.inspect({ path });
      const tensors = summary.tensors.map((tensor) => ({
        name: tensor.name,
        shape: tensor.shape,
        dtype: tensor.elementType,
        byteOrder: tensor.byteOrder,
        order: tensor.order,
        ...(tensor.unreadable === undefined ? {} : { unreadable: tensor.unreadable }),
        ...(tensor.columnNames === undefined ? {} : { columns: tensor.columnNames }),
        ...(tensor.classNames === undefined ? {} : { classes: tensor.classNames }),
        ...(tensor.notes === undefined ? {} : { notes: tensor.notes }),
      }));
      if (options.json === true) {
        const { format, byteLength } = summary;
        printJson({ path, format, byteLength, tensors });
        return;
      }
      printLines(
        `${path}: ${summary.format}, ${formatBytes(summary.byteLength)}`,
        ...tensors.flatMap(({ name, shape, dtype, unreadable, notes }) => {
          const shown = name === "" ? "(unnamed)" : printable(name);
          const note = unreadable === undefined ? "" : `  (${unreadable})`;
          return [
            `  ${shown}  ${shape.join(" x ")}  ${dtype}${note}`,
            ...(notes ?? []).map((each) => `    Note: ${each}`),
          ];
        }),
      );
    });
}
