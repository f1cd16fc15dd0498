/** Which component is shown, and solving again. */
export const controlsStrings = {
  "controls.label": "Component and re-solving",
  "controls.component": "Component",
  "controls.previous": "Previous component",
  "controls.next": "Next component",
  "controls.option": "{component} (eigenvalue {eigenvalue})",
  "controls.shrinkage": "Shrinkage γ",
  "controls.shrinkage.hint":
    "How much of the reference covariance is replaced by α I; 0 leaves it as it is.",
  "controls.shrinkage.wrong": "Shrinkage γ: type a number from 0 to 1, such as 0.01.",
  "controls.variance": "Share of variance",
  "controls.variance.hint":
    "How much of the variance of (S + R) / 2 the kept components hold; this run stores up to {maximum}.",
  "controls.variance.wrong": "Share of variance: type a number above 0 and up to {maximum}.",
  "controls.solving": "Solving…",
  "controls.undo": "Undo",
  "controls.undo.hint": "Back to γ {shrinkage} and {share} ({keys})",
  "controls.defaults": "Defaults",
  "controls.defaults.hint": "The method's defaults: γ {shrinkage} and {share}",
} as const;
