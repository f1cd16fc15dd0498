/** Where activations came from, as whoever captured them wrote it beside them; nothing of it is guessed. */
export interface Provenance {
  readonly model?: string;
  readonly revision?: string;
  /** The module's path as its tool names it. */
  readonly site?: string;
  /** `residual` is the stream after block `layer`; `mlp`, `attention_head`, `attention_out`, `other`. */
  readonly component?: string;
  /** The block, from 0. */
  readonly layer?: string;
  readonly token_rule?: string;
  readonly tokenizer?: string;
  /** Tool and version. */
  readonly captured_with?: string;
}

/** In the order in which they are written. */
export const provenanceKeys = [
  "model",
  "revision",
  "site",
  "component",
  "layer",
  "token_rule",
  "tokenizer",
  "captured_with",
] as const satisfies readonly (keyof Provenance)[];
