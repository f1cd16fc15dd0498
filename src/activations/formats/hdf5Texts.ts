import type * as h5wasm from "h5wasm";

/** Characters of one text, and of all of them: more are no labels. */
const longestText = 2 ** 20;
const mostCharacters = 2 ** 27;
const integerClass = 0;

/** The parts of the library that are needed here. */
type Library = Pick<typeof h5wasm, "Dataset" | "Module" | "Reference">;

/** What MATLAB says of a dataset: its class, and whether it is an object of that class. */
export function matlabClassOf(library: Library, file: bigint, name: string) {
  const { attrs } = new library.Dataset(file, name);
  const value = attrs["MATLAB_class"]?.value;
  return {
    ...(typeof value === "string" ? { matlabClass: value } : {}),
    isObject: "MATLAB_object_decode" in attrs,
  };
}

/**
 * The texts of a MATLAB cell array.
 * @param onText called for each of them
 * @throws Error where a cell holds something else
 */
export function cellTexts(
  library: Library,
  file: bigint,
  name: string,
  onText: () => void,
): string[] {
  const { value } = new library.Dataset(file, name);
  const cells = Array.isArray(value) ? value.flat(2) : [value];
  let left = mostCharacters;
  return cells.map((cell, at) => {
    onText();
    if (!(cell instanceof library.Reference)) throw new Error(`cell ${at + 1} refers to nothing`);
    const target = library.Module.get_referenced_name(file, cell.ref_data, true);
    const [text, ...others] = characterRows(library, file, target, left);
    if (text === undefined || others.length > 0) throw new Error(`cell ${at + 1} holds no text`);
    left -= text.length;
    return text;
  });
}

/**
 * The rows of a MATLAB character matrix, without the blanks that fill them up.
 * @throws Error where it is none
 */
export function characterTexts(library: Library, file: bigint, name: string): string[] {
  return characterRows(library, file, name, mostCharacters).map((row) => row.trimEnd());
}

/** Characters are stored column by column, as UTF-16. */
function characterRows(library: Library, file: bigint, name: string, most: number): string[] {
  const dataset = new library.Dataset(file, name);
  const { type, size, shape } = dataset.metadata;
  const isEmpty = "MATLAB_empty" in dataset.attrs;
  const isCharacters = dataset.attrs["MATLAB_class"]?.value === "char";
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
