import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry } from "yauzl";
import { EigenlensError } from "../../errors.ts";
import type { ByteSource } from "../byteSource.ts";
import { startsWith } from "../latin1.ts";
import { inflatedSource, KeptBytes } from "./inflatedSource.ts";
import { sliceSource } from "./sliceSource.ts";
import { windowedSource } from "./windowedSource.ts";
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

/** More than any sweep saves; each costs a look at its headers. */
const mostEntries = 50_000;

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
 * @param kept what is kept of its entries once inflated; archives within one file share it
 * @throws EigenlensError "file-format" if it is no archive, or its entries overlap or inflate beyond reason
 */
export async function openZip(
  source: ByteSource,
  kept = new KeptBytes(),
): Promise<readonly ZipEntry[]> {
  const found: Listed[] = [];
  const parts = { source: windowedSource(source), kept };
  try {
    // autoClose off: the source belongs to the caller.
    const archive = await fromRandomAccessReaderPromise(
      new SourceReader(parts.source),
      source.byteLength,
      {
        autoClose: false,
      },
    );
    if (archive.entryCount > mostEntries) {
      throw new EigenlensError(
        "file-format",
        `${source.path} holds ${archive.entryCount} entries, more than the ${mostEntries} that are read: split it.`,
      );
    }
    for await (const entry of archive.eachEntry()) found.push(listed(entry));
  } catch (cause) {
    throw damaged(source, cause);
  }
  checkOverlap(source, found);
  return found
    .filter(({ name }) => !name.endsWith("/"))
    .map((entry) => ({
      name: entry.name,
      byteLength: entry.unpackedBytes,
      open: () => openEntry(parts, entry),
    }));
}

/** What is kept of an entry: the library's own holds several times as much. */
interface Listed {
  readonly name: string;
  readonly nameBytes: number;
  /** Of its local header. */
  readonly offset: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly method: number;
  readonly checksum: number;
  readonly isEncrypted: boolean;
}

function listed(entry: Entry): Listed {
  return {
    name: entry.fileName,
    nameBytes: entry.fileNameLength,
    offset: entry.relativeOffsetOfLocalHeader,
    packedBytes: entry.compressedSize,
    unpackedBytes: entry.uncompressedSize,
    method: entry.compressionMethod,
    checksum: entry.crc32,
    isEncrypted: entry.isEncrypted(),
  };
}

function checkOverlap(source: ByteSource, entries: readonly Listed[]): void {
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  ordered.forEach((entry, position) => {
    const end = entry.offset + localHeaderBytes + entry.nameBytes + entry.packedBytes;
    const limit = ordered[position + 1]?.offset ?? source.byteLength;
    if (end > limit) {
      throw new EigenlensError(
        "file-format",
        `${source.path}: entry ${printable(entry.name)} of the archive runs to byte ${end}, past ${limit} where the next begins: overlapping or cut-short entries are not read; save the file again.`,
      );
    }
  });
}

/** What the entries of one archive share. */
interface Parts {
  readonly source: ByteSource;
  readonly kept: KeptBytes;
}

async function openEntry(parts: Parts, entry: Listed): Promise<ByteSource> {
  const { source, kept } = parts;
  const { packedBytes, unpackedBytes, method, name } = entry;
  const path = `${source.path}, entry ${printable(name)}`;
  if (entry.isEncrypted) {
    throw new EigenlensError("file-format", `${path} is encrypted: save it without a password.`);
  }
  const start = await dataStart(source, entry);
  if (method === 0) {
    if (unpackedBytes !== packedBytes) {
      throw new EigenlensError(
        "file-format",
        `${path} is stored, yet its sizes differ (${packedBytes} and ${unpackedBytes} bytes): the archive is damaged; save it again.`,
      );
    }
    return sliceSource(source, start, unpackedBytes, path);
  }
  if (method !== 8) {
    throw new EigenlensError(
      "file-format",
      `${path} is packed by zip method ${method}: only stored and deflated entries are read; save it with numpy.savez or numpy.savez_compressed.`,
    );
  }
  if (unpackedBytes > highestRatio * Math.max(packedBytes, 64)) {
    throw new EigenlensError(
      "file-format",
      `${path} claims to inflate ${packedBytes} bytes to ${unpackedBytes}: such an archive is taken for a zip bomb and not read; save it uncompressed.`,
    );
  }
  const compressed = sliceSource(source, start, packedBytes, path);
  return inflatedSource(compressed, unpackedBytes, "raw", kept, entry.checksum);
}

const localHeaderBytes = 30;

/** An entry's bytes begin behind its local header, whose name and extra field may differ from the directory's. */
async function dataStart(source: ByteSource, entry: Listed): Promise<number> {
  const { offset, packedBytes } = entry;
  const header = await source.read(offset, localHeaderBytes);
  const view = new DataView(header.buffer, header.byteOffset);
  const start = offset + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
  if (!startsWith(header, "PK\x03\x04")) {
    throw damaged(source, new Error(`no entry begins at byte ${offset}`));
  }
  if (start + packedBytes > source.byteLength) {
    throw damaged(source, new Error(`entry ${entry.name} ends beyond the file`));
  }
  return start;
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
