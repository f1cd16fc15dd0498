/** The loadings and the table of neurons. */
export const loadingsStrings = {
  "loadings.heading": "Loadings",
  "loadings.quantity": "Quantity",
  "loadings.filter": "filter",
  "loadings.filter.hint":
    "The filter says what to multiply the neurons with, to read this component out.",
  "loadings.pattern": "pattern",
  "loadings.pattern.hint":
    "The pattern says how this component shows up in the neurons (Haufe et al. 2014).",
  "loadings.count": "Neurons shown",
  "loadings.top": "{count} largest",
  "loadings.all": "all {count}",
  "loadings.title.filter": "Filter of component {component} (S = {carried}, R = {silent})",
  "loadings.title.pattern": "Pattern of component {component} (S = {carried}, R = {silent})",
  "loadings.finding":
    "The largest {quantity} is neuron {first} with {firstValue}, then neuron {second} with {secondValue}.",
  "loadings.caption.filter":
    "Unit filter: what to multiply the neurons with. {shown} As fitted on all rows.",
  "loadings.caption.pattern":
    "Pattern: how the component shows up in the neurons. {shown} As fitted on all rows.",
  "loadings.shown.top": "The {count} largest by magnitude, signs kept.",
  "loadings.shown.all": "All {count} neurons, sorted by value.",
  "loadings.withinSpan": "After re-solving, the pattern is known within the kept components only.",
  "loadings.neuron": "neuron {neuron}",
  "loadings.axis.rank": "rank of the neuron",
  "loadings.walk": "Neuron",
  "loadings.current": "Neuron {neuron}, {quantity} {value}",
  "table.title": "Neurons",
  "table.caption": "Click a heading to sort, a row to inspect the neuron. In sample.",
  "table.neuron": "Neuron",
  "table.loading": "Loading",
  "table.pattern": "Pattern",
  "table.mean": "Mean {name}",
  "table.variance": "Variance {name}",
  "table.finding":
    "Table of {count} neurons with loading, pattern, and mean and variance in both conditions, sorted by {column}.",
} as const;
