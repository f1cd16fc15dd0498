import type { Condition } from "../conditions/condition.ts";
import { meanDirections } from "../directions/meanDirections.ts";
import type { Compression } from "../ged/full/compression.ts";
import { ofDirections, rolesOfDirection, type DirectionName } from "../ged/method/directions.ts";
import type { GedRun } from "../ged/method/run.ts";
import { identity, matrix, type Matrix } from "../linalg/matrix.ts";
import { mapDirection, type MappedDirection } from "./mapDirection.ts";
import type { DocumentTensor, RunDocument } from "./runDocument.ts";
import { summarizeRun } from "./summarize.ts";
import type { SourceRecord } from "./summary.ts";
import { tensorNames } from "./written/tensorNames.ts";

/** Above this many bytes one optional tensor of a document is left out. */
const tensorBytes = 32 * 2 ** 20;
/** Longer sentences altogether are left out: a header of safetensors must stay below 100 MB, escapes included. */
const sentenceCharacters = 12 * 2 ** 20;
/** On the covariance route every mapped component costs a product with every row. */
const mappedFromRows = 16;

/**
 * Makes the complete run document: maps the components with an eigenvalue above zero to neurons, as
 * many as a document of reasonable size holds, and projects every row on them.
 * @param sources hashes and sizes of what was read
 */
export async function buildDocument(
  run: GedRun,
  conditions: {
    readonly target: Pick<Condition, "sentences">;
    readonly reference: Pick<Condition, "sentences">;
  },
  sources: RunDocument["sources"],
  version: string,
): Promise<RunDocument> {
  const { compression, solved, moments } = run;
  const k = compression.components;
  const cap = mappedLimit(run);
  const mapped = ofDirections((direction) => {
    const { carried } = rolesOfDirection[direction];
    const count = Math.min(solved.diagnosis[carried].rank, cap);
    return mapDirection(compression, solved[direction], carried, moments, 0, count);
  });
  // Side by side, so that large files are read once for both.
  await Promise.all(Object.values(mapped));
  const { target, reference } = conditions;
  return {
    version,
    created: new Date().toISOString(),
    options: run.options,
    sources,
    summary: summarizeRun(run),
    ...storedSentences(target, reference),
    tensors: {
      "compression.eigenvalues": vector(compression.eigenvalues.slice(0, k)),
      ...(await spanTensors(compression, moments.columns, rowsAtHand(run))),
      "covariance.target": tensor(solved.target),
      "covariance.reference": tensor(solved.reference),
      ...directionTensors("forward", solved.forward.eigenvalues, await mapped.forward),
      ...directionTensors("swapped", solved.swapped.eigenvalues, await mapped.swapped),
      ...differenceTensors(run),
      "neurons.target.mean": vector(moments.target.mean),
      "neurons.target.variance": vector(moments.target.variance),
      "neurons.reference.mean": vector(moments.reference.mean),
      "neurons.reference.variance": vector(moments.reference.variance),
    },
  };
}

function storedSentences(
  { sentences: target }: Pick<Condition, "sentences">,
  { sentences: reference }: Pick<Condition, "sentences">,
): Pick<RunDocument, "sentences"> {
  if (target === undefined || reference === undefined) return {};
  const length = [...target, ...reference].reduce((sum, sentence) => sum + sentence.length, 0);
  return length > sentenceCharacters ? {} : { sentences: { target, reference } };
}

/**
 * What a document says of a source.
 * @param hash SHA-256 of the file's bytes, in hexadecimal
 */
export function sourceRecord(
  condition: Pick<Condition, "name" | "source" | "provenance" | "capture">,
  hash: string,
): SourceRecord {
  const { provenance, source, capture } = condition;
  return {
    condition: { ...source, name: condition.name },
    hash,
    ...provenance,
    ...(capture === undefined ? {} : { provenance: capture }),
  };
}

/** How many rows are projected: of a run from moments those that were kept. */
function rowsAtHand({ atHand, moments }: GedRun): number {
  const { target, reference } = atHand ?? {
    target: moments.target.rows,
    reference: moments.reference.rows,
  };
  return target + reference;
}

function mappedLimit(run: GedRun): number {
  // Filters and patterns of both directions.
  const bySize = Math.max(1, Math.floor(tensorBytes / (4 * 8 * run.moments.columns)));
  return run.moments.route === "covariance" ? Math.min(bySize, mappedFromRows) : bySize;
}

/**
 * The components and the rows' scores in them, as far as they are small: what the panel's controls
 * re-solve and map from.
 */
async function spanTensors(
  compression: Compression,
  columns: number,
  rows: number,
): Promise<Record<string, DocumentTensor>> {
  const k = compression.components;
  const available = compression.target.rows;
  const fits = (count: number) =>
    8 * count * columns <= tensorBytes && 8 * count * rows <= tensorBytes;
  const stored = fits(available) ? available : k;
  const tensors: Record<string, DocumentTensor> = {};
  if (8 * stored * columns > tensorBytes) return tensors;
  const components = compression.toNeurons(identity(stored));
  const split = k * columns;
  tensors["compression.components"] = tensor(matrix(k, columns, components.values.slice(0, split)));
  if (stored > k) {
    tensors["compression.furtherComponents"] = tensor(
      matrix(stored - k, columns, components.values.slice(split)),
    );
  }
  if (8 * stored * rows > tensorBytes) return tensors;
  const scores = await compression.project(identity(stored));
  if (scores !== undefined) {
    tensors["scores.target"] = tensor(scores.target);
    tensors["scores.reference"] = tensor(scores.reference);
  }
  return tensors;
}

function directionTensors(
  direction: DirectionName,
  eigenvalues: Float64Array,
  mapped: MappedDirection,
): Record<string, DocumentTensor> {
  const names = tensorNames[direction];
  return {
    [names.eigenvalues]: vector(eigenvalues),
    [names.vectors]: tensor(mapped.vectors),
    [names.filters]: tensor(mapped.filters),
    [names.patterns]: tensor(mapped.patterns),
    [names.meanDifference]: vector(mapped.meanDifference),
    ...(mapped.projections === undefined
      ? {}
      : {
          [names.projections.target]: tensor(mapped.projections.target),
          [names.projections.reference]: tensor(mapped.projections.reference),
        }),
  };
}

function differenceTensors(run: GedRun): Record<string, DocumentTensor> {
  const { compression, moments, solved } = run;
  const { discriminant, eraser } = meanDirections(compression, moments, solved.forward.gamma);
  return {
    ...(discriminant === undefined ? {} : { "difference.discriminant": vector(discriminant) }),
    ...(eraser === undefined ? {} : { "difference.eraser": vector(eraser) }),
  };
}

function tensor(a: Matrix): DocumentTensor {
  return { shape: [a.rows, a.columns], values: a.values };
}

function vector(values: Float64Array): DocumentTensor {
  return { shape: [values.length], values };
}
