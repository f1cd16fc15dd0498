/** Transfers to other files. */
export const transferStrings = {
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
    "● {target} over {reference}, ▲ {reference} over {target}: on these rows, with 95 % intervals; pale if the interval includes 1 (dashed). □ in the run in sample, ◇ in the run held out. Each p is of its component alone.",
  "transfer.axis": "ratio of variances (log)",
  "transfer.tooltip.transferred": "{ratio} on these rows",
  "transfer.tooltip.inSample": "{ratio} in the run, in sample",
  "transfer.tooltip.heldOut": "{ratio} in the run, held out",
} as const;
