/** The line of facts below the headline. */
export const factsStrings = {
  "facts.label": "Facts of this run",
  "facts.rows": "{target} + {reference} {rows}",
  "facts.distinct": "{rows}, {target} + {reference} distinct",
  "facts.distinct.hint": "Rows that repeat each other are held out together and count once.",
  "facts.moments": "from moments",
  "facts.moments.hint":
    "Made from sums over the rows (count, mean, scatter), of which each fold and group has its own.",
  "facts.clusters": "{count} clusters ({origins})",
  "facts.clusters.hint": "Each cluster of rows is held out and permuted as a whole.",
  "facts.clusters.named": "named",
  "facts.clusters.repeats": "repeats found",
  "facts.clusters.templates": "templates found",
  "facts.neurons": "{count} neurons",
  "facts.components": "{count} components keep {share}",
  "facts.rank": "rank {reference} → {shrunk}",
  "facts.rank.hint":
    "Rank of the covariance of {silent} in the {components} kept dimensions, before and after shrinkage.",
  "facts.condition": "condition {before} → {after}",
  "facts.condition.hint":
    "Largest over smallest eigenvalue of the covariance of {silent}, before and after shrinkage.",
  "facts.singular": "∞",
  "facts.shrinkage": "γ {gamma}, α {alpha}",
  "facts.shrinkage.estimated": "γ {gamma} ({estimator}), α {alpha}",
  "facts.shrinkage.hint": "R̃ = (1 − γ) R + γ α I, where α is the mean eigenvalue of R.",
  "facts.estimator.ledoit-wolf": "Ledoit–Wolf",
  "facts.estimator.oas": "OAS",
  "facts.route.gram": "Gram route",
  "facts.route.covariance": "covariance route",
  "facts.route.krylov": "Krylov route",
  "facts.route.single": "{route}, single precision (relative error about {error})",
  "facts.resolved": "re-solved, not saved",
  "facts.resolved.hint":
    "The shrinkage or the share of variance was changed here; the run as saved used others.",
} as const;
