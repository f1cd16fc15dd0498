import type { RowBuffer } from "../../activations/activationFile.ts";
import type { FileSystem } from "../../activations/byteSource.ts";
import { EigenlensError } from "../../errors.ts";
import type { TokenChoice } from "../condition.ts";
import { rowsOfCondition } from "../sidecars/sidecarRows.ts";
import { readNamedSidecar } from "../sidecars/readSidecar.ts";

/** Takes `[tokens, columns]` of one sentence to `[columns]`. */
export type TokenReduction = (
  values: RowBuffer,
  from: number,
  destination: RowBuffer,
  to: number,
  row: number,
) => void;

/**
 * Prepares the choice of a token position. Positions after the last token that is not zero throughout count
 * as padding: `last` is the last real token, and `mean` leaves padding out.
 * @param rows the selected rows, by their number in the file; an index file has one entry for each of them, or
 *   one for each row of the file
 * @param names what the condition is called, by which an index file of several conditions is searched
 * @throws EigenlensError "condition" where a position lies outside; the row is named
 */
export async function tokenReduction(
  choice: TokenChoice,
  shape: { readonly fileRows: number; readonly tokens: number; readonly columns: number },
  rows: Uint32Array,
  where: string,
  names: readonly string[],
  fileSystem: FileSystem,
  dataPath: string,
): Promise<TokenReduction> {
  const { tokens, columns } = shape;
  const take = (values: RowBuffer, from: number, token: number, into: RowBuffer, to: number) => {
    into.set(values.subarray(from + token * columns, from + (token + 1) * columns), to);
  };
  switch (choice.kind) {
    case "index": {
      const token = resolve(choice.index, tokens);
      if (token === undefined) throw outside(where, choice.index, tokens, undefined);
      return (values, from, into, to) => take(values, from, token, into, to);
    }
    case "last":
      return (values, from, into, to) =>
        take(values, from, Math.max(0, realTokens(values, from, tokens, columns) - 1), into, to);
    case "mean":
      return (values, from, into, to) => {
        const count = Math.max(1, realTokens(values, from, tokens, columns));
        for (let column = 0; column < columns; column++) {
          let sum = 0;
          for (let token = 0; token < count; token++) {
            sum += values[from + token * columns + column] as number;
          }
          into[to + column] = sum / count;
        }
      };
    case "indexFile": {
      const positions = await readPositions(
        choice.path,
        shape,
        rows,
        where,
        names,
        fileSystem,
        dataPath,
      );
      return (values, from, into, to, row) => {
        const token = positions[row];
        if (token === undefined) throw new RangeError(`There is no position for row ${row}.`);
        take(values, from, token, into, to);
      };
    }
    default:
      return choice satisfies never;
  }
}

/** Tokens up to the last one that is not zero throughout. */
function realTokens(values: RowBuffer, from: number, tokens: number, columns: number): number {
  for (let at = from + tokens * columns - 1; at >= from; at--) {
    if (values[at] !== 0) return Math.floor((at - from) / columns) + 1;
  }
  return 0;
}

function resolve(index: number, tokens: number): number | undefined {
  const token = index < 0 ? index + tokens : index;
  return Number.isInteger(token) && token >= 0 && token < tokens ? token : undefined;
}

function outside(where: string, index: number | string, tokens: number, row: number | undefined) {
  const at = row === undefined ? "" : ` for row ${row}`;
  return new EigenlensError(
    "condition",
    `${where}: token position ${index}${at} lies outside its ${tokens} tokens: choose 0 to ${tokens - 1}, or a negative position from the end.`,
  );
}

const positionColumns = [
  "",
  "index",
  "indices",
  "position",
  "positions",
  "token_index",
  "token_position",
  "token",
  "pronoun_index",
];

async function readPositions(
  path: string,
  shape: { readonly fileRows: number; readonly tokens: number },
  rows: Uint32Array,
  where: string,
  names: readonly string[],
  fileSystem: FileSystem,
  dataPath: string,
): Promise<Uint32Array> {
  const sidecar = await readNamedSidecar(dataPath, path, fileSystem, shape.fileRows);
  const known =
    positionColumns
      .map((column) => sidecar.columns.get(column))
      .find((texts) => texts !== undefined) ??
    (sidecar.columns.size === 1 ? [...sidecar.columns.values()][0] : undefined) ??
    positionsOfPairs(sidecar.columns);
  if (known === undefined) {
    throw new EigenlensError(
      "condition",
      `${sidecar.path} holds no list of token positions: write one whole number per row, as in [3, 5, 4].`,
    );
  }
  const own = rowsOfCondition(sidecar, names).map((row) => known[row] ?? "");
  const list = [known, own].find(
    (texts) => texts.length === shape.fileRows || texts.length === rows.length,
  );
  if (list === undefined) {
    throw new EigenlensError(
      "condition",
      `${sidecar.path} holds ${known.length} token positions, ${where} has ${shape.fileRows} rows of which ${rows.length} are selected: write one position per row.`,
    );
  }
  const perFileRow = list.length === shape.fileRows;
  return Uint32Array.from(rows, (row, position) => {
    const text = list[perFileRow ? row : position] ?? "";
    const token = resolve(text.trim() === "" ? Number.NaN : Number(text), shape.tokens);
    if (token === undefined) throw outside(where, text, shape.tokens, row);
    return token;
  });
}

function positionsOfPairs(columns: ReadonlyMap<string, readonly string[]>) {
  return [...columns].find(([name]) => /(index|position)$/i.test(name))?.[1];
}
