import type { CaptureComponent } from "../activations/captureProvenance.ts";

/** The Python libraries that a script can be written for. */
export const captureLibraries = ["transformers", "transformer-lens", "nnsight", "vllm"] as const;
export type CaptureLibrary = (typeof captureLibraries)[number];

/** Sites that every library knows under a name of its own, and what provenance calls them. */
export const namedSites = {
  residual: "residual",
  mlp: "mlp",
  neurons: "mlp",
  attention_out: "attention_out",
  attention_head: "attention_head",
} as const satisfies Readonly<Record<string, CaptureComponent>>;
export type NamedSite = keyof typeof namedSites;

/** Which token of a prompt becomes its row; a word may be another one for each condition. */
export type TokenRule =
  | { readonly kind: "last" }
  | { readonly kind: "mean" }
  /** From 0, or from the end if negative. */
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "word"; readonly words: readonly [string] | readonly [string, string] };

/** What a capture script is filled in with. */
export interface CaptureOptions {
  readonly library: CaptureLibrary;
  /** A name on the hub, or a folder. */
  readonly model: string;
  readonly revision?: string;
  /** One of {@link namedSites}, or the path of a module or hook point, `{layer}` in it standing for the number. */
  readonly site: string;
  /** Blocks, counted from 0, ascending. */
  readonly layers: readonly number[];
  readonly token: TokenRule;
  /** A file of prompts as Python finds it. */
  readonly prompts: string;
  readonly conditions: readonly [string, string];
  /** The folder that the script writes into. */
  readonly folder: string;
}

/** Whether a site is one that every library knows. */
export function isNamedSite(site: string): site is NamedSite {
  return Object.hasOwn(namedSites, site);
}
