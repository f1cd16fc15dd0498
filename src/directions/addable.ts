/** What may be added to activations; the mean difference is what moves a model. */
export const addableDirections = ["mean-difference", "discriminant", "pattern", "filter"] as const;
export type AddableDirection = (typeof addableDirections)[number];
