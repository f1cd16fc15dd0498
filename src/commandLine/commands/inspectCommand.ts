import type { Command } from "commander";
import type { TensorInfo } from "../../activations/activationFile.ts";
import { extentsText } from "../../activations/axes/axes.ts";
import type { Engine } from "../../engine/engine.ts";
import { keepYoungGenerationSmall } from "../../machine/youngGeneration.ts";
import { printable } from "../../text/printable.ts";
import { formatBytes } from "../format.ts";
import { printJson, printLines } from "../output.ts";

/** `eigenlens inspect FILE [--json]`: the tensors of a file or of a folder, from its headers alone. */
export function addInspectCommand(program: Command, engine: Engine): void {
  program
    .command("inspect")
    .description("list the tensors of an activation file or folder: name, shape, axes, dtype")
    .argument("<file>", "an activation file, or a folder of files that belong together")
    .option("--json", "print one JSON object")
    .action(async (path: string, options: { json?: boolean }) => {
      keepYoungGenerationSmall();
      const summary = await engine.inspect({ path });
      if (options.json === true) {
        const { format, byteLength } = summary;
        printJson({ path, format, byteLength, tensors: summary.tensors.map(tensorJson) });
        return;
      }
      printLines(
        `${path}: ${summary.format}, ${formatBytes(summary.byteLength)}`,
        ...summary.tensors.flatMap((tensor) => {
          const { name, elementType, unreadable, notes, axes, sequences } = tensor;
          const shown = name === "" ? "(unnamed)" : printable(name);
          // What cannot be read has no type that counts.
          const type = unreadable === undefined ? elementType : `(${unreadable})`;
          const tokens = sequences && `, ${sequences.count} ${sequences.word}s`;
          return [
            `  ${shown}  ${extentsText(tensor)}  ${type}`,
            ...(axes === undefined
              ? []
              : [`    Axes: ${axes.names.join(" x ")}${tokens ?? ""} (${axes.reason})`]),
            ...(notes ?? []).map((each) => `    Note: ${each}`),
          ];
        }),
      );
    });
}

/** One tensor under the names that scripts know. */
function tensorJson(tensor: TensorInfo): object {
  return {
    name: tensor.name,
    shape: tensor.shape,
    dtype: tensor.elementType,
    byteOrder: tensor.byteOrder,
    order: tensor.order,
    ...(tensor.axes === undefined
      ? {}
      : { axes: tensor.axes.names, axesReason: tensor.axes.reason }),
    ...(tensor.ragged === undefined ? {} : { ragged: tensor.ragged }),
    ...(tensor.sequences === undefined ? {} : { sequences: tensor.sequences }),
    ...(tensor.layerNumbers === undefined ? {} : { layers: tensor.layerNumbers }),
    ...(tensor.provenance === undefined ? {} : { provenance: tensor.provenance }),
    ...(tensor.unreadable === undefined ? {} : { unreadable: tensor.unreadable }),
    ...(tensor.columnNames === undefined ? {} : { columns: tensor.columnNames }),
    ...(tensor.classNames === undefined ? {} : { classes: tensor.classNames }),
    ...(tensor.notes === undefined ? {} : { notes: tensor.notes }),
  };
}
