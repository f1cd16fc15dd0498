import { normKinds } from "../../src/directions/lens/normKinds.ts";
import type { LensFiles } from "../../src/protocol/steering.ts";
import { fieldsOf, isOneOf, isText } from "../webviews/fields.ts";

/** What the workspace kept, checked: another version may have written it. @returns undefined for anything else */
export function readLensFiles(stored: unknown): LensFiles | undefined {
  const fields = fieldsOf(stored) ?? {};
  const unembedding = readWeight(fields["unembedding"]);
  const { vocabulary } = fields;
  const norm = readNorm(fields["norm"]);
  const down = fields["down"] === undefined ? undefined : readWeight(fields["down"]);
  if (!unembedding || !isText(vocabulary) || norm === "wrong") return undefined;
  if (fields["down"] !== undefined && !down) return undefined;
  return { unembedding, vocabulary, ...(norm ? { norm } : {}), ...(down ? { down } : {}) };
}

function readNorm(value: unknown): LensFiles["norm"] | "wrong" {
  if (value === undefined) return undefined;
  const { weight, kind } = fieldsOf(value) ?? {};
  const read = readWeight(weight);
  return read && isOneOf(normKinds, kind) ? { weight: read, kind } : "wrong";
}

function readWeight(value: unknown): LensFiles["unembedding"] | undefined {
  const { path, tensor } = fieldsOf(value) ?? {};
  if (!isText(path)) return undefined;
  if (tensor === undefined) return { path };
  return isText(tensor) ? { path, tensor } : undefined;
}
