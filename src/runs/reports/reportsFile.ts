import { createHash } from "node:crypto";
import type { RunDocument } from "../runDocument.ts";
import { writtenReport } from "../written/report.ts";
import { writtenTransfer } from "../written/transfers.ts";
import type { RunReports } from "./runReports.ts";

/** How a document's name ends, and that of the file of reports beside it. */
export const documentEnding = ".ged.safetensors";
export const reportsEnding = ".ged.reports.json";

/** The value of `format` in a file of reports. */
export const reportsFormat = "eigenlens.reports";
/** A reader leaves what is higher alone. */
export const reportsVersion = 1;

/** Which run reports belong to: those of a run that was made anew under the same name are not its own. */
export interface ReportedRun {
  /** As in the document. */
  readonly created: string;
  readonly targetHash: string;
  readonly referenceHash: string;
}

/** What tells a run from every other. */
export function reportedRun({
  created,
  sources,
}: Pick<RunDocument, "created" | "sources">): ReportedRun {
  return { created, targetHash: sources.target.hash, referenceHash: sources.reference.hash };
}

/** Where the reports of a document lie; undefined for a document of another name, beside which none are looked for. */
export function reportsPath(documentPath: string): string | undefined {
  return documentPath.endsWith(documentEnding)
    ? documentPath.slice(0, -documentEnding.length) + reportsEnding
    : undefined;
}

/**
 * Reports as a file of their own beside the document, so that adding one rewrites no tensor: JSON with `format`,
 * `version`, `content`, the JSON text of `{ run, name, validation, transfers }` as a document has them (the name
 * null if the run has none), and `sha256`, that text's checksum. They take the place of those in the document.
 */
export function encodeReports(
  run: Pick<RunDocument, "created" | "sources">,
  { validation, transfers, name }: RunReports,
): string {
  const content = JSON.stringify({
    run: reportedRun(run),
    name: name ?? null,
    validation: validation && writtenReport(validation),
    transfers: transfers.map(writtenTransfer),
  });
  return JSON.stringify({
    format: reportsFormat,
    version: reportsVersion,
    sha256: textChecksum(content),
    content,
  });
}

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export function textChecksum(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
