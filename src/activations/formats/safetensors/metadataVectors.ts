import { textVector, type StoredTensor } from "../../storedTensor.ts";

/**
 * Metadata that lists one text a row, as text vectors: a JSON list, or values separated by commas, as long
 * as the first axis of some tensor.
 * @param metadata names and texts beside the tensors
 * @param rows lengths of the tensors' first axes
 */
export function metadataVectors(
  metadata: Readonly<Record<string, unknown>>,
  rows: ReadonlySet<number | undefined>,
): StoredTensor[] {
  const vectors: StoredTensor[] = [];
  for (const [name, value] of Object.entries(metadata)) {
    const texts = listOf(value);
    if (texts !== undefined && texts.length > 1 && rows.has(texts.length)) {
      vectors.push(textVector(name, texts));
    }
  }
  return vectors;
}

function listOf(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== "string") return undefined;
  if (value.trimStart().startsWith("[")) {
    try {
      const parsed: unknown = JSON.parse(value);
      if (Array.isArray(parsed)) return parsed.map(String);
    } catch {
      // Not JSON after all: an ordinary text that begins with a bracket is split like any other.
    }
  }
  return value.split(",").map((text) => text.trim());
}
