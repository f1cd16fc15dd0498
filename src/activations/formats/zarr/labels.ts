import { EigenlensError } from "../../../errors.ts";
import { decodeIntegerLabels } from "../../elements/decode.ts";
import { isNumericType } from "../../elements/elementType.ts";
import { valueCount } from "../../shape.ts";
import { memorySource } from "../../sources/memorySource.ts";
import { npyTextVector } from "../numpy/npyText.ts";
import { visitRuns, type ZarrChunk } from "./chunkPanel.ts";
import type { ChunkReader } from "./chunkReader.ts";

/**
 * All values of an array of texts, whole numbers or booleans as texts, in C order.
 * @throws EigenlensError "file-format" if a chunk is damaged
 */
export async function readLabels(reader: ChunkReader, where: string): Promise<string[]> {
  const { metadata } = reader;
  const { shape, fill } = metadata;
  const rows = shape[0] ?? 0;
  const labels = new Array<string>(valueCount(shape)).fill(fill.label);
  for (const chunk of await reader.read(0, rows)) {
    const values = await labelsOf(reader, chunk, where);
    visitRuns(metadata, chunk.coordinates, 0, rows, (inChunk, inRows, count) => {
      for (let at = 0; at < count; at++) labels[inRows + at] = values[inChunk + at] ?? "";
    });
  }
  return labels;
}

async function labelsOf(
  { metadata }: ChunkReader,
  chunk: ZarrChunk & { readonly texts?: readonly string[] },
  where: string,
): Promise<readonly string[]> {
  const { elementType, width, text } = metadata.type;
  const count = valueCount(metadata.chunkShape);
  if (isNumericType(elementType)) {
    const labels = decodeIntegerLabels(elementType, "little", chunk.bytes, count);
    return elementType === "bool" ? labels.map(booleanLabel) : labels;
  }
  if (text === "variable") return chunk.texts ?? [];
  if (text === undefined) throw new EigenlensError("file-format", `${where} holds no texts.`);
  const source = memorySource(where, chunk.bytes);
  const characters = text === "utf32" ? width / 4 : width;
  return npyTextVector(source, 0, count, characters, text, "little");
}

/** As Python prints them, whichever way they were decoded. */
function booleanLabel(label: string): string {
  return label === "0" || label === "False" ? "False" : "True";
}
