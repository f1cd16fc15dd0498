/** How a validation was made, in sentences. */
export const validationMethodStrings = {
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
  "validation.method.sequential":
    "Permutations end as soon as every p is decided: once {reaching} of them reach its statistic, p is {reaching} over the number that it took (Besag and Clifford 1991).",
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
} as const;
