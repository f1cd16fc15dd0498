import * as v from "valibot";
import { estimatorNames } from "../../ged/method/shrinkage/estimators.ts";
import type {
  ExportInput,
  InspectInput,
  ReadRunInput,
  RunInput,
  SweepInput,
  TransferInput,
  ValidateInput,
} from "../api/inputs.ts";

// What stands here is read by language models: descriptions say what to write, not how it is computed.

const said = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.exactOptional(v.pipe(schema, v.description(description)));
const whole = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));
const path = (description: string) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(4096), v.description(description));

const source = (role: string) =>
  path(
    `${role} A file or folder of activations, relative to the first root (the workspace folder) or absolute; a tensor of a container as layers.safetensors#blocks.6.him; rows by label as data.npz#X[labels=him]; one token of [rows, tokens, neurons] as tokens.npy[token=last]; a range of rows as him.npy[rows=0:40].`,
  );
const target = source("The condition whose variance the direction is to carry (S).");
const reference = source("The condition for which the direction is to be silent (R).");
const run = path("A run document, NAME.ged.safetensors.");
const overwrite = said(v.boolean(), "Whether a file of that name may be replaced; default false.");
const runOut = said(
  path("NAME.ged.safetensors"),
  "The run document to write, NAME.ged.safetensors; the other tools take it. Nothing is written if it is left out.",
);

const method = {
  variance: said(
    v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
    "Share of variance that the kept components must hold; default 0.99.",
  ),
  components: said(whole(1), "Exactly as many components instead of a share."),
  atMost: said(whole(1), "No more components than these, whatever the share asks for."),
  shrinkage: said(
    v.union([v.pipe(v.number(), v.minValue(0), v.maxValue(1)), v.picklist(estimatorNames)]),
    "Shrinkage of the silenced condition's covariance: a number (default 0.01; 0.1 lowers the in-sample inflation), or who estimates it.",
  ),
};
const permutations = said(
  whole(0),
  "Permutations of the labels; up to 1000 by default, fewer if no p needs them; 0 for none, and no p.",
);
const seed = said(whole(0), "Seed of folds and permutations; default 1.");
const validation = {
  folds: said(whole(2), "Folds of the cross-validation; default 5."),
  repeats: said(whole(1), "Repeats of the cross-validation; default 3."),
  permutations,
  seed,
};
const component = {
  run,
  component: said(whole(1), "Which component, from 1; default 1."),
  swapped: said(
    v.boolean(),
    "Of the direction that carries the run's reference and silences its target; default false.",
  ),
};

export const inspectInput: v.GenericSchema<unknown, InspectInput> = v.strictObject({
  path: path("An activation file, or a folder of files that belong together."),
  offset: said(whole(0), "The first tensor to list, from 0; default 0."),
  limit: said(v.pipe(whole(1), v.maxValue(1000)), "The most tensors to list; default 100."),
});

export const runInput: v.GenericSchema<unknown, RunInput> = v.strictObject({
  target,
  reference,
  ...method,
  validate: said(
    v.boolean(),
    "Whether to add what survives on held-out rows and under permuted labels; default false.",
  ),
  ...validation,
  out: runOut,
  overwrite,
});

export const validateInput: v.GenericSchema<unknown, ValidateInput> = v.strictObject({
  run: said(
    path("NAME.ged.safetensors"),
    "A run document, NAME.ged.safetensors: its sources and options are taken. Or give target and reference.",
  ),
  target: v.exactOptional(target),
  reference: v.exactOptional(reference),
  ...method,
  ...validation,
  out: runOut,
  overwrite,
});

export const sweepInput: v.GenericSchema<unknown, SweepInput> = v.strictObject({
  files: v.pipe(
    v.array(path("A file, a folder, or one with selections such as vllm[token=last].")),
    v.minLength(1),
    v.maxLength(1000),
    v.description(
      "One container with all layers, or files with layer numbers in their names, of both conditions.",
    ),
  ),
  ...method,
  validate: said(
    v.boolean(),
    "Whether to validate each layer, without which the best layer means nothing; default true.",
  ),
  ...validation,
});

export const transferInput: v.GenericSchema<unknown, TransferInput> = v.strictObject({
  ...component,
  target: source("The condition that stands for the run's target."),
  reference: source("The condition that stands for the run's reference."),
  permutations: said(whole(0), "Permutations of the labels; default 1000, 0 for none, and no p."),
  seed,
});

export const readRunInput: v.GenericSchema<unknown, ReadRunInput> = v.strictObject({ run });

export const exportInput: v.GenericSchema<unknown, ExportInput> = v.strictObject({
  ...component,
  out: path("The file to write: NAME.direction.safetensors, or NAME.gguf for gguf."),
  overwrite,
  format: said(
    v.picklist(["direction", "gguf"]),
    "direction (default): filter, pattern, means, mean difference, eraser and numbers, as safetensors. gguf: a control vector for llama.cpp, of the residual stream only.",
  ),
  use: said(
    v.picklist(["mean-difference", "discriminant", "pattern", "filter"]),
    "What a control vector adds; default mean-difference, which is what works.",
  ),
});
