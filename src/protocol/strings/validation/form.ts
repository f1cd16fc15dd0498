/** The form of a validation, and what stands around its report. */
export const validationFormStrings = {
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
  "validation.cancelled": "The last validation was cancelled, and nothing of it is kept.",
  "validation.failed": "The last validation failed, and nothing of it is kept.",
  "validation.gaveUp": "{ended} Every number above is in sample.",
  "validation.notRun": "Not run yet: every number above is in sample.",
  "validation.other":
    "This validation is of γ {shrinkage} and {share} of the variance, not of what is shown above: validate again.",
  "validation.warnings": "Read before believing the number",
  "validation.omitted": "Not computed",
  "validation.left": "about {seconds} left",
} as const;
