/** The figures of a validation. */
export const validationFiguresStrings = {
  "validation.null.heldOut.title": "Held-out ratio under permuted labels",
  "validation.null.inSample.title": "In-sample ratio under permuted labels",
  "validation.null.finding":
    "The observed ratio {observed} against a median of {median} and a maximum of {maximum} under {count} permutations of the labels: p of this ratio = {p}.",
  "validation.null.caption":
    "{count} of {requested} permutations; median {median}, maximum {maximum}. Observed {observed}; p of this ratio = {p}.",
  "validation.null.repeats":
    "{caption} Data and permutations alike: the mean, on a logarithmic scale, over {count} repeats of the folds.",
  "validation.null.observed": "observed {observed}",
  "validation.null.axis": "variance of {carried} over {silent} (log)",
  "validation.null.count": "permutations",
  "validation.null.column.from": "from",
  "validation.null.column.to": "to",
  "validation.null.column.count": "permutations",
  "validation.components.title": "By component",
  "validation.grid.title": "Held-out ratio over shrinkage and share of variance",
  "validation.grid.finding":
    "The largest held-out ratio of the grid is {best} at shrinkage {shrinkage} and share {share}; the current choice is marked.",
  "validation.grid.caption":
    "Held-out ratio of component 1; the stronger the shade, the larger. ● current choice, ◇ suggestion: γ {shrinkage} at {share} (not applied). Analytic shrinkage: Ledoit–Wolf γ {ledoitWolf}, OAS γ {oracle}.",
  "validation.grid.corner": "γ, by share of variance",
  "validation.grid.apply": "Re-solve with γ {shrinkage} and {share}",
  "validation.grid.components": "{count} components",
  "validation.grid.current": "current choice",
  "validation.grid.suggested": "suggestion",
  "validation.stability.title": "Stability of the top neurons",
  "validation.stability.finding":
    "Over {resamples} resamples the direction turns by {median}° in the median, {low}° to {high}° in 95 % of them.",
  "validation.stability.caption":
    "95 % intervals of component 1 over {resamples} resamples of the rows, and how often each neuron stays in the top 20 (with permuted labels). The direction turns by {median}° in the median ({low}° to {high}°), the span of the first {components} components by {spanMedian}° ({spanLow}° to {spanHigh}°).",
  "validation.stability.axis": "loading, 95 % interval",
  "validation.stability.label": "{neuron} · {share}",
  "validation.stability.low": "{quantity} from",
  "validation.stability.high": "{quantity} to",
  "validation.stability.loading": "Loading",
  "validation.stability.pattern": "Pattern",
  "validation.stability.topShare": "In the top 20",
} as const;
