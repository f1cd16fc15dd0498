/** The projections: strips and scatter. */
export const projectionsStrings = {
  "projections.heading": "Projections",
  "projections.none":
    "From moments: there are sums over the rows and not the rows, so that none is projected. Some are shown here if a reservoir of them was kept (eigenlens moments --reservoir 200).",
  "projections.sampled":
    "From moments: {targetShown} of {targetRows} rows of {target} and {referenceShown} of {referenceRows} of {reference} are shown, drawn at random while they were summed.",
  "projections.title": "On component {component} (S = {carried}, R = {silent})",
  "projections.finding":
    "On component {component}, {target} has variance {targetVariance} and {reference} {referenceVariance}, in sample; their means differ by {difference}.",
  "projections.caption":
    "Each condition about its own mean, both on one axis; each curve is scaled to its own height. The means differ by {difference} (the diamond), which GED does not look at. {why}",
  "projections.axis": "projection on the unit direction, about the condition's mean",
  "projections.lane.difference": "difference of means",
  "projections.pairLines": "Pair lines",
  "projections.pairLines.hint": "Join row i of {target} with row i of {reference}",
  "projections.walk": "Row",
  "projections.row": "Row {row} ({name})",
  "projections.rowSentence": "Row {row} ({name}): {sentence}",
  "projections.readout.empty":
    "Point at a mark, or use the arrow keys, to read its row; drag, or hold Shift, for several.",
  "projections.scatter.title": "Component {component} against {against}",
  "projections.scatter.against": "against",
  "projections.scatter.finding":
    "On component {component} the range of {carried} is {carriedRange} and that of {silent} {silentRange}; on component {against} {carriedAgainst} and {silentAgainst}, in sample.",
  "projections.scatter.caption":
    "One mark per row, each condition about its own mean, one unit for both axes. {why}",
  "projections.column.row": "row",
  "projections.column.condition": "condition",
  "projections.column.projection": "projection",
  "projections.column.sentence": "sentence",
  "projections.column.neuron": "neuron {neuron}",
  "projections.colour": "Colour by",
  "projections.colour.condition": "Colour by condition",
  "projections.colour.neuron": "by neuron {neuron}",
  "projections.colour.reading": "Reading neuron {neuron}…",
  "projections.colour.caption":
    "Each mark is coloured by its row's activation of neuron {neuron}, in the units of the file: from {low} (pale, small) to {high} (strong, large).",
  "projections.readout.neuron": "{row}; neuron {neuron}: {value}",
  "projections.axis.component": "component {component}",
} as const;
