/** A second fit with another shrinkage, as a check of power. */
export const validationSecondFitStrings = {
  "second.run": "Check power with γ {shrinkage}",
  "second.run.hint":
    "Validates anew and fits all folds and permutations once more with a stronger shrinkage, which finds weaker directions more often. It is a second test: the p of the better of the two pays for that. Takes about twice as long.",
  "second.title": "Second fit with γ {shrinkage}: a check of power",
  "second.note":
    "The same folds and permutations, fitted with γ {shrinkage} in place of the run’s. It finds weaker directions more often and is a second test: if the better of the two is quoted, the last column is its p. The verdict stays that of the first.",
  "second.column.direction": "Direction",
  "second.column.first": "Held out, first fit",
  "second.column.second": "Held out, second fit",
  "second.column.interval": "95 % interval, second fit",
  "second.column.firstP": "p, first",
  "second.column.secondP": "p, second",
  "second.column.bestP": "p of the better of the two",
} as const;
