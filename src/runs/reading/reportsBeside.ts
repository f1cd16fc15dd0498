import type { FileSystem } from "../../activations/byteSource.ts";
import { describeError } from "../../errors.ts";
import type { RunDocument } from "../runDocument.ts";
import {
  reportedRun,
  reportsFormat,
  reportsPath,
  reportsVersion,
  textChecksum,
} from "../reports/reportsFile.ts";
import { writtenRun } from "../written/run.ts";
import { isRecord } from "../../lookup.ts";
import { reasonOf } from "./header.ts";
import { checkRun } from "./schema/metadata.ts";
import { JsonBudget, parseStrictly } from "./strictJson.ts";

/** Reports of a run take some hundred kilobytes. */
const longestReports = 32 * 2 ** 20;

/** The text of the file beside a document, or why it cannot be read. */
export type ReportsBeside = { readonly text: string } | { readonly fault: string };

type Run = Omit<RunDocument, "tensors" | "version">;

/** Reads the file of reports beside a document; undefined if there is none. Never rejects. */
export async function readReportsBeside(
  documentPath: string,
  fileSystem: FileSystem,
): Promise<ReportsBeside | undefined> {
  const path = reportsPath(documentPath);
  if (path === undefined) return undefined;
  try {
    if ((await fileSystem.stat(path))?.kind !== "file") return undefined;
    const source = await fileSystem.open(path);
    try {
      if (source.byteLength > longestReports) return { fault: "they are too long" };
      const bytes = await source.read(0, source.byteLength);
      return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
    } finally {
      await source.close();
    }
  } catch (thrown) {
    return { fault: describeError(thrown).message };
  }
}

/**
 * A run with the reports beside its document. Reports of another run are left alone; where they cannot be read, the run
 * has those of its document, and a warning.
 * @param run as its document has it
 */
export function withReportsBeside(run: Run, beside: ReportsBeside): Run {
  const read = "fault" in beside ? beside : parseReports(beside.text, run);
  if (read === undefined) return run;
  const checked = "fault" in read ? read : checkRun(withWritten(run, read));
  if (!("fault" in checked)) return checked.run;
  const warning = `The reports kept beside this run cannot be read (${checked.fault}), so those found since it was made are missing: validate it again.`;
  return { ...run, summary: { ...run.summary, warnings: [...run.summary.warnings, warning] } };
}

/** Reports as the file has them. */
interface WrittenReports {
  /** Null for none; undefined in files of an Eigenlens that knew no names, which leave the document's. */
  readonly name: unknown;
  readonly validation: unknown;
  readonly transfers: readonly unknown[];
}

/** The run as a document with these reports in it would have it. */
function withWritten(run: Run, { name, validation, transfers }: WrittenReports): unknown {
  const { name: own, ...written } = writtenRun(run);
  const kept = name === undefined ? own : (name ?? undefined);
  return {
    ...written,
    summary: { ...written.summary, validation },
    transfers,
    ...(kept === undefined ? {} : { name: kept }),
  };
}

/** @returns undefined for those of another run; not checked further than that they can be put in place */
function parseReports(
  text: string,
  run: Run,
): WrittenReports | { readonly fault: string } | undefined {
  const budget = new JsonBudget(text.length);
  try {
    const file = parseStrictly(text, budget);
    if (!isRecord(file) || file["format"] !== reportsFormat) return { fault: "they are none" };
    const { version, content, sha256 } = file;
    if (version !== reportsVersion) return { fault: "a newer Eigenlens wrote them" };
    if (typeof content !== "string" || sha256 !== textChecksum(content)) {
      return { fault: "they are not what was written (checksum)" };
    }
    const reports = parseStrictly(content, budget);
    if (!isRecord(reports)) return { fault: "they are none" };
    const { run: reported, name, validation = null, transfers } = reports;
    if (JSON.stringify(reported) !== JSON.stringify(reportedRun(run))) return undefined;
    if (!Array.isArray(transfers)) return { fault: "they are none" };
    return { name, validation, transfers: transfers as unknown[] };
  } catch (cause) {
    return { fault: reasonOf(cause) };
  }
}
