import * as v from "valibot";
import { axisNames } from "../../../activations/axes/axes.ts";
import type { CaptureProvenance } from "../../../activations/captureProvenance.ts";
import type { ConditionSource } from "../../../conditions/condition.ts";
import type { RunDocument } from "../../runDocument.ts";
import type { SourceRecord } from "../../summary.ts";
import { count, filledText, finite, positiveCount, text } from "./atoms.ts";

export const conditionSource: v.GenericSchema<unknown, ConditionSource> = v.looseObject({
  path: filledText,
  tensor: v.exactOptional(text),
  label: v.exactOptional(v.looseObject({ column: text, value: text })),
  sentences: v.exactOptional(v.looseObject({ column: text, pattern: text })),
  further: v.exactOptional(
    v.array(
      v.union([
        v.looseObject({ column: text, value: text }),
        v.looseObject({ column: text, pattern: text }),
      ]),
    ),
  ),
  rows: v.exactOptional(
    v.pipe(
      v.looseObject({ start: count, stop: count, step: v.exactOptional(positiveCount) }),
      v.check(({ start, stop }) => start <= stop),
    ),
  ),
  columns: v.exactOptional(
    v.variant("kind", [
      v.looseObject({ kind: v.literal("all") }),
      v.looseObject({ kind: v.literal("range"), start: count, stop: count }),
      v.looseObject({ kind: v.literal("pattern"), pattern: text }),
    ]),
  ),
  elementType: v.exactOptional(v.literal("bfloat16")),
  token: v.exactOptional(
    v.variant("kind", [
      v.looseObject({
        kind: v.literal("index"),
        index: v.pipe(v.number(), v.safeInteger()),
      }),
      v.looseObject({ kind: v.literal("last") }),
      v.looseObject({ kind: v.literal("mean") }),
      v.looseObject({ kind: v.literal("indexFile"), path: filledText }),
    ]),
  ),
  axes: v.exactOptional(v.array(v.picklist(axisNames))),
  layer: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
  head: v.exactOptional(v.union([v.literal("all"), v.pipe(v.number(), v.safeInteger())])),
  name: v.exactOptional(text),
});

const provenanceEntries = v.looseObject({
  model: v.exactOptional(text),
  revision: v.exactOptional(text),
  site: v.exactOptional(text),
  component: v.exactOptional(
    v.picklist(["residual", "mlp", "attention_head", "attention_out", "other"]),
  ),
  layer: v.exactOptional(text),
  token_rule: v.exactOptional(text),
  tokenizer: v.exactOptional(text),
  captured_with: v.exactOptional(text),
  notebook: v.exactOptional(text),
  variable: v.exactOptional(text),
});

/** Every entry may be missing, so that a list would do as well. */
const provenance: v.GenericSchema<unknown, CaptureProvenance> = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  provenanceEntries,
);

const sourceRecord: v.GenericSchema<unknown, SourceRecord> = v.looseObject({
  condition: conditionSource,
  path: filledText,
  format: text,
  tensor: text,
  elementType: text,
  byteLength: count,
  modified: finite,
  // The name of the hash before it, since large files are hashed in samples.
  hash: v.pipe(text, v.regex(/^[\w-]+:[0-9a-f]+$/)),
  provenance: v.exactOptional(provenance),
});

export const sources: v.GenericSchema<unknown, RunDocument["sources"]> = v.looseObject({
  target: sourceRecord,
  reference: sourceRecord,
});
