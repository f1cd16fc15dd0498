/** How a final norm treats what comes before its weights. */
export const normKinds = ["rms", "layer", "gemma"] as const;
/** `rms`: weights as they are; `layer`: less the mean first (LayerNorm); `gemma`: weights plus 1. */
export type NormKind = (typeof normKinds)[number];
