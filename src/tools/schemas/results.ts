import * as v from "valibot";
import type {
  ExportResult,
  InspectResult,
  ReadRunResult,
  RunResult,
  SweepResult,
  TransferResult,
} from "../api/results.ts";

const number = v.exactOptional(v.number());
const text = v.exactOptional(v.string());
const texts = v.array(v.string());
const verdict = v.exactOptional(v.picklist(["holds", "not-shown", "does-not-hold", "cannot-tell"]));

const ratio = {
  ratioInSample: number,
  ratioHeldOut: number,
  ratioHeldOutLow: number,
  ratioHeldOutHigh: number,
  p: number,
  pTests: text,
};
const roles = { carries: v.string(), silences: v.string() };
const scores = {
  ...roles,
  ...ratio,
  carriedVarianceInSample: number,
  silencedVarianceInSample: number,
  carriedVarianceHeldOut: number,
  silencedVarianceHeldOut: number,
  aucInSample: number,
  aucHeldOut: number,
};

const provenance = v.exactOptional(
  v.strictObject({
    model: text,
    revision: text,
    site: text,
    component: text,
    layer: text,
    token_rule: text,
    tokenizer: text,
    captured_with: text,
    notebook: text,
    variable: text,
  }),
);

export const inspectResult: v.GenericSchema<InspectResult> = v.strictObject({
  path: v.string(),
  format: v.string(),
  byteLength: v.number(),
  tensorCount: v.number(),
  tensors: v.array(
    v.strictObject({
      name: v.string(),
      shape: v.array(v.number()),
      dtype: v.string(),
      axes: v.exactOptional(texts),
      axesReason: text,
      layers: v.exactOptional(v.array(v.number())),
      provenance,
      unreadable: text,
      notes: v.exactOptional(texts),
    }),
  ),
});

const direction = v.strictObject({
  ...scores,
  finding: v.string(),
  verdict,
  eigenvalueInSample: number,
  permutedRatioInSample: number,
  permutedRatioHeldOut: number,
  relativeRatioHeldOut: number,
  silenceHeldOut: number,
});

const condition = v.strictObject({ name: v.string(), rows: v.number(), distinctRows: number });

const validation = v.strictObject({
  method: v.string(),
  clusters: v.number(),
  permutations: number,
  estimand: v.string(),
  maxP: number,
  maxPTests: text,
  warnings: v.array(v.strictObject({ code: v.string(), text: v.string() })),
  omitted: texts,
});

const run = {
  run: text,
  target: condition,
  reference: condition,
  neurons: v.number(),
  components: v.number(),
  shrinkage: v.number(),
  shrinkageSwapped: v.number(),
  varianceKeptInSample: v.number(),
  rankInSample: v.strictObject({
    target: v.number(),
    reference: v.number(),
    referenceShrunk: v.number(),
  }),
  directions: v.array(direction),
  validation: v.exactOptional(validation),
  warnings: texts,
};

export const runResult: v.GenericSchema<RunResult> = v.strictObject(run);

export const sweepResult: v.GenericSchema<SweepResult> = v.strictObject({
  layers: v.array(
    v.strictObject({
      layer: v.number(),
      label: v.string(),
      neurons: number,
      components: number,
      directions: v.exactOptional(
        v.array(
          v.strictObject({
            ...roles,
            ...ratio,
            verdict,
            eigenvalueInSample: number,
            pCorrected: number,
          }),
        ),
      ),
      error: text,
    }),
  ),
  strongest: v.exactOptional(v.strictObject({ layer: v.number(), carries: v.string() })),
  pCorrectedTests: text,
});

export const transferResult: v.GenericSchema<TransferResult> = v.strictObject({
  ...scores,
  component: v.number(),
  target: v.string(),
  reference: v.string(),
  warnings: texts,
});

const source = v.strictObject({
  source: v.string(),
  format: v.string(),
  dtype: v.string(),
  hash: v.string(),
  provenance,
});

export const readRunResult: v.GenericSchema<ReadRunResult> = v.strictObject({
  ...run,
  version: v.string(),
  created: v.string(),
  sources: v.strictObject({ target: source, reference: source }),
  transfers: v.array(v.strictObject({ created: v.string(), components: v.array(transferResult) })),
});

export const exportResult: v.GenericSchema<ExportResult> = v.strictObject({
  ...roles,
  ...ratio,
  out: v.string(),
  format: v.picklist(["direction", "gguf"]),
  byteLength: v.number(),
  component: v.number(),
});
