import { readFileSync } from "node:fs";
import { memorySource } from "../../src/activations/sources/memorySource.ts";
import { readDocument } from "../../src/runs/reading/readDocument.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import type { SourceRecord } from "../../src/runs/summary.ts";

/** Documents of format 1, as the last Eigenlens wrote them that knew no other: 2 x 8 rows, 6 neurons. */
export const formatOne = {
  plain: new Uint8Array(readFileSync("test/unit/runs/data/format1_plain.ged.safetensors")),
  /** With sentences, a validation and a transfer. */
  validated: new Uint8Array(readFileSync("test/unit/runs/data/format1_validated.ged.safetensors")),
};

/** A real run of 2 x 8 rows and 6 neurons that has every entry a document may have. */
export async function richDocument(): Promise<RunDocument> {
  const path = "rich.ged.safetensors";
  const document = await readDocument(memorySource(path, formatOne.validated));
  const { summary, sources, options } = document;
  const { validation } = summary;
  if (!validation) throw new Error("the sample has lost its validation");
  const selected = (record: SourceRecord): SourceRecord => ({
    ...record,
    condition: {
      ...record.condition,
      tensor: "X",
      label: { column: "labels", value: "him" },
      sentences: { column: "sentences", pattern: "\\bhim\\b" },
      rows: { start: 0, stop: 8 },
      elementType: "bfloat16",
      token: { kind: "index", index: -1 },
    },
  });
  return {
    ...document,
    options: { ...options, components: 6, componentsAreCap: true },
    sources: { target: selected(sources.target), reference: selected(sources.reference) },
    summary: {
      ...summary,
      validation: { ...validation, heldOutRatioInterval: { low: 0.5, high: 2 } },
    },
  };
}
