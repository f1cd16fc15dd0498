/**
 * Every text that the webviews show, in English. Names in braces are filled in by the webview.
 * The host may override any of them: it sets `globalThis.eigenlensStrings` before the bundle runs.
 */
export const englishStrings = {
  // Headline and facts
  "headline.title": "{target} vs {reference}",
  "headline.carries":
    "Component {component} carries {carried}: variance {carriedVariance} against {silentVariance} in {silent}",
  "headline.seems":
    "Component {component} seems to carry {carried}: variance {carriedVariance} against {silentVariance} in {silent}",
  "headline.doesNot":
    "Component {component} does not carry {carried}: variance {carriedVariance} against {silentVariance} in {silent}",
  "headline.null": "Component {component} carries nothing of {carried}: its eigenvalue is 0.",
  "headline.untested": "({inSample} in sample; not yet tested on held-out {rows}).",
  "headline.notHeldOut": "({inSample} in sample; no {rows} could be held out).",
  "headline.partlyTested":
    "({inSample} in sample; held-out {rows} were tested for the first {tested} components only).",
  "headline.tested": "({inSample} in sample, {heldOut} on held-out {rows}).",
  "headline.testedWithP": "({inSample} in sample, {heldOut} on held-out {rows}, p = {p}).",
  "headline.soFar": "{p} so far",
  "verdict.intervalIncludesOne":
    "The held-out interval, {low} to {high}, includes 1×: on new {rows} this direction may separate nothing.",
  "verdict.nullReaches":
    "With the labels exchanged at random, held-out ratios as large are common (p = {p}): this may be chance.",
  "verdict.below":
    "On held-out {rows} {silent} varies more than {carried}: the separation is gone.",
  "facts.label": "Facts of this run",
  "facts.rows": "{target} + {reference} {rows}",
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
  "controls.undo.hint": "Back to γ {shrinkage} and {share} (Ctrl+Z)",
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
    "One mark a row, each condition about its own mean, one unit for both axes. In sample.",
  "projections.column.row": "row",
  "projections.column.condition": "condition",
  "projections.column.projection": "projection",
  "projections.column.sentence": "sentence",
  "projections.axis.component": "component {component}",

  // Validation
  "validation.heading": "Validation",
  "validation.intro":
    "With fewer rows than dimensions some direction always separates. Held-out rows and exchanged labels show what is real.",
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
  "validation.wrong": "{field}: type a whole number from {minimum} to {maximum}.",
  "validation.notRun": "Not run yet: every number above is in sample.",
  "validation.other":
    "This validation is of γ {shrinkage} and {share} of the variance, not of what is shown above: validate again.",
  "validation.table.title": "In sample, held out and under exchanged labels",
  "validation.column.what": "Component 1 of",
  "validation.column.inSample": "In sample",
  "validation.column.heldOut": "Held out",
  "validation.column.interval": "95 % interval",
  "validation.column.null": "Held-out null, median",
  "validation.column.p": "p, held out",
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
  "validation.method.permutations": "{count} of {requested} exchanges of labels {exchange}.",
  "validation.exchange.withinPairs": "within pairs",
  "validation.exchange.clusters": "across clusters, each as a whole",
  "validation.exchange.withinGroups": "within groups",
  "validation.exchange.across": "across rows",
  "validation.separates.variance":
    "Held out, it is the variance that separates (AUC of magnitude {magnitudeAuc}), more than the mean (AUC {auc}).",
  "validation.separates.mean":
    "Held out, it is the mean that separates (AUC {auc}), more than the variance (AUC of magnitude {magnitudeAuc}).",
  "validation.separates.neither":
    "Held out, neither the mean (AUC {auc}) nor the variance (AUC of magnitude {magnitudeAuc}) separates single rows well.",
  "validation.null.heldOut.title": "Held-out ratio under exchanged labels",
  "validation.null.inSample.title": "In-sample ratio under exchanged labels",
  "validation.null.finding":
    "The observed ratio {observed} against a median of {median} and a maximum of {maximum} under {count} exchanges of labels: p = {p}.",
  "validation.null.caption":
    "{count} of {requested} exchanges; median {median}, maximum {maximum}. Observed {observed}, p = {p}.",
  "validation.null.firstRepeat":
    "{caption} Held out here means the folds of the first repeat, which every exchange shares.",
  "validation.null.observed": "observed {observed}",
  "validation.null.axis": "variance of {carried} over {silent} (log)",
  "validation.null.count": "exchanges",
  "validation.null.column.from": "from",
  "validation.null.column.to": "to",
  "validation.null.column.count": "exchanges",
  "validation.components.title": "By component",
  "validation.column.component": "Component",
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
  "transfer.exchanges": "{count} exchanges of labels",
  "transfer.carries":
    "On these rows component 1 carries {carried} too: {ratio} the variance of {silent}{evidence}. {inRun}",
  "transfer.mayCarry":
    "On these rows component 1 gives {carried} {ratio} the variance of {silent}{evidence}. {inRun}",
  "transfer.interval": "95 % interval {interval}",
  "transfer.p": "p = {p}",
  "transfer.inRun": "In the run: {inSample} in sample.",
  "transfer.inRunHeldOut": "In the run: {inSample} in sample, {heldOut} held out.",
  "transfer.doubt.below":
    "Component 1 of S = {carried}, R = {silent}: on these rows {silent} varies more than {carried} ({ratio}), so the separation does not transfer.",
  "transfer.doubt.noInterval":
    "Component 1 of S = {carried}, R = {silent}: these rows are too few for an interval.",
  "transfer.doubt.includesOne":
    "Component 1 of S = {carried}, R = {silent}: the interval, {low} to {high}, includes 1×, so on such rows this direction may separate nothing.",
  "transfer.doubt.chance":
    "Component 1 of S = {carried}, R = {silent}: with the labels exchanged at random, ratios of {ratio} are common (p = {p}), so this may be chance.",
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
