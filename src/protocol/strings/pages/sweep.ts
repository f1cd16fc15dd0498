/** GED over layers. */
export const sweepStrings = {
  "sweep.title": "{target} vs {reference} over layers",
  "sweep.files": "{count} files",
  "sweep.direction": "{carried} over {silent}",
  "sweep.layer": "layer",
  "sweep.ratioAxis": "held-out ratio of variances (log)",
  "sweep.chart": "Component 1 in every layer, held out",
  "sweep.caption":
    "Ratio of variances on component 1 of each layer on rows that the fit has not seen, with its 95 % interval, in both directions. Labels are permuted alike in all layers, and the corrected p counts all layers and both directions. Click a layer to open its run.",
  "sweep.caption.moments":
    "Ratio of variances on component 1 of each layer in the folds of its moments that the fit has not seen, with its 95 % interval, in both directions. Labels of whole groups of clusters are permuted, alike in layers whose groups are of the same rows, and the corrected p counts all layers and both directions. Click a layer to open its run.",
  "sweep.moments": "from moments",
  "sweep.open": "Open",
  "sweep.openLayer": "Open layer {layer}",
  "sweep.column.layer": "Layer",
  "sweep.column.place": "Place",
  "sweep.column.heldOut": "{carried} over {silent}, held out",
  "sweep.column.interval": "95 % interval",
  "sweep.column.correctedP": "p, corrected",
  "sweep.column.p": "p, this layer alone",
  "sweep.column.inSample": "In sample",
  "sweep.column.components": "Components",
  "sweep.column.varianceKept": "Variance kept",
  "sweep.column.rank": "Rank of {condition}",
  "sweep.finding.none": "No layer was held out yet",
  "sweep.finding.soFar":
    "So far most survives held out in layer {layer}: {carried} varies {ratio} as much as {silent}",
  "sweep.finding.notPermuted":
    "Most survives held out in layer {layer}: {carried} varies {ratio} as much as {silent}; labels were not permuted",
  "sweep.finding.shown":
    "Shown in layer {layer}: {carried} varies {ratio} as much as {silent} held out; p = {p}, counting all layers and both directions",
  "sweep.finding.notShown":
    "Shown in no layer: the strongest is layer {layer}, where {carried} varies {ratio} as much as {silent} held out; p = {p}, counting all layers and both directions",
} as const;
