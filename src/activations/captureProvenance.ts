/** Which part of a model activations were taken from. */
export type CaptureComponent = "residual" | "mlp" | "attention_head" | "attention_out" | "other";

/** Where activations came from: what capture tools write, all of it optional. */
export interface CaptureProvenance {
  readonly model?: string;
  readonly revision?: string;
  /** The module's path as its tool names it. */
  readonly site?: string;
  readonly component?: CaptureComponent;
  /** The block, counted from 0, in decimal; `residual` is the stream after it. */
  readonly layer?: string;
  readonly token_rule?: string;
  readonly tokenizer?: string;
  /** Tool and version. */
  readonly captured_with?: string;
  /** The notebook in whose kernel they were, and the variable that held them. */
  readonly notebook?: string;
  readonly variable?: string;
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
  "notebook",
  "variable",
] as const satisfies readonly (keyof CaptureProvenance)[];

/** What a user can say of a capture, in the order in which it is asked. */
export const describedKeys = [
  "model",
  "component",
  "layer",
  "site",
  "token_rule",
] as const satisfies readonly (keyof CaptureProvenance)[];
export type DescribedKey = (typeof describedKeys)[number];

const textKeys = provenanceKeys.filter((key) => key !== "component");

/** The commonest first. */
export const captureComponents: readonly CaptureComponent[] = [
  "residual",
  "mlp",
  "attention_head",
  "attention_out",
  "other",
];

const longestText = 1000;

/**
 * The entries of a record that tell where activations came from; numbers in decimal. What is of another kind, empty or
 * endless is passed over.
 */
export function provenanceIn(record: Readonly<Record<string, unknown>>): CaptureProvenance {
  const found: Record<string, string> = {};
  for (const key of textKeys) {
    const value = Object.hasOwn(record, key) ? record[key] : undefined;
    const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
    if (typeof text === "string" && text !== "" && text.length <= longestText) found[key] = text;
  }
  const component = captureComponents.find((each) => each === record["component"]);
  return { ...found, ...(component === undefined ? {} : { component }) };
}

/** Whether nothing is known. */
export function isUnknown(provenance: CaptureProvenance): boolean {
  return Object.keys(provenance).length === 0;
}
