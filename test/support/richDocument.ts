import { readFileSync } from "node:fs";
import { Cancellation } from "../../src/cancellation.ts";
import {
  defaultValidationOptions,
  type ValidationOptions,
} from "../../src/ged/validation/options.ts";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import { validateRows } from "../../src/ged/validation/validateRows.ts";
import { matrix } from "../../src/linalg/matrix.ts";
import { createScriptProducts } from "../../src/linalg/engines/scriptProducts.ts";
import { memorySource } from "../../src/activations/sources/memorySource.ts";
import { readDocument } from "../../src/runs/reading/readDocument.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import type { SourceRecord } from "../../src/runs/summary.ts";
import { randomRows } from "./random.ts";

/** Documents of format 1, as the last Eigenlens wrote them that knew no other: 2 x 8 rows, 6 neurons. */
export const formatOne = {
  plain: new Uint8Array(readFileSync("test/unit/runs/data/format1_plain.ged.safetensors")),
  /** With sentences, a validation and a transfer. */
  validated: new Uint8Array(readFileSync("test/unit/runs/data/format1_validated.ged.safetensors")),
};

/** Of other rows of the same size, with every part that a report may have. */
async function realValidation(): Promise<ValidationReport> {
  const plain = await validated({ permutations: 40 });
  // A learning curve and a choice in every fold exclude each other.
  const { tuning } = await validated({ permutations: 0, tuning: { mostShare: 1 } });
  // Twice the same, though the processor's time is not.
  return tuning === undefined ? plain : { ...plain, tuning: { ...tuning, seconds: 0.25 } };
}

function validated(options: Partial<ValidationOptions>): Promise<ValidationReport> {
  const rows = matrix(16, 6, Float64Array.from(randomRows(16, 6, 3).flat()));
  return validateRows(
    { rows, targetRows: 8, referenceRows: 8 },
    { keep: { share: 0.99 }, shrinkage: 0.01 },
    { ...defaultValidationOptions, folds: 4, repeats: 2, ...options },
    {
      cancellation: new Cancellation(),
      products: createScriptProducts(),
      threads: 0,
      report: () => undefined,
    },
  );
}

/** A real run of 2 x 8 rows and 6 neurons that has every entry a document may have. */
export async function richDocument(): Promise<RunDocument> {
  const path = "rich.ged.safetensors";
  const document = await readDocument(memorySource(path, formatOne.validated));
  const { summary, sources, options } = document;
  const validation = await realValidation();
  const selected = (record: SourceRecord): SourceRecord => ({
    ...record,
    condition: {
      ...record.condition,
      tensor: "X",
      label: { column: "labels", value: "him" },
      sentences: { column: "sentences", pattern: "\\bhim\\b" },
      rows: { start: 0, stop: 16, step: 2 },
      elementType: "bfloat16",
      axes: ["row", "layer", "head", "token", "neuron"],
      layer: 6,
      head: 3,
      token: { kind: "index", index: -1 },
    },
    provenance: {
      ...{ model: "m", revision: "r", site: "blocks.6.hook_resid_post", component: "residual" },
      ...{ layer: "6", token_rule: "last", tokenizer: "t", captured_with: "w 1" },
    },
  });
  const forward = {
    ...validation.directions.forward,
    heldOutRatioInterval: { low: 0.5, high: 2 },
  };
  return {
    ...document,
    options: { ...options, keep: { share: 0.99, atMost: 6 } },
    sources: { target: selected(sources.target), reference: selected(sources.reference) },
    summary: {
      ...summary,
      validation: {
        ...validation,
        directions: { ...validation.directions, forward },
        seconds: 1,
      },
    },
  };
}
