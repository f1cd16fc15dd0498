import type { AddableDirection } from "../addable.ts";

/** A mean over prompts; its 95 % interval is absent if there was one prompt. */
export interface MeanOfPrompts {
  readonly mean: number;
  readonly interval?: { readonly low: number; readonly high: number };
}

/** What one change of a model's activations did. */
export interface MeasuredChange {
  /** Of the logit difference between the two sets of tokens. */
  readonly shift: MeanOfPrompts;
  /** Collateral: KL divergence of the next token, those of the two sets left out, in nats. */
  readonly kl: MeanOfPrompts;
}

export interface MeasuredStep extends MeasuredChange {
  /** In mean differences; negative: away from the carried condition. */
  readonly step: number;
}

/** Adding a direction in steps of both signs. */
export interface AddedResults {
  readonly kind: "add";
  readonly use: AddableDirection;
  readonly steps: readonly MeasuredStep[];
  /** One step along random directions of the same length. */
  readonly random: readonly MeasuredChange[];
}

/** Erasing the difference of the means. */
export interface ErasedResults extends MeasuredChange {
  readonly kind: "erase";
  /** Logit difference after prompts of the carried condition less that after the silenced; absent without both. */
  readonly gap?: { readonly before: number; readonly after: number };
  /** Erasing random directions. */
  readonly random: readonly MeasuredChange[];
}

/** What a script that steers a model wrote (`NAME.steering.json`). */
export interface SteeringResults {
  readonly path: string;
  /** SHA-256 of the filter that the script came with: tells of which component of which run it is. */
  readonly filterHash: string;
  readonly carried: string;
  /** Of the component, from 0. */
  readonly index: number;
  readonly model: string;
  /** The two sets of tokens, as `he,him/she,her`. */
  readonly tokens: string;
  readonly prompts: number;
  readonly measured: AddedResults | ErasedResults;
}
