/** The cards of the two directions. */
export const directionsStrings = {
  "directions.label": "Which direction is in front",
  "directions.title": "S = {carried}, R = {silent}",
  "directions.inFront": "in front",
  "directions.eigenvalue": "Largest eigenvalue",
  "directions.variance": "Variance of {name}",
  "directions.inSample": "In sample",
  "directions.heldOut": "Held out",
  "directions.notTested": "not yet tested",
  "directions.sideBySide": "Side by side",
  "directions.sideBySide.hint": "Show loadings and projections of both directions in parallel",
} as const;
