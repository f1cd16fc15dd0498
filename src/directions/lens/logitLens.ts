import type { RowBuffer } from "../../activations/activationFile.ts";
import { shapeText } from "../../activations/shape.ts";
import { EigenlensError } from "../../errors.ts";
import { sayLogits, type LensLogits, type TokenSet } from "./lensLogits.ts";
import type { NormKind } from "./normKinds.ts";
import type { TokenNames } from "./vocabulary.ts";
import { readVector, type Weight } from "./weights.ts";

export interface LensWeights {
  /** W_U, [V, D] or [D, V]. */
  readonly unembedding: Weight;
  /** Weights of the final norm, [D]. */
  readonly norm?: { readonly weight: Weight; readonly kind: NormKind };
  /** Of an MLP site: what leads from its neurons to the residual stream, [D, neurons] or [neurons, D]. */
  readonly down?: Weight;
}

export interface LensOptions {
  /** How many tokens at each end; 15 if omitted. */
  readonly most?: number;
  /** Two sets whose logits are compared: the first should rise with the direction. */
  readonly sets?: readonly [TokenSet, TokenSet];
  /** Told how much of the unembedding is read, 0 to 1, before every block; what it throws ends the lens. */
  readonly onBlock?: (fraction: number) => void;
}

/**
 * The logit lens of directions (nostalgebraist 2020): what each does to the logits if it reaches the unembedding as it
 * is, `W_U (g v)`, g the final norm's weights; the norm's division by a length is left out, since it changes no sign and
 * no order. The unembedding is streamed once for all.
 * @param directions [D] each, by name; of an MLP site in its neurons
 * @param names of the tokens
 * @throws EigenlensError "condition" if widths do not fit each other, or the vocabulary is another one
 */
export async function logitLens<Name extends string>(
  directions: Readonly<Record<Name, Float64Array>>,
  weights: LensWeights,
  names: TokenNames,
  options: LensOptions = {},
): Promise<Record<Name, LensLogits>> {
  const entries = Object.entries<Float64Array>(directions);
  let vectors = entries.map(([, vector]) => vector);
  if (weights.down !== undefined) vectors = await throughDown(vectors, weights.down);
  const [width = 0] = vectors.map(({ length }) => length);
  vectors = await throughNorm(vectors, width, weights.norm);
  const logits = await unembed(vectors, width, weights.unembedding, names, options.onBlock);
  return Object.fromEntries(
    entries.map(([name], i) => [
      name,
      sayLogits(logits[i], names, options.most ?? 15, options.sets),
    ]),
  ) as Record<Name, LensLogits>;
}

async function throughDown(
  vectors: readonly Float64Array[],
  down: Weight,
): Promise<Float64Array[]> {
  const neurons = vectors[0]?.length ?? 0;
  const [rows = 0, columns = 0] = down.shape;
  if (down.shape.length !== 2 || (rows !== neurons && columns !== neurons)) {
    throw new EigenlensError(
      "condition",
      `${down.where} is ${shapeText(down.shape)}, and the direction has ${neurons} neurons: give the projection from these neurons to the residual stream.`,
    );
  }
  // Of a square one the rows are the outputs, as PyTorch keeps linear layers.
  return products(vectors, down, columns === neurons);
}

async function throughNorm(
  vectors: readonly Float64Array[],
  width: number,
  norm: LensWeights["norm"],
): Promise<Float64Array[]> {
  if (norm === undefined) return [...vectors];
  const weight = await readVector(norm.weight, width);
  const offset = norm.kind === "gemma" ? 1 : 0;
  return vectors.map((vector) => {
    const sum = norm.kind === "layer" ? vector.reduce((total, value) => total + value, 0) : 0;
    return vector.map((value, j) => (value - sum / width) * (weight[j] + offset));
  });
}

function unembed(
  vectors: readonly Float64Array[],
  width: number,
  unembedding: Weight,
  names: TokenNames,
  onBlock: LensOptions["onBlock"],
): Promise<Float64Array[]> {
  const { shape, where } = unembedding;
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || (rows !== width && columns !== width)) {
    throw new EigenlensError(
      "condition",
      `${where} is ${shapeText(shape)}, and the direction has ${width} values: give the unembedding of the same model${shape.length === 2 ? ", and for an MLP site its down-projection" : ""}.`,
    );
  }
  const tokensAreRows = columns === width;
  const tokens = tokensAreRows ? rows : columns;
  // Unembeddings are padded beyond their names, but no name is beyond them.
  if (names.length > tokens) {
    throw new EigenlensError(
      "condition",
      `The vocabulary names ${names.length} tokens, ${where} has ${tokens}: it belongs to another model.`,
    );
  }
  return products(vectors, unembedding, tokensAreRows, onBlock);
}

/** `W v` if the weight's columns are v's values, else `W'v`; one pass for all vectors. */
async function products(
  vectors: readonly Float64Array[],
  weight: Weight,
  rowsAreOutputs: boolean,
  onBlock?: LensOptions["onBlock"],
): Promise<Float64Array[]> {
  const [rows = 0, columns = 0] = weight.shape;
  const outputs = vectors.map(() => new Float64Array(rowsAreOutputs ? rows : columns));
  await weight.forEachBlock((values, first, count) => {
    onBlock?.(first / rows);
    vectors.forEach((vector, i) => {
      if (rowsAreOutputs) innerProducts(values, count, vector, outputs[i], first);
      else addRows(values, count, vector, first, outputs[i]);
    });
  });
  if (!outputs.every((output) => output.every(Number.isFinite))) {
    throw new EigenlensError(
      "condition",
      `${weight.where} holds a value that is not finite: save it again.`,
    );
  }
  return outputs;
}

function innerProducts(
  values: RowBuffer,
  rows: number,
  vector: Float64Array,
  output: Float64Array,
  first: number,
): void {
  const width = vector.length;
  for (let row = 0; row < rows; row += 1) {
    const at = row * width;
    // Four sums, so that one addition need not wait for the last.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let j = 0;
    for (; j + 3 < width; j += 4) {
      a += values[at + j] * vector[j];
      b += values[at + j + 1] * vector[j + 1];
      c += values[at + j + 2] * vector[j + 2];
      d += values[at + j + 3] * vector[j + 3];
    }
    for (; j < width; j += 1) a += values[at + j] * vector[j];
    output[first + row] = a + b + (c + d);
  }
}

function addRows(
  values: RowBuffer,
  rows: number,
  vector: Float64Array,
  first: number,
  output: Float64Array,
): void {
  const width = output.length;
  for (let row = 0; row < rows; row += 1) {
    const weight = vector[first + row];
    for (let j = 0; j < width; j += 1) output[j] += weight * values[row * width + j];
  }
}
