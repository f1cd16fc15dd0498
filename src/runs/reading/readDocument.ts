import type { ByteSource, FileSystem } from "../../activations/byteSource.ts";
import { isRecord, lookup } from "../../lookup.ts";
import { printable } from "../../text/printable.ts";
import { metadataChecksum, tensorChecksum } from "../checksums.ts";
import { formatKeys } from "../documentFormat.ts";
import type { DocumentTensor, RunDocument, RunRecord } from "../runDocument.ts";
import { withoutEarlierReports } from "./earlierReports.ts";
import { formatOf } from "./formatOf.ts";
import { readHeader, reasonOf, type DocumentHeader, type TensorPlace } from "./header.ts";
import { damaged } from "./refusals.ts";
import { readReportsBeside, withReportsBeside, type ReportsBeside } from "./reportsBeside.ts";
import { checkRun } from "./schema/metadata.ts";
import { parseStrictly } from "./strictJson.ts";
import { tensorFault } from "./tensorShapes.ts";

/**
 * Reads a run document and checks all of it, as if a stranger had written it: that its tensors fill the
 * file, what its entries are and that they agree, its checksums (from format 2 on), that every value is
 * finite. Each tensor is read into its own memory, and only once everything else is known to be right.
 * @param source stays open
 * @param beside reports kept apart from it, which take the place of its own
 * @throws EigenlensError "file-format" with one line for a file that is no run document, a damaged one or
 *   one of a newer Eigenlens; "file-access" if it cannot be read
 */
export async function readDocument(
  source: ByteSource,
  beside?: ReportsBeside,
): Promise<RunDocument> {
  const { path } = source;
  const header = await readHeader(source);
  const { version, run, sums } = readMetadata(header, path, beside);
  const fault = tensorFault(header.places, run.summary);
  if (fault !== undefined) throw damaged(path, fault);
  const tensors: Record<string, DocumentTensor> = {};
  for (const place of header.places) {
    tensors[place.name] = await readTensor(source, place, sums);
  }
  return { ...run, version, tensors };
}

/** {@link readDocument} of a file that is opened for it, with the reports that lie beside it. */
export async function readDocumentFile(path: string, fileSystem: FileSystem): Promise<RunDocument> {
  const source = await fileSystem.open(path);
  try {
    return await readDocument(source, await readReportsBeside(path, fileSystem));
  } finally {
    await source.close();
  }
}

/**
 * A document without its tensors, which are not read: they may be damaged. Everything else is checked.
 * @throws EigenlensError as {@link readDocument} does
 */
export async function readRecordFile(path: string, fileSystem: FileSystem): Promise<RunRecord> {
  const source = await fileSystem.open(path);
  try {
    const header = await readHeader(source);
    const beside = await readReportsBeside(path, fileSystem);
    const { version, run } = readMetadata(header, path, beside);
    const fault = tensorFault(header.places, run.summary);
    if (fault !== undefined) throw damaged(path, fault);
    return { ...run, version };
  } finally {
    await source.close();
  }
}

/** What should be the checksum of each tensor, by name; undefined in a document of format 1. */
type TensorSums = Readonly<Record<string, unknown>> | undefined;

interface Metadata {
  /** Of the Eigenlens that made the run. */
  readonly version: string;
  readonly run: Omit<RunDocument, "tensors" | "version">;
  readonly sums: TensorSums;
}

const ofTheFile: ReadonlySet<string> = new Set(Object.values(formatKeys));

function readMetadata(
  header: DocumentHeader,
  path: string,
  beside: ReportsBeside | undefined,
): Metadata {
  const { metadata, places, budget } = header;
  const entry = (key: string): unknown => {
    const text = lookup(metadata, key);
    try {
      return text === undefined ? undefined : parseStrictly(text, budget);
    } catch (cause) {
      throw damaged(path, `its ${printable(key)} cannot be read (${reasonOf(cause)})`, cause);
    }
  };
  const version = entry(formatKeys.version);
  const isChecked = formatOf(version, path) > 1;
  if (isChecked && entry(formatKeys.metadataSum) !== metadataChecksum(metadata, places)) {
    throw damaged(path, "its metadata are not those that were written (checksum)");
  }
  const maker = isChecked ? entry(formatKeys.maker) : version;
  if (typeof maker !== "string") {
    throw damaged(path, "it does not say which Eigenlens wrote it");
  }
  const sums = isChecked ? entry(formatKeys.tensorSums) : undefined;
  if (sums !== undefined && !isRecord(sums)) throw damaged(path, "its checksums are no table");
  if (isChecked && sums === undefined) throw damaged(path, "its tensors have no checksums");
  const found: Record<string, unknown> = {};
  for (const key of Object.keys(metadata)) if (!ofTheFile.has(key)) found[key] = entry(key);
  const checked = checkRun(isChecked ? found : withoutEarlierReports(found));
  if ("fault" in checked) throw damaged(path, checked.fault);
  const run = beside === undefined ? checked.run : withReportsBeside(checked.run, beside);
  return { version: maker, run, sums };
}

async function readTensor(
  source: ByteSource,
  { name, shape, start, byteLength }: TensorPlace,
  sums: TensorSums,
): Promise<DocumentTensor> {
  const values = new Float64Array(byteLength / 8);
  await source.readInto(start, new Uint8Array(values.buffer));
  if (sums !== undefined && lookup(sums, name) !== (await tensorChecksum(values))) {
    throw damaged(
      source.path,
      `the values of its tensor ${name} are not those that were written (checksum)`,
    );
  }
  if (!values.every(Number.isFinite)) {
    throw damaged(source.path, `its tensor ${name} has a value that is not finite`);
  }
  return { shape, values };
}
