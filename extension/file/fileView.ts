import type { TensorDescription } from "../../src/activations/describeTensor.ts";
import type { FileSummary } from "../../src/protocol/engine.ts";
import type { FileView, TensorView } from "../../src/protocol/views/fileView.ts";
import { isMatrix } from "../activations/activationNodes.ts";
import { axesReason, isNameable } from "../activations/openAxes.ts";
import { formatBytes, formatCount, formatShort } from "../../src/protocol/words/numbers.ts";
import { baseName, describeTensor } from "../naming.ts";
import type { Marks } from "../roles.ts";
import { roleOf } from "../roles.ts";
import type { Translate } from "../translate.ts";

/** The file editor's head. @param chosen the tensor to show, if it is there; else the first that is a matrix */
export function fileView(
  { path, format, byteLength, tensors }: FileSummary,
  marks: Marks,
  chosen: string | undefined,
  translate: Translate,
): FileView {
  const choices = tensors.map((tensor) => {
    const role = roleOf(marks, path, tensor.name);
    return {
      name: tensor.name,
      description: tensor.unreadable ?? describeTensor(tensor),
      readable: !tensor.unreadable && tensor.elementType !== "text",
      markable: isMatrix(tensor),
      nameable: isNameable(tensor),
      ...(role ? { role } : {}),
    };
  });
  const first =
    choices.find(({ name }) => name === chosen) ??
    choices.find(({ markable }) => markable) ??
    choices.find(({ readable }) => readable);
  return {
    title: baseName(path),
    subtitle: [
      format,
      formatBytes(byteLength),
      tensors.length === 1 ? translate("1 tensor") : translate("{0} tensors", tensors.length),
    ].join(" · "),
    tensors: choices,
    ...(first?.readable ? { chosen: first.name } : {}),
    labels: {
      tensor: translate("Tensor"),
      target: translate("Use as Target"),
      reference: translate("Use as Reference"),
      axes: translate("Name Axes..."),
      run: translate("Run"),
      cancel: translate("Cancel"),
      values: translate("Values"),
      neurons: translate("Neurons"),
      firstRows: translate("First rows"),
    },
  };
}

/** Facts, histogram, per-neuron statistics and first rows of one tensor. */
export function tensorView(found: TensorDescription, translate: Translate): TensorView {
  const axes = axesReason(found.tensor);
  const { tensor, minimum, maximum, histogram, head } = found;
  const bins = histogram.length;
  const edges = Array.from(
    { length: bins + 1 },
    (_, place) => minimum + ((maximum - minimum) * place) / bins,
  );
  const count = found.rows * found.columns;
  return {
    name: tensor.name,
    facts: [
      { label: translate("Shape"), value: describeTensor(tensor) },
      ...(axes === undefined ? [] : [{ label: translate("Axes"), value: axes }]),
      {
        label: translate("Range"),
        value: translate("{0} to {1}", formatShort(minimum), formatShort(maximum)),
      },
      {
        label: translate("Mean"),
        value: translate(
          "{0}, standard deviation {1}",
          formatShort(found.mean),
          formatShort(found.standardDeviation),
        ),
      },
      { label: translate("Zeros"), value: shareOf(found.zeros, count) },
      { label: translate("Constant neurons"), value: constantCount(found.columnVariance) },
      finiteFact(found, translate),
      ...(tensor.notes ?? []).map((note) => ({ label: translate("Note"), value: note })),
    ],
    histogram: {
      finding: translate(
        "{0} values from {1} to {2}",
        formatCount(count),
        formatShort(minimum),
        formatShort(maximum),
      ),
      caption: translate("All finite values in {0} equal bins; the count is logarithmic.", bins),
      edges,
      counts: histogram,
    },
    neurons: {
      finding: translate("Mean and variance of {0} neurons", formatCount(found.columns)),
      caption: translate("One point per neuron: its mean and variance over {0} rows.", found.rows),
      columns: [translate("neuron"), translate("mean"), translate("variance")],
      mean: found.columnMean,
      variance: found.columnVariance,
    },
    head: {
      caption: translate(
        "The first {0} rows and {1} columns, as stored.",
        head.rows.length,
        head.columns,
      ),
      columns: [
        translate("row"),
        ...Array.from({ length: head.columns }, (_, column) => `${column}`),
      ],
      rows: head.rows,
    },
  };
}

function finiteFact(found: TensorDescription, translate: Translate): TensorView["facts"][number] {
  const { notNumbers, infinities, firstNonFinite } = found;
  const label = translate("NaN or infinite");
  if (notNumbers + infinities === 0) return { label, value: translate("none") };
  const place = firstNonFinite
    ? translate("; the first in row {0}, column {1}", firstNonFinite.row, firstNonFinite.column)
    : "";
  return {
    label,
    value: translate("{0} NaN, {1} infinite", notNumbers, infinities) + place,
    hint: translate("A run refuses these rows: remove them, or replace the values."),
    warning: true,
  };
}

function constantCount(variances: Float64Array): string {
  let constant = 0;
  for (const variance of variances) if (variance === 0) constant++;
  return shareOf(constant, variances.length);
}

function shareOf(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return `${formatCount(part)} (${formatShort(share, 2)} %)`;
}
