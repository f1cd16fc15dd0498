import type { FileSystem } from "../../activations/byteSource.ts";
import { EigenlensError } from "../../errors.ts";
import type { TokenChoice } from "../condition.ts";
import { readNamedSidecar } from "../sidecars/readSidecar.ts";
import { rowsOfCondition } from "../sidecars/sidecarRows.ts";

/** How the tokens of a row become one vector: the mean of its own, or one of them. */
export type TokenRule =
  | { readonly kind: "mean" }
  /** The last of its own tokens. */
  | { readonly kind: "last" }
  /** One by its position among the row's own tokens. */
  | { readonly kind: "position"; readonly of: (row: number) => number | string };

/**
 * What a choice of token means for each row.
 * @param shape rows and tokens of the tensor; a file of positions has one for each row, or for each selected row
 * @param rows the selected rows, by their number in the file
 * @param names what the condition is called, by which a file of positions of several conditions is searched
 * @throws EigenlensError "condition" if a file of positions does not fit; as the file
 */
export async function tokenRule(
  choice: TokenChoice,
  fileRows: number,
  rows: Uint32Array,
  where: string,
  names: readonly string[],
  fileSystem: FileSystem,
  dataPath: string,
): Promise<TokenRule> {
  switch (choice.kind) {
    case "last":
    case "mean":
      return choice;
    case "index": {
      const { index } = choice;
      return { kind: "position", of: () => index };
    }
    case "indexFile": {
      const { path } = choice;
      const positions = await readPositions(
        path,
        fileRows,
        rows,
        where,
        names,
        fileSystem,
        dataPath,
      );
      return { kind: "position", of: (row) => positions[row] ?? "" };
    }
    default:
      return choice satisfies never;
  }
}

/**
 * The index of a position among `count` tokens; negative ones count from the end.
 * @param row by its number in the file, for the message, if only this row is meant
 * @throws EigenlensError "condition" if it lies outside
 */
export function tokenIndex(
  position: number | string,
  count: number,
  where: string,
  row?: number,
): number {
  const at = row === undefined ? "" : ` for row ${row}`;
  const given = typeof position === "number" ? position : Number(position.trim() || Number.NaN);
  const index = given < 0 ? given + count : given;
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new EigenlensError(
    "condition",
    count === 0
      ? `${where}${row === undefined ? "" : `: row ${row}`} has no tokens: leave it out with [rows=...] or a row column.`
      : `${where}: token position ${position}${at} lies outside its ${count} tokens: choose 0 to ${count - 1}, or a negative position from the end.`,
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
  fileRows: number,
  rows: Uint32Array,
  where: string,
  names: readonly string[],
  fileSystem: FileSystem,
  dataPath: string,
): Promise<readonly string[]> {
  const sidecar = await readNamedSidecar(dataPath, path, fileSystem, fileRows);
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
    (texts) => texts.length === fileRows || texts.length === rows.length,
  );
  if (list === undefined) {
    throw new EigenlensError(
      "condition",
      `${sidecar.path} holds ${known.length} token positions, ${where} has ${fileRows} rows of which ${rows.length} are selected: write one position per row.`,
    );
  }
  const perFileRow = list.length === fileRows;
  return Array.from(rows, (row, position) => list[perFileRow ? row : position] ?? "");
}

function positionsOfPairs(columns: ReadonlyMap<string, readonly string[]>) {
  return [...columns].find(([name]) => /(index|position)$/i.test(name))?.[1];
}
