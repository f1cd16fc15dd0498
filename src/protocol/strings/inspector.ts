/** The inspector. */
export const inspectorStrings = {
  "inspector.empty": "Choose a component, a neuron or a sentence in a result panel.",
  "inspector.column.value": "value",
  "inspector.chart.strips": "{target} and {reference} on one axis, {count} values in all.",
  "inspector.chart.bars": "The largest is {label} with {value}.",
} as const;
