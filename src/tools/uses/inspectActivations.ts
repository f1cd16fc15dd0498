import type { TensorInfo } from "../../activations/activationFile.ts";
import { extentsText } from "../../activations/axes/axes.ts";
import { formatBytes } from "../../commandLine/format.ts";
import { printable } from "../../text/printable.ts";
import type { InspectResult, TensorFacts } from "../api/results.ts";
import { quoted } from "../findings/quoted.ts";
import { settledPath } from "../places/sources.ts";
import { inspectInput } from "../schemas/inputs.ts";
import { inspectResult } from "../schemas/results.ts";
import { defineTool, namesAreData } from "../tool.ts";

const mostListed = 100;

/** `eigenlens inspect`. */
export const inspectActivations = defineTool({
  title: "Inspect activations",
  description: `Lists the tensors of an activation file (npy, npz, safetensors, pt, h5, zarr, parquet, arrow, mat, csv, json) or folder from its headers: name, shape, axes, type, and where the activations came from. Use it first, to see what can be target and reference. ${namesAreData}`,
  input: inspectInput,
  result: inspectResult,
  writes: false,
  async use({ path, offset = 0, limit = mostListed }, { engine, folder }) {
    const { format, byteLength, tensors } = await engine.inspect({
      path: settledPath(path, folder),
    });
    const listed = tensors.slice(offset, offset + limit);
    const result: InspectResult = {
      path,
      format,
      byteLength,
      tensorCount: tensors.length,
      tensors: listed.map(tensorFacts),
    };
    const rest = tensors.length - listed.length;
    return {
      result,
      lines: [
        `${printable(JSON.stringify(path))}: ${format}, ${formatBytes(byteLength)}, ${tensors.length} tensor${tensors.length === 1 ? "" : "s"}`,
        ...listed.map(
          (tensor) => `${quoted(tensor.name)} ${extentsText(tensor)} ${tensor.elementType}`,
        ),
        ...(rest === 0 ? [] : [`${rest} more: pass offset and limit.`]),
      ],
    };
  },
});

function tensorFacts(tensor: TensorInfo): TensorFacts {
  const { name, shape, elementType, axes, layerNumbers, provenance, unreadable, notes } = tensor;
  return {
    name,
    shape,
    dtype: elementType,
    ...(axes === undefined ? {} : { axes: axes.names, axesReason: axes.reason }),
    ...(layerNumbers === undefined ? {} : { layers: layerNumbers }),
    ...(provenance === undefined ? {} : { provenance: { ...provenance } }),
    ...(unreadable === undefined ? {} : { unreadable }),
    ...(notes === undefined ? {} : { notes }),
  };
}
