import type { FileView, TensorValues } from "../../src/protocol/views/fileView.ts";
import { formatBytes, formatCount, formatShort } from "../../src/protocol/words/numbers.ts";
import { axesReason, describeTensor } from "../../src/protocol/words/shapes.ts";
import { engineText, text } from "../text.ts";

/** One line about a tensor's values. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  /** Marks what will stop a run (values that are not finite). */
  readonly warning?: boolean;
}

/** "safetensors · 15.6 MB · 24 tensors". */
export function fileLine({ format, byteLength, tensors }: FileView): string {
  const count = tensors.length;
  return [
    format,
    formatBytes(byteLength),
    count === 1 ? text("file.tensors.one") : text("file.tensors", { count }),
  ].join(" · ");
}

/** What one tensor is and what its values are like. */
export function tensorFacts(values: TensorValues): Fact[] {
  const { tensor, mean, minimum, maximum, rows, columns } = values;
  return [
    { label: text("file.fact.shape"), value: describeTensor(tensor) },
    ...axesFact(tensor),
    {
      label: text("file.fact.range"),
      value: text("file.range", { low: formatShort(minimum), high: formatShort(maximum) }),
    },
    {
      label: text("file.fact.mean"),
      value: text("file.mean", {
        mean: formatShort(mean),
        deviation: formatShort(values.standardDeviation),
      }),
    },
    { label: text("file.fact.zeros"), value: shareOf(values.zeros, rows * columns) },
    { label: text("file.fact.constant"), value: constantCount(values.columnVariance) },
    finiteFact(values),
    ...(tensor.notes ?? []).map((note) => ({
      label: text("file.fact.note"),
      value: engineText(note),
    })),
  ];
}

function axesFact(tensor: TensorValues["tensor"]): Fact[] {
  const value = axesReason(tensor, engineText);
  return value === undefined ? [] : [{ label: text("file.fact.axes"), value }];
}

function finiteFact({ notNumbers, infinities, firstNonFinite }: TensorValues): Fact {
  const label = text("file.fact.nonFinite");
  if (notNumbers + infinities === 0) return { label, value: text("file.nonFinite.none") };
  const counts = { nan: notNumbers, infinite: infinities };
  return {
    label,
    value: firstNonFinite
      ? text("file.nonFinite.first", { ...counts, ...firstNonFinite })
      : text("file.nonFinite", counts),
    hint: text("file.nonFinite.hint"),
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
