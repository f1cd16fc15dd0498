import { createHash } from "node:crypto";
import { tensorChecksum } from "../../runs/checksums.ts";
import type { RunDocument } from "../../runs/runDocument.ts";

/**
 * Names what a document's numbers are: SHA-256, in hexadecimal, of its tensors and of all that is shown with
 * them. Reports that are added to a run leave it as it is.
 */
export async function contentKey(document: RunDocument): Promise<string> {
  const { version, created, options, sources, sentences, tensors } = document;
  const summary = { ...document.summary, validation: null };
  const hash = createHash("sha256");
  hash.update(JSON.stringify([version, created, options, sources, sentences ?? null, summary]));
  const named = Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, { shape, values }] of named) {
    hash.update(JSON.stringify([name, shape, await tensorChecksum(values)]));
  }
  return hash.digest("hex");
}
