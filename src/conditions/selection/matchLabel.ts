import { listNames } from "../../activations/storedTensor.ts";
import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";

/**
 * What a label stands for, where it is written in several ways: `True`, `true`, `1` and `1.0` are one label, and
 * so are `False`, `0` and `-0.0`. Any other text stands for itself.
 */
export function labelKey(label: string): string {
  if (/^true$/i.test(label)) return "number 1";
  if (/^false$/i.test(label)) return "number 0";
  const number = shortestNumber(label);
  return number === undefined ? `text ${label}` : `number ${number}`;
}

/** No double is written longer. */
const longestNumber = 400;

/**
 * A number in its shortest writing. Digits are compared as text, since identifiers may be longer than a double
 * can tell apart.
 */
function shortestNumber(label: string): string | undefined {
  if (label.length > longestNumber) return undefined;
  const match = /^([+-]?)0*(\d+)(?:\.(\d*))?$/.exec(label);
  if (match === null) {
    const exponent = /^[+-]?\d+(\.\d*)?e[+-]?\d+$/i.test(label) ? Number(label) : Number.NaN;
    return Number.isFinite(exponent) ? String(exponent + 0) : undefined;
  }
  const [, sign = "", whole = "", fraction = ""] = match;
  const digits = fraction.replace(/0+$/, "");
  const size = digits === "" ? whole : `${whole}.${digits}`;
  return sign === "-" && size !== "0" ? `-${size}` : size;
}

/**
 * The label of a column that `wanted` means: the very text where some row has it, else the one that stands for
 * the same boolean or number. Case and spaces are never passed over.
 * @param column its name, for the message
 * @param where the tensor is, likewise
 * @throws EigenlensError "condition" if no row has it (labels that differ in case or spaces are suggested,
 *   or all are listed), or where several would do
 */
export function matchLabel(
  labels: readonly string[],
  wanted: string,
  column: string,
  where: string,
): string {
  const known = new Set(labels);
  if (known.has(wanted)) return wanted;
  const key = labelKey(wanted);
  const equal = [...known].filter((label) => labelKey(label) === key);
  const [only, another] = equal;
  if (only !== undefined && another === undefined) return only;
  if (only !== undefined) {
    throw new EigenlensError(
      "condition",
      `${where}: "${printable(wanted)}" in ${printable(column)} may mean ${listNames(equal.map(quoted))}: write the one that is meant.`,
    );
  }
  const plain = plainText(wanted);
  const near = [...known].filter((label) => plainText(label) === plain);
  throw new EigenlensError(
    "condition",
    near.length > 0
      ? `${where}: no row has "${printable(wanted)}" in ${printable(column)}, but ${listNames(near.map(quoted))} (capitals and spaces count): write it so, in quotes if spaces are at its ends.`
      : `${where}: no row has "${printable(wanted)}" in ${printable(column)}: choose one of ${countedLabels(labels)}.`,
  );
}

function plainText(label: string): string {
  return label.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
}

function quoted(label: string): string {
  return `"${label}"`;
}

/** `him (53), her (53)`: the labels there are, most frequent first. */
export function countedLabels(labels: readonly string[]): string {
  return listNames(labelCounts(labels).map(([label, count]) => `${label} (${count})`));
}

/** Each label with its number of rows, most frequent first, equal ones in order of appearance. */
export function labelCounts(labels: readonly string[]): [label: string, count: number][] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
