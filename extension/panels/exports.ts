import type { ComponentView, RunHeader } from "../../src/protocol/views/runView.ts";

/**
 * One line a neuron: filter and pattern of one component beside the neuron's statistics, with full
 * precision; comma-separated, a header, LF.
 */
export function loadingsCsv(header: RunHeader, component: ComponentView): string {
  const { target, reference } = header.summary;
  const { targetMean, targetVariance, referenceMean, referenceVariance } = header.neurons;
  const titles = [
    "neuron",
    "filter",
    "pattern",
    `mean ${target.name}`,
    `mean ${reference.name}`,
    `variance ${target.name}`,
    `variance ${reference.name}`,
  ];
  const lines = [titles.map(quoted).join(",")];
  component.filter.forEach((loading, neuron) =>
    lines.push(
      [
        neuron,
        loading,
        component.pattern[neuron],
        targetMean[neuron],
        referenceMean[neuron],
        targetVariance[neuron],
        referenceVariance[neuron],
      ].join(","),
    ),
  );
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A vector `[D]` as an npy file, version 1.0, float64 little-endian.
 * Source: NEP 1, "A Simple File Format for NumPy Arrays".
 */
export function vectorNpy(values: Float64Array): Uint8Array {
  const description = `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`;
  const preamble = 10;
  const headerLength = Math.ceil((preamble + description.length + 1) / 64) * 64 - preamble;
  const header = `${description.padEnd(headerLength - 1)}\n`;
  const bytes = new Uint8Array(preamble + headerLength + 8 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const data = new DataView(bytes.buffer);
  data.setUint16(8, headerLength, true);
  bytes.set(new TextEncoder().encode(header), preamble);
  values.forEach((value, index) =>
    data.setFloat64(preamble + headerLength + 8 * index, value, true),
  );
  return bytes;
}
