import type * as h5wasm from "h5wasm";
import { mostCharacters } from "../labelBounds.ts";

/** Characters of one text: more are no label. */
const longestText = 2 ** 20;
/** Texts that are looked up one by one; each takes the library a tenth of a millisecond. */
const mostDistinct = 30_000;
const integerClass = 0;
const stringClass = 3;

/** The parts of the library that are needed to list and to read texts. */
export type Library = Pick<typeof h5wasm, "Attribute" | "Dataset" | "Module" | "Reference">;

/** What MATLAB says of a dataset in its attributes; all others, of which there may be any number, are not read. */
export function matlabAttributes(library: Library, file: bigint, name: string) {
  const names = library.Module.get_attribute_names(file, name);
  const isEmpty = names.includes("MATLAB_empty");
  const isObject = names.includes("MATLAB_object_decode");
  if (!names.includes("MATLAB_class")) return { isEmpty, isObject, matlabClass: undefined };
  const attribute = new library.Attribute(file, name, "MATLAB_class");
  const { type, size, total_size } = attribute.metadata;
  const isText = type === stringClass && total_size === 1 && size <= longestText;
  const value = isText ? attribute.value : undefined;
  return { isEmpty, isObject, matlabClass: typeof value === "string" ? value : undefined };
}

/**
 * The texts of a MATLAB cell array. Cells that refer to the same text are looked up once.
 * @param onText called for each of them
 * @throws Error if a cell holds something else
 */
export function cellTexts(
  library: Library,
  file: bigint,
  name: string,
  onText: () => void,
): string[] {
  const { value } = new library.Dataset(file, name);
  const cells = Array.isArray(value) ? value.flat(2) : [value];
  const known = new Map<string, string>();
  let left = mostCharacters;
  return cells.map((cell, at) => {
    onText();
    if (!(cell instanceof library.Reference)) throw new Error(`cell ${at + 1} refers to nothing`);
    const key = cell.ref_data.join();
    let text = known.get(key);
    if (text === undefined) {
      if (known.size === mostDistinct) {
        throw new Error(`it has more than ${mostDistinct} different texts, which are no labels`);
      }
      const target = library.Module.get_referenced_name(file, cell.ref_data, true);
      const [first, ...others] = characterRows(library, file, target, left);
      if (first === undefined || others.length > 0) {
        throw new Error(`cell ${at + 1} holds no text`);
      }
      text = first;
      known.set(key, text);
    }
    left -= text.length;
    if (left < 0) throw new Error(`more than ${mostCharacters} characters are no labels`);
    return text;
  });
}

/**
 * The rows of a MATLAB character matrix, without the blanks that fill them up.
 * @throws Error if it is none
 */
export function characterTexts(library: Library, file: bigint, name: string): string[] {
  return characterRows(library, file, name, mostCharacters).map((row) => row.trimEnd());
}

/** Characters are stored column by column, as UTF-16. */
function characterRows(library: Library, file: bigint, name: string, most: number): string[] {
  const dataset = new library.Dataset(file, name);
  const { type, size, shape } = dataset.metadata;
  const { isEmpty, matlabClass } = matlabAttributes(library, file, name);
  const isCharacters = matlabClass === "char";
  if (isEmpty && isCharacters) return [""];
  const [columns = 0, rows = 0] = shape ?? [];
  if (!isCharacters || type !== integerClass || size !== 2 || shape?.length !== 2) return [];
  if (!(columns <= longestText && columns * rows <= most)) {
    throw new Error(`${columns * rows} characters are no labels`);
  }
  const { value } = dataset;
  // Rows without a character take no room in the file: any number of them may be claimed.
  if (!(value instanceof Uint16Array) || value.length === 0) return [];
  return Array.from({ length: rows }, (_, row) => {
    const codes = Array.from({ length: columns }, (_, column) => value[column * rows + row] ?? 0);
    return codes.map((code) => String.fromCharCode(code)).join("");
  });
}
