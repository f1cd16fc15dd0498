/** What is known of a direction's effect in the model: the logit lens, and what a script has measured. */
export const steeringStrings = {
  "steering.heading": "Will it steer?",
  "steering.unknown":
    "Unknown without the model: no ratio of variances and no p says what happens if this direction is added to it. The logit lens predicts which tokens it moves; the Python check measures it.",
  "steering.direction.meanDifference": "mean difference",
  "steering.direction.filter": "filter",
  "steering.direction.pattern": "pattern",
  "steering.use.mean-difference": "the mean difference",
  "steering.use.discriminant": "the discriminant",
  "steering.use.pattern": "the pattern",
  "steering.use.filter": "the filter",
  "lens.heading": "Logit lens",
  "lens.intro":
    "What each direction would do to the logits if it reached the unembedding unchanged: a prediction, made from files of the model. These are the unembedding, the names of its tokens, the final norm, and the down-projection if the activations are neurons of an MLP.",
  "lens.tokens": "Tokens to compare (optional)",
  "lens.tokens.hint": "Two sets, as he,him/she,her: the first should rise with the direction.",
  "lens.compute": "Compute the logit lens",
  "lens.choose": "Choose files…",
  "lens.cancel": "Cancel",
  "lens.files": "Files: {files}",
  "lens.other": "The last lens is of another component or solution: compute it again for this one.",
  "lens.predicts.raises":
    "By the logit lens, adding the mean difference raises {first} against {second}: {sd} standard deviations of all tokens.",
  "lens.predicts.lowers":
    "By the logit lens, adding the mean difference lowers {first} against {second}: {sd} standard deviations of all tokens.",
  "lens.predicts.neither":
    "By the logit lens, adding the mean difference moves neither {first} nor {second} against the other.",
  "lens.known":
    "By the logit lens, adding the mean difference raises {up} most and lowers {down} most.",
  "lens.score.title": "{first} against {second}",
  "lens.score.direction": "Direction",
  "lens.score.difference": "Mean logit, first less second",
  "lens.score.sd": "In standard deviations of all tokens",
  "lens.score.raises": "Raises",
  "lens.score.neither": "neither",
  "lens.score.note":
    "Logits are those of a vector as long as each direction is here, without the final norm’s division. The sign of filter and pattern is arbitrary.",
  "lens.table.title": "Tokens by the {direction}",
  "lens.table.up": "Raised",
  "lens.table.down": "Lowered",
  "lens.table.logit": "Logit",
  "check.heading": "Measured in the model",
  "check.intro":
    "Copy as Python gives a script that adds or erases this direction in the model and writes NAME.steering.json. Results of this run that lie in the workspace are found.",
  "check.copy": "Copy as Python…",
  "check.choose": "Show results…",
  "check.ofComponent":
    "The results shown last are of component {component} of S = {carried}, R = {silent}, as the run was made.",
  "check.show": "Show that component",
  "check.add":
    "Measured in {model} on {prompts} prompts: at a collateral KL of {kl}, adding {direction} shifts {tokens} by {forward} logits, subtracting it by {backward}.",
  "check.notReached": "an unknown number of (no step reaches it)",
  "check.interval": "{mean} ({low} to {high})",
  "check.random":
    "One step along each of {count} random directions as long shifts them by {low} to {high}; along this one, by {own}.",
  "check.erase":
    "Measured in {model} on {prompts} prompts: erasing shifts {tokens} by {shift} logits at a collateral KL of {kl}.",
  "check.gap": "The gap between the conditions’ prompts goes from {before} to {after} logits.",
  "check.eraseRandom": "Erasing each of {count} random directions shifts them by {low} to {high}.",
  "check.figure.title": "Shift against collateral KL",
  "check.figure.caption":
    "Shift of {tokens} in logits, and what else changes: the KL divergence of the next token, these tokens left out. Means over prompts with 95 % intervals; steps in mean differences. ● towards {carried}, ▲ away, × random directions as long. {file}",
  "check.figure.x": "collateral KL",
  "check.figure.y": "shift (logits)",
  "check.figure.kl": "KL {kl}",
  "check.column.change": "Change",
  "check.column.shift": "Shift",
  "check.column.kl": "KL",
  "check.column.low": "95 % from",
  "check.column.high": "95 % to",
  "check.row.step": "step {step}",
  "check.row.erase": "erase",
  "check.row.random": "random {number}",
} as const;
