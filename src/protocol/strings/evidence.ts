/** Held out or in sample, and what held-out pictures say. */
export const evidenceStrings = {
  "evidence.label": "What is drawn",
  "evidence.heldOut": "held out",
  "evidence.heldOut.hint": "Rows from the folds that did not see them, permuted labels, resamples",
  "evidence.inSample": "in sample",
  "evidence.inSample.hint": "The rows that the directions were fitted on",
  "evidence.chosen": "In sample, as chosen.",
  "evidence.none": "In sample: nothing has been held out yet.",
  "evidence.cancelled": "In sample: the validation was cancelled.",
  "evidence.gaveUp": "In sample: the validation failed.",
  "evidence.running": "In sample, until held-out values come.",
  "evidence.failed": "In sample: nothing could be held out; see “Not computed” below.",
  "evidence.other":
    "In sample: held-out values are of γ {shrinkage} and {share}, not of what is shown.",
  "evidence.beyond": "In sample: held-out values are of the first {tested} components.",
  "evidence.notKept": "In sample: this validation keeps no held-out scores of the rows.",
  "evidence.rows":
    "Held out: each row's score from the folds that did not see it, about its condition's training mean.",
  "evidence.rows.repeats":
    "Held out: each row's score from the folds that did not see it, about its condition's training mean, averaged over repeats; whiskers reach from the smallest to the largest.",
  "evidence.rows.missing": "{count} rows were never tested.",
  "evidence.rows.pale": "Pale and dashed: the densities in sample.",
  "evidence.strips.finding":
    "Held out, on component {component}, {target} has variance {targetVariance} and {reference} {referenceVariance}: a ratio of {ratio}; in sample {inSample}.",
  "evidence.strips.axis": "held-out score on the unit direction, about the training mean",
  "evidence.scatter.finding":
    "Held out, on component {component} the range of {carried} is {carriedRange} and that of {silent} {silentRange}; on component {against} {carriedAgainst} and {silentAgainst}.",
  "evidence.scatter.caption":
    "Held out: one mark per row, from the folds that did not see it, one unit for both axes. Components of different folds are matched by rank.",
  "evidence.scatter.both": "{why} Both components need held-out scores.",
  "evidence.column.heldOut": "held out",
  "evidence.column.low": "smallest",
  "evidence.column.high": "largest",
  "evidence.column.inSample": "in sample",
  "evidence.clusterLines": "Cluster lines",
  "evidence.clusterLines.hint": "Join the rows of each cluster, which are held out together",
  "evidence.spectrum.title": "Held-out ratio by component (S = {carried}, R = {silent})",
  "evidence.spectrum.empty": "Held-out ratios come here once rows have been held out.",
  "evidence.spectrum.emptyFinding": "No held-out ratios: {why}",
  "evidence.spectrum.finding":
    "{edge} The first held-out ratio is {ratio}, above {high} in 5 % of permutations.",
  "evidence.spectrum.finding.noNull":
    "The first held-out ratio is {ratio}; labels are not permuted.",
  "evidence.spectrum.edge":
    "{components} of the first {tested} components ({total} in all) are above what permuted labels give",
  "evidence.spectrum.edge.none":
    "None of the first {tested} components ({total} in all) is above what permuted labels give",
  "evidence.spectrum.edge.error":
    "{edge} ({low} to {high} within the error of {count} permutations).",
  "evidence.spectrum.edge.plain": "{edge} ({count} permutations).",
  "evidence.spectrum.caption":
    "{edge} Filled: held-out ratio with its 95 % interval; hollow: generalized eigenvalue, in sample; grey: 5 to 95 % of permuted labels at the same rank. {analytic}",
  "evidence.spectrum.analytic.known":
    "By theory alone, eigenvalues of rows without a separation end at {bulk}, the largest exceeds {largest} in 5 % (Wachter 1980, Johnstone 2008): {components} are above.",
  "evidence.spectrum.analytic.shrunk":
    "An analytic edge (Wachter, Tracy–Widom) holds without shrinkage only.",
  "evidence.spectrum.analytic.fewRows":
    "An analytic edge (Wachter, Tracy–Widom) needs more rows of {silent} than dimensions.",
  "evidence.spectrum.analytic.dependentRows":
    "An analytic edge (Wachter, Tracy–Widom) needs rows that do not depend on each other.",
  "evidence.spectrum.noiseEdge": "noise edge: {components}",
  "evidence.spectrum.noiseEdge.beyond": "noise edge: {components} or more",
  "evidence.spectrum.walk":
    "Component {component}, held-out ratio {ratio}, eigenvalue {eigenvalue}",
  "evidence.spectrum.axis": "ratio (log)",
  "evidence.spectrum.column.heldOut": "held-out ratio",
  "evidence.spectrum.column.low": "95 % interval from",
  "evidence.spectrum.column.high": "to",
  "evidence.spectrum.column.nullLow": "permuted, 5 %",
  "evidence.spectrum.column.nullMedian": "permuted, 50 %",
  "evidence.spectrum.column.nullHigh": "permuted, 95 %",
  "evidence.spectrum.column.eigenvalue": "eigenvalue, in sample",
  "evidence.spectrum.column.inSample": "ratio, in sample",
  "evidence.loadings.intervals":
    "Lines: 95 % of {resamples} resamples; grey: the same with permuted labels.",
  "evidence.loadings.intervalsOnly": "Lines: 95 % of {resamples} resamples.",
  "evidence.loadings.survivors":
    "◆: {count} of {total} neurons beyond what permuted labels give (false discovery rate {rate}, {permutations} permutations).",
  "evidence.loadings.noSurvivors":
    "No neuron is beyond what permuted labels give (false discovery rate {rate}, {permutations} permutations).",
  "evidence.loadings.first": "Intervals and permuted labels are of component 1.",
  "evidence.loadings.survivor": "{neuron} ◆",
  "evidence.column.low95": "{quantity}, 2.5 %",
  "evidence.column.high95": "{quantity}, 97.5 %",
  "evidence.column.permutedLow": "permuted, 2.5 %",
  "evidence.column.permutedHigh": "permuted, 97.5 %",
  "evidence.column.q": "q",
  "evidence.column.topShare": "in the top 20",
  "evidence.column.permutedTopShare": "in the top 20, permuted",
  "evidence.permutedRange": "permuted labels: {range}",
  "evidence.stability.label": "{neuron} · {share} ({permuted})",
  "evidence.stability.permuted": "{quantity}, permuted",
  "facts.pairsFound": "pairs found",
  "facts.pairsFound.hint":
    "Which row belongs to which was not named but found by likeness; each pair is held out and permuted as a whole.",
  "evidence.spectrum.edge.all":
    "All of the first {tested} components ({total} in all) are above what permuted labels give",
  "evidence.learning.empty": "The learning curve comes here at the end of a validation.",
  "evidence.learning.emptyFinding": "No learning curve: {why}",
  "evidence.learning.absent": "This validation has none; see “Not computed” below.",
  "announce.rows": "{count} rows chosen.",
  "projections.readout.rows": "{count} rows chosen; last: {row}",
  "inspector.rows.label": "Rows chosen",
  "evidence.learning.title": "What more rows would buy",
  "evidence.learning.finding":
    "With {fewest} rows the held-out ratio is {first}, with all {most} it is {last}.",
  "evidence.learning.caption":
    "Held-out ratio of component 1 against the number of rows, with the range in which 95 % of draws of as many of these rows fall: no interval for new ones. {estimand}",
  "evidence.learning.estimand":
    "The ratio of the headline is an estimate of the mean variance ratio, on rows like these, of directions fitted on {training} of {folds} folds; the direction that all rows give was fitted on more rows and is, as a rule, no worse.",
  "evidence.learning.rows": "rows",
  "evidence.learning.ratio": "held-out ratio",
  "evidence.learning.axis": "held-out ratio (log)",
} as const;
