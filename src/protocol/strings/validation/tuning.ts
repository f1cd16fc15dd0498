/** The choice of shrinkage and share by nested validation. */
export const validationTuningStrings = {
  "tuning.run": "Choose γ and share by nested validation",
  "tuning.run.hint":
    "Validates anew, with shrinkage and share chosen by inner folds in every fold and in every permutation, so that the held-out ratio and p pay for the choice. Takes several times as long.",
  "tuning.title": "γ and share chosen by nested validation",
  "tuning.finding":
    "All rows choose γ {shrinkage} and {share}. Chosen anew in every fold, the held-out ratio is {ratio}; {given} with γ {givenShrinkage} and {givenShare} in every fold.",
  "tuning.optimism":
    "The largest ratio of all that were tried is {largest}. It was chosen by the rows that it is measured on, so that it is too large: the ratio and p of this validation are not.",
  "tuning.cost":
    "Tried: γ {shrinkages} with shares {shares}, by component 1 of the direction that carries {target}. Choosing took {seconds} of processor time, permutations included.",
  "tuning.stability":
    "The intervals of loadings keep the choice of all rows in every resample: they do not pay for it.",
  "tuning.column.choice": "γ and share",
  "tuning.column.folds": "folds that chose it",
  "tuning.column.ratio": "held-out ratio",
  "tuning.choice": "γ {shrinkage}, {share}",
  "tuning.row.nested": "chosen in every fold",
  "tuning.row.given": "γ {shrinkage}, {share} in every fold",
  "tuning.row.largest": "largest of all tried (too large)",
  "tuning.choices.title": "What the folds chose",
  "tuning.ratios.title": "What choosing costs and brings",
  "tuning.other":
    "This validation chose γ {shrinkage} and {share} of the variance; what is shown above has other values until the choice is shown.",
  "tuning.show": "Show the run with γ {shrinkage} and {share}",
} as const;
