/**
 * Every text that the webviews show, in English. Names in braces are filled in by the webview.
 * The host may override any of them: it sets `globalThis.eigenlensStrings` before the bundle runs.
 */
export const englishStrings = {
  // Headline and facts
  "headline.title": "{target} vs {reference}",
  "headline.pair": "{carried} vs {silent}",
  "headline.opening": "{pair}: {verdict}.",
  "headline.null":
    "Component {component} of {carried} over {silent} has the eigenvalue 0: it separates nothing.",
  "headline.heldOut":
    "On {rows} that the fit has not seen, component {component} varies {heldOut} as much for {carried} as for {silent}{evidence}; in sample {inSample}{permuted}.",
  "headline.interval": "{low} to {high}",
  "headline.p": "p = {p}",
  "headline.correctedP": "p = {p}, allowing for all components shown",
  "headline.pSoFar": "p = {p} so far",
  "headline.permutedPart": ", of which permuted labels give {median}",
  "headline.permutedAll": ", and permuted labels give {median}",
  "headline.inSample":
    "In sample, component {component} varies {inSample} as much for {carried} as for {silent} (variance {carriedVariance} against {silentVariance}); {why}.",
  "headline.notYet": "no {rows} have been held out yet",
  "headline.notHeldOut": "no {rows} could be held out",
  "headline.partlyTested": "held-out {rows} were tested for the first {tested} components only",
  "verdict.holds": "holds",
  "verdict.not-shown": "not shown",
  "verdict.does-not-hold": "does not hold",
  "verdict.cannot-tell": "cannot tell",
  "verdict.untested": "not tested yet",
  "verdict.running": "being tested",
  "reason.below": "On held-out {rows} {carried} varies no more than {silent}.",
  "reason.scaleOnly":
    "{carried} varies {ratio} as much as {silent} over all neurons together: it is larger overall, and no direction of its own is shown.",
  "reason.interval":
    "The 95 % interval, {low} to {high}, includes 1: on new {rows} this direction may separate nothing.",
  "reason.p": "Permuted labels reach the held-out ratio too often for it to be shown: p = {p}.",
  "reason.notHeldOut": "No {rows} could be held out, so nothing is known of new ones.",
  "reason.noP": "Labels were not permuted, so there is no p.",
  "reason.fewLabellings":
    "There are only {count} ways to label these rows, and p cannot reach 0.05 with fewer than 20: add rows that are independent of one another.",
  "reason.repeats":
    "Rows repeat each other and this was ignored, so held-out rows are no new rows.",
  "reason.templates":
    "Sentences share templates and this was ignored, so held-out rows resemble fitted ones.",
  "reason.pairs":
    "Rows stand in another order than their pairs and this was ignored: bring the files into one order, or have the pairs found.",
  "facts.label": "Facts of this run",
  "facts.rows": "{target} + {reference} {rows}",
  "facts.distinct": "{rows}, {target} + {reference} distinct",
  "facts.distinct.hint": "Rows that repeat each other are held out together and count once.",
  "facts.clusters": "{count} clusters ({origins})",
  "facts.clusters.hint": "Each cluster of rows is held out and permuted as a whole.",
  "facts.clusters.named": "named",
  "facts.clusters.repeats": "repeats found",
  "facts.clusters.templates": "templates found",
  "facts.neurons": "{count} neurons",
  "facts.components": "{count} components keep {share}",
  "facts.rank": "rank {reference} → {shrunk}",
  "facts.rank.hint":
    "Rank of the covariance of {silent} in the {components} kept dimensions, before and after shrinkage.",
  "facts.condition": "condition {before} → {after}",
  "facts.condition.hint":
    "Largest over smallest eigenvalue of the covariance of {silent}, before and after shrinkage.",
  "facts.singular": "∞",
  "facts.shrinkage": "γ {gamma}, α {alpha}",
  "facts.shrinkage.hint": "R̃ = (1 − γ) R + γ α I, where α is the mean eigenvalue of R.",
  "facts.route.gram": "Gram route",
  "facts.route.covariance": "covariance route",
  "facts.route.krylov": "Krylov route",
  "facts.route.single": "{route}, single precision (relative error about {error})",
  "facts.resolved": "re-solved, not saved",
  "facts.resolved.hint":
    "The shrinkage or the share of variance was changed here; the run as saved used others.",

  // Header
  "header.swap": "Swap S and R",
  "header.swap.hint": "Put the other direction in front",
  "header.export": "Export",
  "header.rerun": "Re-run",
  "export.runDocument": "Run document (.ged.safetensors)",
  "export.json": "Summary (.json)",
  "export.csv": "Neurons of this component (.csv)",
  "export.filterNpy": "Filter of this component (.npy)",
  "export.png": "Figures (.png)",
  "stale.message": "{files} changed since this run.",
  "notice.dismiss": "Dismiss",

  // Directions
  "directions.label": "Which direction is in front",
  "directions.title": "S = {carried}, R = {silent}",
  "directions.inFront": "in front",
  "directions.eigenvalue": "Largest eigenvalue",
  "directions.variance": "Variance of {name}",
  "directions.inSample": "In sample",
  "directions.heldOut": "Held out",
  "directions.notTested": "not yet tested",
  "directions.sideBySide": "Side by side",
  "directions.sideBySide.hint": "Show loadings and projections of both directions in parallel",

  // Controls
  "controls.label": "Component and re-solving",
  "controls.component": "Component",
  "controls.previous": "Previous component",
  "controls.next": "Next component",
  "controls.option": "{component} (eigenvalue {eigenvalue})",
  "controls.shrinkage": "Shrinkage γ",
  "controls.shrinkage.hint":
    "How much of the reference covariance is replaced by α I; 0 leaves it as it is.",
  "controls.shrinkage.wrong": "Shrinkage γ: type a number from 0 to 1, such as 0.01.",
  "controls.variance": "Share of variance",
  "controls.variance.hint":
    "How much of the variance of (S + R) / 2 the kept components hold; this run stores up to {maximum}.",
  "controls.variance.wrong": "Share of variance: type a number above 0 and up to {maximum}.",
  "controls.solving": "Solving…",
  "controls.undo": "Undo",
  "controls.undo.hint": "Back to γ {shrinkage} and {share} ({keys})",
  "controls.defaults": "Defaults",
  "controls.defaults.hint": "The method's defaults: γ {shrinkage} and {share}",

  // Figures in general
  "figure.showTable": "Show as table",
  "figure.showChart": "Show as chart",
  "figure.copyTable": "Copy table",
  inSample: "In sample.",

  // Spectrum
  "spectrum.heading": "Spectrum",
  "spectrum.scale": "Scale of eigenvalues",
  "spectrum.log": "log",
  "spectrum.linear": "linear",
  "spectrum.scree.title": "Scree of (S + R) / 2",
  "spectrum.scree.finding":
    "Scree plot: {components} of {shown} components hold {share} of the variance; the largest eigenvalue is {first}, the next {second}.",
  "spectrum.scree.caption":
    "Eigenvalues of the average covariance, {scale}; the dashed line is their cumulative share. Total variance {total}. In sample.",
  "spectrum.cutoff": "{components} components: {share}",
  "spectrum.axis.component": "component",
  "spectrum.axis.eigenvalue": "eigenvalue",
  "spectrum.axis.eigenvalueLog": "eigenvalue (log)",
  "spectrum.axis.share": "cumulative share",
  "spectrum.scale.log": "logarithmic scale",
  "spectrum.scale.linear": "linear scale",
  "spectrum.ged.title": "Generalized eigenvalues",
  "spectrum.ged.finding":
    "S = {target}: top eigenvalue {forwardFirst}, next {forwardSecond}. S = {reference}: top eigenvalue {swappedFirst}, next {swappedSecond}.",
  "spectrum.ged.caption":
    "Variance of S over shrunk R along each component, {scale}. Click a mark, or use the arrow keys, to choose a component. In sample.",
  "spectrum.ged.walk": "Component of S = {carried}, R = {silent}",
  "spectrum.ged.current": "Component {component}, eigenvalue {eigenvalue}, in sample",
  "spectrum.zeros": "0 ({count})",
  "spectrum.zeros.both": "0 ({count}) in both",
  "spectrum.column.component": "component",
  "spectrum.column.eigenvalue": "eigenvalue",
  "spectrum.column.share": "cumulative share",
  "spectrum.column.kept": "kept",
  "spectrum.column.direction": "S = {carried}, R = {silent}",
  yes: "yes",
  no: "no",

  // Loadings
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
  "loadings.caption.filter": "Unit filter: what to multiply the neurons with. {shown} In sample.",
  "loadings.caption.pattern":
    "Pattern: how the component shows up in the neurons. {shown} In sample.",
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

  // Projections
  "projections.heading": "Projections",
  "projections.title": "On component {component} (S = {carried}, R = {silent})",
  "projections.finding":
    "On component {component}, {target} has variance {targetVariance} and {reference} {referenceVariance}, in sample; their means differ by {difference}.",
  "projections.caption":
    "Each condition about its own mean, both on one scale; a curve's height is its own. The means differ by {difference} (the diamond), which GED does not look at. In sample.",
  "projections.axis": "projection on the unit direction, about the condition's mean",
  "projections.lane.difference": "difference of means",
  "projections.pairLines": "Pair lines",
  "projections.pairLines.hint": "Join row i of {target} with row i of {reference}",
  "projections.walk": "Row",
  "projections.row": "Row {row} ({name})",
  "projections.rowSentence": "Row {row} ({name}): {sentence}",
  "projections.readout.empty": "Point at a mark, or use the arrow keys, to read its row.",
  "projections.scatter.title": "Component {component} against {against}",
  "projections.scatter.against": "against",
  "projections.scatter.finding":
    "On component {component} the range of {carried} is {carriedRange} and that of {silent} {silentRange}; on component {against} {carriedAgainst} and {silentAgainst}, in sample.",
  "projections.scatter.caption":
    "One mark per row, each condition about its own mean, one unit for both axes. In sample.",
  "projections.column.row": "row",
  "projections.column.condition": "condition",
  "projections.column.projection": "projection",
  "projections.column.sentence": "sentence",
  "projections.axis.component": "component {component}",

  // Validation
  "validation.heading": "Validation",
  "validation.intro":
    "With fewer rows than dimensions some direction always separates in sample. Held-out rows and permuted labels show what is left on new rows like these, if rows that depend on each other (pairs, repeats, templates) are named or found.",
  "validation.run": "Validate",
  "validation.again": "Validate again",
  "validation.cancel": "Cancel",
  "validation.folds": "Folds",
  "validation.repeats": "Repeats",
  "validation.permutations": "Permutations",
  "validation.seed": "Seed",
  "validation.extended": "Grid, baselines and stability",
  "validation.extended.hint":
    "Also try other shrinkages and shares of variance, two simpler directions, and resampled rows.",
  "validation.structure": "Keep together if found",
  "validation.structure.hint":
    "Rows that depend on each other are held out together and permuted together.",
  "validation.structure.repeats": "Repeated rows",
  "validation.structure.repeats.hint":
    "Rows that are equal or nearly so, and equal sentences, count once.",
  "validation.structure.templates": "Shared templates",
  "validation.structure.templates.hint":
    "Sentences that differ in few words are held out together and permuted together.",
  "validation.structure.pairs": "Pairs",
  "validation.structure.pairs.hint":
    "Rows are matched with their nearest counterparts if no pairs are named, or if the named ones stand in another order.",
  "validation.found.misalignedPairs":
    "The rows and their named pairs disagree. If Pairs is ticked, each row of {target} is matched with the row of {reference} that is nearest to it; if not, pairs are taken as named, and no verdict is given.",
  "validation.found.unnamedPairs":
    "These rows seem to come in pairs that are not named. If Pairs is ticked, each row of {target} is matched with the row of {reference} that is nearest to it; if not, rows stand alone.",
  "validation.wrong": "{field}: type a whole number from {minimum} to {maximum}.",
  "validation.notRun": "Not run yet: every number above is in sample.",
  "validation.other":
    "This validation is of γ {shrinkage} and {share} of the variance, not of what is shown above: validate again.",
  "validation.table.title": "Held out, in sample and under permuted labels",
  "validation.column.what": "Component 1",
  "validation.column.direction": "{carried} over {silent}",
  "validation.row.verdict": "Verdict",
  "validation.row.heldOut": "Held out",
  "validation.row.interval": "95 % interval",
  "validation.row.p": "p of the held-out ratio",
  "validation.row.maxP": "p of the largest of all",
  "validation.row.maxP.value": "{p} ({ratio}, component {component})",
  "validation.row.null": "Permuted labels, held out",
  "validation.row.inSample": "In sample",
  "validation.row.nullInSample": "Permuted labels, in sample",
  "validation.row.traceRatio": "Ratio of the traces",
  "validation.row.relativeRatio": "Held out over traces",
  "validation.row.randomDirections": "Random directions",
  "validation.row.silence": "Silence",
  "validation.row.auc": "AUC, held out",
  "validation.row.magnitudeAuc": "AUC of magnitude, held out",
  "validation.valueWithRange": "{value} ({low} to {high})",
  "validation.table.note":
    "Ratios are of variances. Under permuted labels: the median. The largest of all is sought over both directions and their first {components} components, in the data and in each permutation. Silence is the held-out variance of the silenced condition, as a share of its mean variance in the kept dimensions: 0 % is silent, 100 % as loud as anywhere.",
  "validation.column.component": "Component",
  "validation.column.heldOut": "Held out",
  "validation.column.interval": "95 % interval",
  "validation.column.correctedP": "p, all components allowed for",
  "validation.column.inSample": "In sample",
  "validation.column.auc": "AUC held out",
  "validation.column.magnitudeAuc": "AUC of magnitude, held out",
  "validation.baseline.meanDifference": "Difference of means",
  "validation.baseline.linearDiscriminant": "Linear discriminant",
  "validation.interval": "{low} to {high}",
  "validation.none": "–",
  "validation.method.crossValidation":
    "{repeats} × {folds}-fold cross-validation, seed {seed}, {grouping}; everything is fitted on the training rows only.",
  "validation.method.trainTest":
    "Fitted on rows {trainStart} to {trainStop}, tested on rows {testStart} to {testStop}.",
  "validation.grouping.pairs": "pairs kept together",
  "validation.grouping.groups": "groups kept together",
  "validation.grouping.none": "rows drawn one by one",
  "validation.grouping.clusters": "clusters drawn one by one",
  "validation.method.clusters":
    "{rows} rows form {count} clusters ({origins}), each held out and permuted as a whole.",
  "validation.method.permutations":
    "{count} of {requested} permutations of the labels {among}, out of {labellings} labellings; every permutation has the same {repeats}, and rows are permuted as residuals about their condition's training mean.",
  "validation.method.repeats": "{count} repeats of the folds",
  "validation.method.oneRepeat": "folds",
  "validation.method.oneSplit": "split",
  "validation.method.manyLabellings": "more than 9 × 10¹⁵",
  "validation.permuted.withinPairs": "within pairs",
  "validation.permuted.clusters": "across clusters, each as a whole",
  "validation.permuted.withinGroups": "within groups",
  "validation.permuted.across": "across rows",
  "validation.separates.variance":
    "Held out, it is the variance that separates (AUC of magnitude {magnitudeAuc}), more than the mean (AUC {auc}).",
  "validation.separates.mean":
    "Held out, it is the mean that separates (AUC {auc}), more than the variance (AUC of magnitude {magnitudeAuc}).",
  "validation.separates.neither":
    "Held out, neither the mean (AUC {auc}) nor the variance (AUC of magnitude {magnitudeAuc}) separates single rows well.",
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
    "95 % intervals of component 1 over {resamples} resamples of the rows, and how often each neuron stays in the top 20. The direction turns by {median}° in the median ({low}° to {high}°), the span of the first {components} components by {spanMedian}° ({spanLow}° to {spanHigh}°).",
  "validation.stability.axis": "loading, 95 % interval",
  "validation.stability.label": "{neuron} · {share}",
  "validation.stability.low": "{quantity} from",
  "validation.stability.high": "{quantity} to",
  "validation.stability.loading": "Loading",
  "validation.stability.pattern": "Pattern",
  "validation.stability.topShare": "In the top 20",
  "validation.warnings": "Read before believing the number",
  "validation.omitted": "Not computed",
  "validation.left": "about {seconds} left",

  // Transfer
  "transfer.heading": "Transfer to other files",
  "transfer.intro":
    "Try these directions on rows that had no part in finding them: another template, another pronoun, another layer of equal width.",
  "transfer.run": "Transfer to other files…",
  "transfer.cancel": "Cancel",
  "transfer.remove": "Remove",
  "transfer.remove.name": "Remove the transfer to {title}",
  "transfer.ofSaved":
    "Transfers are of this run as it was saved (γ {shrinkage}, {share}), not as it is solved above.",
  "transfer.notKept":
    "This run is a file of its own, which is never changed: transfers last as long as this panel. Export the run document to keep them.",
  "transfer.title": "{target} vs {reference}",
  "transfer.rows": "{target} + {reference} rows",
  "transfer.permutations": "{count} permutations of labels",
  "transfer.finding":
    "On these rows component 1 varies {ratio} as much for {carried} as for {silent}{evidence}. {inRun}",
  "transfer.interval": "95 % interval {interval}",
  "transfer.p": "p = {p}",
  "transfer.inRun": "In the run: {inSample} in sample.",
  "transfer.inRunHeldOut": "In the run: {heldOut} held out, {inSample} in sample.",
  "transfer.doubt.below":
    "Component 1 of S = {carried}, R = {silent}: on these rows {carried} varies no more than {silent} ({ratio}), so the separation does not transfer.",
  "transfer.doubt.noInterval":
    "Component 1 of S = {carried}, R = {silent}: these rows are too few for an interval.",
  "transfer.doubt.includesOne":
    "Component 1 of S = {carried}, R = {silent}: the interval, {low} to {high}, includes 1, so on such rows this direction may separate nothing.",
  "transfer.doubt.chance":
    "Component 1 of S = {carried}, R = {silent}: permuted labels reach {ratio} on these rows too often for the separation to be shown (p = {p}).",
  "transfer.row": "{carried} over {silent}, {component}",
  "transfer.column.component": "Component",
  "transfer.column.inSample": "In the run, in sample",
  "transfer.column.heldOut": "In the run, held out",
  "transfer.column.transferred": "On these rows",
  "transfer.column.low": "95 % interval from",
  "transfer.column.high": "95 % interval to",
  "transfer.column.p": "p",
  "transfer.column.auc": "AUC",
  "transfer.column.magnitudeAuc": "AUC of magnitude",
  "transfer.intervalWithOne": "{interval} (includes 1)",
  "transfer.table": "Components on {title}",
  "transfer.chart": "Ratio of variances on {title}",
  "transfer.caption":
    "● {target} over {reference}, ▲ {reference} over {target}: on these rows, with 95 % intervals; pale where the interval includes 1 (dashed). □ in the run in sample, ◇ in the run held out. Each p is of its component alone.",
  "transfer.axis": "ratio of variances (log)",
  "transfer.tooltip.transferred": "{ratio} on these rows",
  "transfer.tooltip.inSample": "{ratio} in the run, in sample",
  "transfer.tooltip.heldOut": "{ratio} in the run, held out",

  // Diagnostics
  "diagnostics.heading": "Diagnostics",
  "diagnostics.ranks": "Ranks",
  "diagnostics.covariance": "Covariance",
  "diagnostics.fullWidth": "At full width",
  "diagnostics.kept": "In {components} dimensions",
  "diagnostics.shrunk": "After shrinkage",
  "diagnostics.average": "(S + R) / 2",
  "diagnostics.upperBound": "at most {rank}",
  "diagnostics.conditions": "Condition numbers",
  "diagnostics.singular": "infinite (singular)",
  "diagnostics.facts": "How it was computed",
  "diagnostics.gamma": "Shrinkage γ",
  "diagnostics.alpha": "α of {name}",
  "diagnostics.route": "Route",
  "diagnostics.engine": "Engine",
  "diagnostics.engine.value":
    "{engine}, {threads} threads; {bytes} and {expected} of computing expected",
  "diagnostics.engine.one": "{engine}, 1 thread; {bytes} and {expected} of computing expected",
  "diagnostics.precision": "Precision",
  "diagnostics.precision.double": "float64 throughout",
  "diagnostics.precision.single": "float32 products; estimated relative error {error}",
  "diagnostics.seconds": "Time",
  "diagnostics.seconds.value":
    "read {read}, compress {compress}, separate {separate}, total {total}",
  "diagnostics.constant": "Neurons that never vary",
  "diagnostics.direct": "Why not divide directly?",
  "diagnostics.sources": "Sources",
  "diagnostics.created": "Computed",

  // States
  "state.computing": "Computing {title}",
  "state.cancel": "Cancel",
  "state.failed": "{title} failed",
  "state.showLog": "Show log",
  "state.tryAgain": "Re-run",
  "state.empty.title": "No run yet",
  "state.empty.text": "Choose two activation files: one to carry, one to silence.",
  "state.empty.run": "Run GED Separation",
  "state.empty.walkthrough": "Open the walkthrough",
  "state.ready": "The run of {target} vs {reference} is shown.",
  "state.waiting": "Waiting for the run…",
  "announce.component": "Component {component} of S = {carried}, R = {silent}",
  "announce.copied": "Copied.",
  "announce.validated": "Validation finished.",
  "announce.transferring": "Transfer started.",
  "announce.transferRemoved": "Transfer removed.",
  "announce.resolved": "Solved again: {components} components, top eigenvalue {eigenvalue}.",

  // Inspector
  "inspector.empty": "Choose a component, a neuron or a sentence in a result panel.",
  "inspector.column.value": "value",
  "inspector.chart.strips": "{target} and {reference} on one axis, {count} values in all.",
  "inspector.chart.bars": "The largest is {label} with {value}.",
} as const;

export type StringKey = keyof typeof englishStrings;

/** What the host may set as `globalThis.eigenlensStrings`. */
export type StringOverrides = Readonly<Partial<Record<StringKey, string>>>;

/** The names in braces of a template, as a union of string literals. */
type PlaceholderName<Template extends string> =
  Template extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholderName<Rest> : never;

/** The values that the text under `Key` needs: none, or one for each name in braces. */
export type StringValues<Key extends StringKey> = [
  PlaceholderName<(typeof englishStrings)[Key]>,
] extends [never]
  ? []
  : [Readonly<Record<PlaceholderName<(typeof englishStrings)[Key]>, string | number>>];

/** Gives the text under a key, its names in braces filled in. */
export type Say = <Key extends StringKey>(key: Key, ...values: StringValues<Key>) => string;

/** {@link Say} in English, as the terminal and the editor's own lists have it. */
export const sayInEnglish: Say = (key, ...values) =>
  fillTemplate(englishStrings[key], values[0] ?? {});

/**
 * Puts values in the place of `{name}`; a name without a value stays as it is, so that a faulty
 * translation is seen rather than hidden.
 */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    // A name that every object inherits is none of the values.
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : String(value);
  });
}
