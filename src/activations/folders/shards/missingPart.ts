import { EigenlensError } from "../../../errors.ts";
import { printable } from "../../../text/printable.ts";

/**
 * The error for a set of which a part is not there.
 * @param number of the part, from 1
 * @param count of all parts
 * @param name what the part is called
 */
export function missingPart(
  path: string,
  number: number,
  count: number,
  name: string,
): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path}: part ${number} of ${count} is missing (${printable(name, 200)}): copy or write it, then try again.`,
  );
}
