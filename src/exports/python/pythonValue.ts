/** What can be written into a Python script as a literal. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue };

/**
 * A value as a Python literal that means the same: ASCII only, on one line, so that nothing in a name or a path can
 * end the literal, begin a line or change its coding.
 * @throws RangeError for a number that is not finite
 */
export function pythonValue(value: PythonValue): string {
  if (value === null) return "None";
  switch (typeof value) {
    case "boolean":
      return value ? "True" : "False";
    case "number":
      if (!Number.isFinite(value)) throw new RangeError(`${value} has no literal in Python.`);
      return String(value);
    case "string":
      return pythonText(value);
    default:
      return isList(value)
        ? `[${value.map(pythonValue).join(", ")}]`
        : `{${Object.entries(value)
            .map(([key, entry]) => `${pythonText(key)}: ${pythonValue(entry)}`)
            .join(", ")}}`;
  }
}

/** `NAME = {` with an entry a line, for the few values that a reader may want to change. */
export function pythonAssignment(
  name: string,
  entries: Readonly<Record<string, PythonValue>>,
): string {
  const lines = Object.entries(entries).map(
    ([key, value]) => `    ${pythonText(key)}: ${pythonValue(value)},\n`,
  );
  return `${name} = {\n${lines.join("")}}\n`;
}

function isList(value: object): value is readonly PythonValue[] {
  return Array.isArray(value);
}

/** Plain ASCII as it is; everything else by its code point, and half of a surrogate pair as itself. */
function pythonText(text: string): string {
  const characters = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `"${characters.join("")}"`;
}
