import type { Command } from "commander";
import type { Engine } from "../engine/engine.ts";
import { formatBytes } from "./format.ts";

/** `eigenlens inspect FILE [--json]`: the tensors of a file, from its headers alone. */
export function addInspectCommand(program: Command, engine: Engine): void {
  program
    .command("inspect")
    .description("list the tensors of an activation file: name, shape, dtype")
    .argument("<file>", "an activation file")
    .option("--json", "print one JSON object")
    .action(async (path: string, options: { json?: boolean }) => {
      const summary = await engine.inspect(path);
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
        process.stdout.write(`${JSON.stringify({ path, format, byteLength, tensors })}\n`);
        return;
      }
      process.stdout.write(`${path}: ${summary.format}, ${formatBytes(summary.byteLength)}\n`);
      for (const tensor of tensors) {
        const name = tensor.name === "" ? "(unnamed)" : tensor.name;
        const note = tensor.unreadable === undefined ? "" : `  (${tensor.unreadable})`;
        process.stdout.write(`  ${name}  ${tensor.shape.join(" x ")}  ${tensor.dtype}${note}\n`);
        for (const each of tensor.notes ?? []) process.stdout.write(`    Note: ${each}\n`);
      }
    });
}
