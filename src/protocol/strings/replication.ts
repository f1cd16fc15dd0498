/** What several transfers of one run say together. */
export const replicationStrings = {
  "replication.heading": "Replication",
  "replication.finding":
    "{carried} over {silent}: {verdict}. Over {count} sets of rows component 1 varies {ratio} as much for {carried} as for {silent} (95 % interval {interval}). {spread}",
  "replication.agree":
    "The sets differ no more than their intervals allow (Q = {q}, {freedom} degrees of freedom, p = {p}).",
  "replication.differ":
    "The sets differ by more than their intervals allow (Q = {q}, {freedom} degrees of freedom, p = {p}; I² = {share}): this is a mean of different ratios, of these sets only.",
  "replication.tooFew":
    "{carried} over {silent}: {verdict}. Two independent sets of rows with an interval are needed.",
  "replication.caption":
    "Component 1 on each set of rows. Sets that count share no rows with the fit or with each other, as far as files and selections tell; their logarithmic ratios are weighted by the inverse squares of their errors (fixed effect, Cochran 1954). Each p is of its set alone.",
  "replication.table": "Component 1 on each set of rows",
  "replication.column.set": "Rows",
  "replication.column.ratio": "{carried} over {silent}",
  "replication.column.counts": "Counts",
  "replication.counts": "yes",
  "replication.fitted": "no, fitted on",
  "replication.sharesRows": "no, shares rows with a newer set",
  "replication.noInterval": "no interval",
} as const;
