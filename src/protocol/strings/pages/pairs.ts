/** Every two labels of a column. */
export const pairsStrings = {
  "pairs.title": "All pairs of {column}",
  "pairs.origin": "{source} · {labels} labels, {pairs} pairs",
  "pairs.matrix": "Held-out ratio of variances, component 1",
  "pairs.caption":
    "How many times as much component 1 varies for the label of the row (target) as for that of the column (reference), on rows that the fit has not seen. Verdict and p count all {tests} directions (Holm’s method); pale values are not corrected yet and decide nothing. Each pair of labels is one run with both directions: click its cell, or walk with the arrow keys and press Enter.",
  "pairs.of": "{carried} over {silenced}",
  "pairs.waiting": "not compared yet",
  "pairs.failed": "failed",
  "pairs.noHeldOut": "nothing held out",
  "pairs.same": "the same label",
  "pairs.p": "p = {p}",
  "pairs.notCorrected": "not corrected",
  "pairs.cell": "{direction}: {values}",
  "pairs.opens": "Enter opens the run",
  "pairs.finding.none": "No pair was held out yet.",
  "pairs.finding.soFar":
    "So far ({done} of {count} pairs) most survives held out for {carried} over {silenced}: component 1 varies {ratio} as much. What that is worth is told when all pairs are counted.",
  "pairs.finding.cancelled":
    "Not all pairs were compared ({done} of {count}), so that no p counts them and nothing is shown. Most survives held out for {carried} over {silenced}: component 1 varies {ratio} as much.",
  "pairs.finding.untested":
    "Most survives held out for {carried} over {silenced}: component 1 varies {ratio} as much. Labels were not permuted, so that nothing is shown.",
  "pairs.finding.holds":
    "Directions that hold, counting all {tests}: {shown}. The strongest is {carried} over {silenced}: on held-out rows component 1 varies {ratio} as much for {carried} (p = {p}).",
  "pairs.finding.nothing":
    "No direction is shown, counting all {tests}. The strongest is {carried} over {silenced}: on held-out rows component 1 varies {ratio} as much for {carried} (p = {p}).",
  "pairs.finding.failed": "Pairs that gave nothing: {failed} of {count}; the table says why.",
  "pairs.table": "All directions",
  "pairs.column.direction": "Target over reference",
  "pairs.column.rows": "Rows",
  "pairs.column.heldOut": "Held out",
  "pairs.column.interval": "95 % interval",
  "pairs.column.verdict": "Verdict, counting all",
  "pairs.column.p": "p, corrected",
  "pairs.column.pAlone": "p, this pair alone",
  "pairs.column.inSample": "In sample",
} as const;
