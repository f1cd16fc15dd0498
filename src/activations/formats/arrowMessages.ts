import { EigenlensError } from "../../errors.ts";
import type { ByteSource } from "../byteSource.ts";
import { startsWith } from "../latin1.ts";
import type * as arrow from "../libraries/arrow.ts";

type ArrowLibrary = typeof arrow;

/** Where a message lies in the file. */
interface MessageRange {
  readonly offset: number;
  readonly byteLength: number;
}

/** One record batch: some rows of all columns. */
export interface BatchRange extends MessageRange {
  readonly firstRow: number;
  readonly rows: number;
}

/** The messages of an Arrow file or stream; only their headers have been read. */
export interface ArrowMessages {
  readonly schema: MessageRange;
  readonly dictionaries: readonly MessageRange[];
  readonly batches: readonly BatchRange[];
}

const mostMessages = 1_000_000;
const longestHeader = 2 ** 27;

/**
 * Walks over the messages of an Arrow IPC file (after its magic string) or stream. The library would read the
 * whole file for it.
 * @throws EigenlensError "file-format"
 */
export async function indexMessages(
  source: ByteSource,
  library: ArrowLibrary,
): Promise<ArrowMessages> {
  const { path, byteLength } = source;
  const isFile = startsWith(await source.read(0, Math.min(8, byteLength)), "ARROW1");
  const end = isFile ? byteLength - 10 : byteLength;
  let schema: MessageRange | undefined;
  const dictionaries: MessageRange[] = [];
  const batches: BatchRange[] = [];
  let firstRow = 0;
  let offset = isFile ? 8 : 0;
  for (let count = 0; offset + 8 <= end; count++) {
    if (count > mostMessages) throw damaged(path, "too many messages");
    const prefix = await source.read(offset, 8);
    const view = new DataView(prefix.buffer, prefix.byteOffset);
    // Before Arrow 0.15 the length came first, without the marker.
    const marked = view.getUint32(0, true) === 0xffffffff;
    const headerLength = view.getInt32(marked ? 4 : 0, true);
    const start = offset + (marked ? 8 : 4);
    if (headerLength === 0) break;
    if (headerLength < 0 || headerLength > longestHeader || start + headerLength > end) {
      throw damaged(path, `a message header of ${headerLength} bytes at byte ${offset}`);
    }
    const header = decodeHeader(path, library, await source.read(start, headerLength));
    const stop = start + headerLength + header.bodyLength;
    if (!(header.bodyLength >= 0 && stop <= byteLength)) {
      throw damaged(path, `a message at byte ${offset} that ends at ${stop} of ${byteLength}`);
    }
    const range = { offset, byteLength: stop - offset };
    if (header.kind === "schema") schema = range;
    else if (header.kind === "dictionary") dictionaries.push(range);
    else if (header.kind === "batch") {
      batches.push({ ...range, firstRow, rows: header.rows });
      firstRow += header.rows;
    }
    offset = stop;
  }
  if (schema === undefined) throw damaged(path, "no schema");
  return { schema, dictionaries, batches };
}

function decodeHeader(path: string, library: ArrowLibrary, bytes: Uint8Array) {
  try {
    const message = library.Message.decode(bytes);
    const kind = message.isSchema()
      ? "schema"
      : message.isDictionaryBatch()
        ? "dictionary"
        : message.isRecordBatch()
          ? "batch"
          : "other";
    const header: unknown = kind === "batch" ? message.header() : undefined;
    const rows =
      typeof header === "object" && header !== null && "length" in header
        ? Number(header.length)
        : 0;
    if (!(rows >= 0 && Number.isSafeInteger(rows))) throw new RangeError(`${rows} rows`);
    return { kind, rows, bodyLength: Number(message.bodyLength) } as const;
  } catch (cause) {
    throw damaged(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** The one line for everything that the bytes do not bear out. */
export function damaged(path: string, reason: string, cause?: unknown): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path}: not readable as Arrow (${(reason.split("\n")[0] ?? "").slice(0, 160)}): it is cut short or damaged; save it again.`,
    { cause },
  );
}
