import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from "yauzl";
import { EigenlensError } from "../../errors.ts";
import type { ByteSource } from "../byteSource.ts";
import { inflatedSource } from "./inflatedSource.ts";
import { sliceSource } from "./sliceSource.ts";
import { printable } from "../../text/printable.ts";

/** One file inside a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** Uncompressed. */
  readonly byteLength: number;
  /** The entry's bytes; stored entries are read in place, deflated ones are inflated as they are read. */
  open(): Promise<ByteSource>;
}

/** No honest activations are packed tighter: deflate itself cannot go beyond 1032, and only for one repeated byte. */
const highestRatio = 1000;

/** Lets the zip library read from any {@link ByteSource}. */
class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#source.readInto(position, buffer.subarray(offset, offset + length)).then(
      () => callback(null),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  }
}

/**
 * Lists an archive through its central directory; nothing is unpacked and no name becomes a path on disk.
 * @throws EigenlensError "file-format" where it is no archive, or its entries overlap or inflate beyond reason
 */
export async function openZip(source: ByteSource): Promise<readonly ZipEntry[]> {
  const found: Entry[] = [];
  let archive: ZipFile;
  try {
    // autoClose off: the source belongs to the caller.
    archive = await fromRandomAccessReaderPromise(new SourceReader(source), source.byteLength, {
      autoClose: false,
    });
    for await (const entry of archive.eachEntry()) found.push(entry);
  } catch (cause) {
    throw damaged(source, cause);
  }
  checkOverlap(source, found);
  return found
    .filter((entry) => !entry.fileName.endsWith("/"))
    .map((entry) => ({
      name: entry.fileName,
      byteLength: entry.uncompressedSize,
      open: () => openEntry(source, archive, entry),
    }));
}

function checkOverlap(source: ByteSource, entries: readonly Entry[]): void {
  const ordered = [...entries].sort(
    (a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader,
  );
  ordered.forEach((entry, position) => {
    const end =
      entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize;
    const limit = ordered[position + 1]?.relativeOffsetOfLocalHeader ?? source.byteLength;
    if (end > limit) {
      throw new EigenlensError(
        "file-format",
        `${source.path}: entry ${printable(entry.fileName)} of the archive runs to byte ${end}, past ${limit} where the next begins: overlapping or cut-short entries are not read; save the file again.`,
      );
    }
  });
}

async function openEntry(source: ByteSource, archive: ZipFile, entry: Entry): Promise<ByteSource> {
  const { compressedSize, uncompressedSize, compressionMethod, fileName } = entry;
  const path = `${source.path}, entry ${printable(fileName)}`;
  if (entry.isEncrypted()) {
    throw new EigenlensError("file-format", `${path} is encrypted: save it without a password.`);
  }
  let start: number;
  try {
    const header = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
    start = header.fileDataStart;
  } catch (cause) {
    throw damaged(source, cause);
  }
  if (compressionMethod === 0) {
    if (uncompressedSize !== compressedSize) {
      throw new EigenlensError(
        "file-format",
        `${path} is stored, yet its sizes differ (${compressedSize} and ${uncompressedSize} bytes): the archive is damaged; save it again.`,
      );
    }
    return sliceSource(source, start, uncompressedSize, path);
  }
  if (compressionMethod !== 8) {
    throw new EigenlensError(
      "file-format",
      `${path} is packed by zip method ${compressionMethod}: only stored and deflated entries are read; save it with numpy.savez or numpy.savez_compressed.`,
    );
  }
  if (uncompressedSize > highestRatio * Math.max(compressedSize, 64)) {
    throw new EigenlensError(
      "file-format",
      `${path} claims to inflate ${compressedSize} bytes to ${uncompressedSize}: such an archive is taken for a zip bomb and not read; save it uncompressed.`,
    );
  }
  const compressed = sliceSource(source, start, compressedSize, path);
  return inflatedSource(compressed, uncompressedSize, "raw", entry.crc32);
}

function damaged(source: ByteSource, cause: unknown): EigenlensError {
  if (cause instanceof EigenlensError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EigenlensError(
    "file-format",
    `${source.path}: not a readable zip archive (${reason}): it is cut short or damaged; copy or save it again.`,
    { cause },
  );
}
