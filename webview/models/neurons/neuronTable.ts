import type { ComponentView, NeuronStatistics } from "../../../src/protocol/views/runView.ts";

/** The columns of the neurons' table, in the order shown. */
export const neuronColumns = [
  "neuron",
  "loading",
  "pattern",
  "targetMean",
  "referenceMean",
  "targetVariance",
  "referenceVariance",
] as const;

export type NeuronColumn = (typeof neuronColumns)[number];

export interface NeuronSort {
  readonly column: NeuronColumn;
  readonly descending: boolean;
}

/** Loadings and patterns are sorted by magnitude: a large negative one matters as much. */
const sortedByMagnitude: ReadonlySet<NeuronColumn> = new Set(["loading", "pattern"]);

/**
 * The values of one column, `[D]`: entry i belongs to neuron i.
 */
export function neuronValues(
  column: NeuronColumn,
  component: ComponentView,
  neurons: NeuronStatistics,
): ArrayLike<number> {
  switch (column) {
    case "neuron":
      return Array.from({ length: component.filter.length }, (_, i) => i);
    case "loading":
      return component.filter;
    case "pattern":
      return component.pattern;
    default:
      return neurons[column];
  }
}

/**
 * The order in which the table lists its neurons: a permutation of 0..D-1; of equal values the lower
 * neuron comes first.
 */
export function neuronOrder(
  sort: NeuronSort,
  component: ComponentView,
  neurons: NeuronStatistics,
): Uint32Array {
  const values = neuronValues(sort.column, component, neurons);
  const magnitude = sortedByMagnitude.has(sort.column);
  const keys = Float64Array.from(values, (value) => (magnitude ? Math.abs(value) : value));
  const sign = sort.descending ? -1 : 1;
  const order = Uint32Array.from({ length: keys.length }, (_, i) => i);
  return order.sort((a, b) => sign * ((keys[a] ?? 0) - (keys[b] ?? 0)) || a - b);
}

/**
 * The sort after a click on a column's header: the other way round on the same column; a new column
 * starts with its largest values, the neuron's number with the smallest.
 */
export function nextSort(current: NeuronSort, column: NeuronColumn): NeuronSort {
  if (current.column === column) return { column, descending: !current.descending };
  return { column, descending: column !== "neuron" };
}

/** The slice of a long list that a scrolled viewport shows, with a few rows of margin. */
export function visibleRows(
  scrollTop: number,
  viewportHeight: number,
  rowHeight: number,
  count: number,
  margin = 8,
): { readonly start: number; readonly stop: number } {
  const first = Math.floor(scrollTop / rowHeight) - margin;
  const last = Math.ceil((scrollTop + viewportHeight) / rowHeight) + margin;
  const start = Math.max(0, Math.min(first, count));
  return { start, stop: Math.max(start, Math.min(last, count)) };
}
