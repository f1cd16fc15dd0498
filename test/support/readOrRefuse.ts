import { memorySource } from "../../src/activations/sources/memorySource.ts";
import { EigenlensError } from "../../src/errors.ts";
import { readDocument } from "../../src/runs/reading/readDocument.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";

/**
 * Reads a document that may be damaged.
 * @returns the document, or the one line that refused it
 * @throws whatever is no refusal as the reader promises them: a fault of ours
 */
export async function readOrRefuse(
  bytes: Uint8Array,
): Promise<{ document: RunDocument } | { refusal: string }> {
  try {
    return { document: await readDocument(memorySource("run.ged.safetensors", bytes)) };
  } catch (thrown) {
    const isRefusal = thrown instanceof EigenlensError && thrown.code === "file-format";
    if (!isRefusal || !/^run\.ged\.safetensors [^\n]{1,1980}$/.test(thrown.message)) throw thrown;
    return { refusal: thrown.message };
  }
}

/** The line that refuses a document; fails where it is taken. */
export async function refusalOf(bytes: Uint8Array): Promise<string> {
  const outcome = await readOrRefuse(bytes);
  if ("refusal" in outcome) return outcome.refusal;
  throw new Error("the document was taken");
}
