/** The headline: the verdict, what speaks for it and why it is not *holds*. */
export const headlineStrings = {
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
  "rows.rows": "rows",
  "rows.sentences": "sentences",
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
} as const;
