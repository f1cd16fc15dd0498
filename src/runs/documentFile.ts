import { metadataChecksum, tensorChecksum } from "./checksums.ts";
import { formatKeys, formatName, formatVersion } from "./documentFormat.ts";
import type { RunDocument } from "./runDocument.ts";
import { safetensorsHeader } from "./safetensorsHeader.ts";
import { writtenRun } from "./written/run.ts";

/**
 * A run document as bytes: a safetensors file (8 bytes little-endian header length, JSON header padded
 * to 8 bytes, float64 data) whose `__metadata__` carries everything that is not a tensor, each entry but
 * `format` as JSON text, so that `safetensors.numpy.load_file` reads the tensors with one line of Python.
 * Checksums of the tensors and of the metadata stand apart there (`sha256.tensors`, `sha256.metadata`).
 * @returns header, then one view on each tensor's own memory: nothing is copied, to be written in this order
 */
export async function documentParts(document: RunDocument): Promise<Uint8Array[]> {
  const { tensors, version, ...rest } = document;
  const run = writtenRun(rest);
  const sums: Record<string, string> = {};
  for (const [name, { values }] of Object.entries(tensors)) {
    sums[name] = await tensorChecksum(values);
  }
  const metadata: Record<string, string> = {
    [formatKeys.format]: formatName,
    [formatKeys.version]: JSON.stringify(formatVersion),
    [formatKeys.maker]: JSON.stringify(version),
  };
  for (const [key, value] of Object.entries(run)) {
    if (value !== undefined) metadata[key] = JSON.stringify(value);
  }
  metadata[formatKeys.tensorSums] = JSON.stringify(sums);
  const shapes = Object.entries(tensors).map(([name, { shape }]) => ({ name, shape }));
  metadata[formatKeys.metadataSum] = JSON.stringify(metadataChecksum(metadata, shapes));
  const data = Object.values(tensors).map(
    ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  return [safetensorsHeader(metadata, tensors), ...data];
}

/** {@link documentParts} in one piece. */
export async function encodeDocument(document: RunDocument): Promise<Uint8Array> {
  const parts = await documentParts(document);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
