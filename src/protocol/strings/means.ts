/** Means and variances on equal terms. */
export const meansStrings = {
  "means.heading": "Means and variances",
  "means.differ.yes.yes":
    "{target} and {reference} differ in both, their means and their variances.",
  "means.differ.yes.no":
    "{target} and {reference} differ in their means; a difference in variance is not shown.",
  "means.differ.yes.unknown":
    "{target} and {reference} differ in their means; whether their variances differ too is not known yet.",
  "means.differ.no.yes":
    "{target} and {reference} differ in their variances; a difference of means is not shown.",
  "means.differ.no.no":
    "Neither a difference of means nor one in variance is shown between {target} and {reference}.",
  "means.differ.no.unknown":
    "A difference of means between {target} and {reference} is not shown; whether their variances differ is not known yet.",
  "means.differ.unknown.yes":
    "{target} and {reference} differ in their variances; whether their means differ too is not known yet.",
  "means.differ.unknown.no":
    "A difference in variance between {target} and {reference} is not shown; whether their means differ is not known yet.",
  "means.differ.unknown.unknown":
    "Whether {target} and {reference} differ in their means or in their variances is not known: validate with baselines.",
  "means.rule":
    "Means count as different if the mean difference or the linear discriminant tells held-out rows apart with an AUC whose 95 % interval lies above 0.5; variances, if the verdict on one of the two directions is “holds”.",
  "means.fromMoments":
    "From moments rows are not scored one by one, so that a difference of means is not tested.",
  "means.distance":
    "In sample, the means are {distance} apart, the root-mean-square distance of a row from its mean being 1; so few rows of equal means would give about {chance}.",
  "means.equal": "The means are equal in every neuron.",
  "means.noDiscriminant":
    "This run has no discriminant: it was made by an earlier Eigenlens, or its means are equal in the kept components.",
  "means.meanDifference": "mean difference",
  "means.discriminant": "linear discriminant",
  "means.title.meanDifference": "Mean difference, from {silent} to {carried}",
  "means.title.discriminant": "Linear discriminant, from {silent} to {carried}",
  "means.caption.meanDifference":
    "Unit direction from one mean to the other: what to add to move a model. The {count} largest by magnitude, signs kept. As fitted on all rows.",
  "means.caption.discriminant":
    "Unit direction that tells the means apart best, given the spread within both conditions (Fisher), with shrinkage and share as the run was made. The {count} largest by magnitude, signs kept. As fitted on all rows.",
  "means.rows.absent":
    "Held-out projections on these directions come with a validation that computes baselines; in sample the rows must be read from their files.",
  "means.rows.ask": "Project the rows in sample",
  "means.rows.title.heldOut": "Rows on the {direction}, from {silent} to {carried}, held out",
  "means.rows.title.inSample": "Rows on the {direction}, from {silent} to {carried}, in sample",
  "means.rows.finding.heldOut":
    "Held out, rows of {target} lie at {targetMean} on average on the {direction}, rows of {reference} at {referenceMean}.",
  "means.rows.finding.inSample":
    "In sample, rows of {target} lie at {targetMean} on average on the {direction}, rows of {reference} at {referenceMean}.",
  "means.rows.caption.heldOut":
    "Each row from the folds that did not see it, on the direction fitted there, about the middle of both training means; averaged over repeats.",
  "means.rows.caption.inSample":
    "In sample: these rows gave the direction, so it tells them apart better than new ones. About the middle of both means.",
  "means.rows.axis": "projection, about the middle of the means",
  "means.rows.column.heldOut": "held out",
  "means.rows.column.inSample": "in sample",
  "means.directions.title": "Directions compared",
  "means.directions.column": "Cosine, in sample",
  "means.directions.filter": "filter, component {component}",
  "means.directions.pattern": "pattern, component {component}",
  "means.directions.auc": "AUC, held out",
  "means.directions.note":
    "AUC: how well a direction tells single rows apart by their mean; 0.5 is chance. The sign of filter and pattern says nothing about either condition. {why}",
  "means.directions.noAuc":
    "Held-out AUC of mean difference and discriminant comes with a validation that computes baselines.",
  "means.oneSided.title": "Neurons that vary for one condition only",
  "means.oneSided.none":
    "No neuron varies for one condition and is nearly constant for the other. The rule: {rule}",
  "means.oneSided.found":
    "{count} of {total} neurons vary for one condition and are nearly constant for the other. The rule: {rule}",
  "means.oneSided.shown": "Shown: the {count} with the largest variance.",
  "means.oneSided.rule":
    "one variance is at least {times} times the other, and above the median of the neurons that vary for that condition. In sample: a single row can do it, so look at the rows.",
  "means.oneSided.varies": "Varies for",
  "means.oneSided.ratio": "Ratio",
  "means.oneSided.inspect": "Inspect neuron {neuron}",
} as const;
