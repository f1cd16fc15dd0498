import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import { maskNames } from "../../activations/axes/axisWitness.ts";
import { place } from "../../activations/storedTensor.ts";
import { EigenlensError } from "../../errors.ts";

/** Which tokens of each row are its own, and no padding. */
export class OwnTokens {
  readonly #starts: Uint32Array;
  readonly #stops: Uint32Array;
  /** Of rows whose own tokens have gaps. */
  readonly #others = new Map<number, Uint32Array>();

  constructor(rows: number) {
    this.#starts = new Uint32Array(rows);
    this.#stops = new Uint32Array(rows);
  }

  set(row: number, tokens: Uint32Array): void {
    const first = tokens[0] ?? 0;
    this.#starts[row] = first;
    this.#stops[row] = first + tokens.length;
    if ((tokens.at(-1) ?? first) - first >= tokens.length && tokens.length > 0) {
      this.#others.set(row, tokens);
    }
  }

  /** The positions of a row's own tokens, in order. */
  of(row: number): Uint32Array {
    const first = this.#starts[row] ?? 0;
    return (
      this.#others.get(row) ??
      Uint32Array.from({ length: (this.#stops[row] ?? 0) - first }, (_, at) => first + at)
    );
  }
}

/** The mask beside a tensor: one value for each row and token. */
export function findMask(
  file: ActivationFile,
  info: TensorInfo,
  tokens: number,
): TensorInfo | undefined {
  const [rows] = info.shape;
  return maskNames
    .map((name) => file.tensors.find((tensor) => tensor.name.toLowerCase() === name))
    .find((mask) => {
      if (mask === undefined || mask.unreadable !== undefined || mask.shape.length !== 2)
        return false;
      const isLike =
        mask.shape[1] === tokens || (mask.ragged !== undefined && info.ragged !== undefined);
      return mask.shape[0] === rows && mask.elementType !== "text" && isLike;
    });
}

const blockValues = 2 ** 20;

/**
 * Reads a mask, a block of rows at a time.
 * @param rows the selected ones, ascending; the answer counts among these
 * @throws EigenlensError "condition" if a value is neither 0 nor 1; as the file
 */
export async function readMask(
  file: ActivationFile,
  mask: TensorInfo,
  rows: Uint32Array,
): Promise<OwnTokens> {
  const own = new OwnTokens(rows.length);
  const where = place(file.path, mask.name);
  if (mask.ragged !== undefined && file.readRagged !== undefined) {
    for (const [at, row] of rows.entries()) {
      const { shape, read } = await file.readRagged(mask.name, row);
      const values = new Float32Array(shape[0] ?? 0);
      if (values.length > 0) await read(0, values.length, values);
      own.set(at, trueTokens(values, where, row));
    }
    return own;
  }
  const [, tokens = 1] = mask.shape;
  const most = Math.max(1, Math.floor(blockValues / Math.max(1, tokens)));
  for (let from = 0; from < rows.length;) {
    const first = rows[from] ?? 0;
    let to = from + 1;
    while (to < rows.length && (rows[to] ?? 0) - first < most) to++;
    const stop = (rows[to - 1] ?? 0) + 1;
    const values = new Float32Array((stop - first) * tokens);
    await file.readRows(mask.name, first, stop, values);
    for (; from < to; from++) {
      const row = rows[from] ?? 0;
      const at = (row - first) * tokens;
      own.set(from, trueTokens(values.subarray(at, at + tokens), where, row));
    }
  }
  return own;
}

function trueTokens(values: Float32Array, where: string, row: number): Uint32Array {
  const odd = values.find((value) => value !== 0 && value !== 1);
  if (odd !== undefined) {
    throw new EigenlensError(
      "condition",
      `${where} holds ${odd} in row ${row}: a mask is 1 for a row's own tokens and 0 for padding; rename it if it is something else.`,
    );
  }
  const tokens: number[] = [];
  for (const [token, value] of values.entries()) if (value === 1) tokens.push(token);
  return Uint32Array.from(tokens);
}
