/** What vectors and matrices of token numbers are called. */
export const tokenVectors: readonly string[] = ["token_ids", "input_ids"];

/** What matrices are called that tell real tokens from padding. */
export const maskNames: readonly string[] = ["mask", "attention_mask", "token_mask"];
