import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import { formatVersion } from "../documentFormat.ts";
import { damaged } from "./refusals.ts";

/** Format 1 has the version of the Eigenlens that wrote it in place of a format's number. */
const makerOfFormatOne = /^0\.[01]\.\d+(?:[-+][\w.+-]*)?$/;
/** Of another Eigenlens: "0.2.0", "999.0.0". */
const program = /^\d{1,15}(?:\.\d{1,15}){1,3}$/;
const number = /^\d{1,15}$/;

/**
 * The format of a document.
 * @param version the entry of that name, parsed; undefined if there is none
 * @throws EigenlensError "file-format" if it is newer than this reader, or means nothing
 */
export function formatOf(version: unknown, path: string): 1 | typeof formatVersion {
  if (version === undefined) throw damaged(path, "its metadata lack its version");
  if (version === formatVersion) return formatVersion;
  if (typeof version === "string" && makerOfFormatOne.test(version)) return 1;
  const told = typeof version === "string" ? version : JSON.stringify(version);
  const isProgram = typeof version === "string" && program.test(version);
  if (isProgram || (number.test(told) && Number(told) > formatVersion)) {
    throw new EigenlensError(
      "file-format",
      `${path} was written by a newer Eigenlens (format ${told}, this one reads up to ${formatVersion}): update Eigenlens.`,
    );
  }
  throw damaged(path, `its version ${printable(told, 40)} is none that Eigenlens writes`);
}
