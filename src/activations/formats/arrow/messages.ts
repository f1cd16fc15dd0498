import type { ByteSource } from "../../byteSource.ts";
import { startsWith } from "../../latin1.ts";
import type * as arrow from "../../libraries/arrow.ts";
import { ReadWindow } from "../../sources/readWindow.ts";
import { damaged, guard } from "./arrowErrors.ts";
import { decodeSchema, type ArrowSchema } from "./schema.ts";

type ArrowLibrary = typeof arrow;

/** A message whose header has been found: where it lies, and its body. */
export interface MessageRange {
  /** Of the header's table, after its length. */
  readonly header: number;
  readonly headerLength: number;
  readonly body: number;
  readonly bodyLength: number;
}

/** One record batch: some rows of all columns. */
export interface BatchRange extends MessageRange {
  readonly firstRow: number;
  readonly rows: number;
  /** How many of the file's dictionary batches hold for it. */
  readonly dictionaries: number;
}

/** What an Arrow file or stream consists of; of its messages only the headers have been read. */
export interface ArrowMessages {
  readonly schema: ArrowSchema;
  readonly dictionaries: readonly MessageRange[];
  readonly batches: readonly BatchRange[];
}

const mostMessages = 1_000_000;
const longestHeader = 2 ** 28;
const signature = "ARROW1";

/**
 * Finds the messages: of an IPC file by its footer, which is what counts there (polars writes the schema into it
 * alone); of a stream by walking from one to the next.
 * @throws EigenlensError "file-format"
 */
export async function findMessages(
  source: ByteSource,
  library: ArrowLibrary,
): Promise<ArrowMessages> {
  const head = await source.read(0, Math.min(8, source.byteLength));
  return startsWith(head, signature) ? readFooter(source, library) : walkStream(source, library);
}

async function readFooter(source: ByteSource, library: ArrowLibrary): Promise<ArrowMessages> {
  const { path, byteLength } = source;
  const tail = await source.read(Math.max(0, byteLength - 10), Math.min(10, byteLength));
  if (tail.length < 10 || !startsWith(tail, signature, 4)) {
    throw damaged(path, "it does not end in a footer");
  }
  const length = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
  const end = byteLength - 10 - length;
  if (!(length > 0 && length <= longestHeader && end >= 8)) {
    throw damaged(path, `a footer of ${length} bytes`);
  }
  const bytes = await source.read(end, length);
  const footer = guard(path, () => {
    const table = library.Footer.getRootAsFooter(new library.ByteBuffer(bytes));
    const schema = table.schema();
    if (schema === null) throw new RangeError("no schema");
    const dictionaries = blocks(table.dictionariesLength(), (i) => table.dictionaries(i));
    const batches = blocks(table.recordBatchesLength(), (i) => table.recordBatches(i));
    return { schema: decodeSchema(library, schema, length), dictionaries, batches };
  });
  const window = new ReadWindow(source);
  let free = 0;
  for (const block of [...footer.dictionaries, ...footer.batches].sort(byOffset)) {
    const stop = block.offset + block.headerLength + block.bodyLength;
    // Blocks that share bytes would make a large table of a small file.
    if (!(block.offset >= free && stop <= end)) {
      throw damaged(path, `a message from byte ${block.offset} to ${stop} of ${end}`);
    }
    free = stop;
    const prefix = await window.at(block.offset, Math.min(8, byteLength - block.offset));
    const { start, headerLength } = readPrefix(prefix);
    const range = {
      header: block.offset + start,
      headerLength,
      body: block.offset + block.headerLength,
      bodyLength: block.bodyLength,
    };
    if (!(headerLength > 0 && start + headerLength <= block.headerLength)) {
      throw damaged(path, `a message header of ${headerLength} bytes at byte ${block.offset}`);
    }
    const header = await window.at(range.header, headerLength);
    const message = guard(path, () => decodeHeader(library, header));
    block.found = { ...range, rows: message.rows };
  }
  let firstRow = 0;
  const batches = footer.batches.map((block): BatchRange => {
    const batch = {
      ...foundAt(block),
      firstRow,
      dictionaries: footer.dictionaries.length,
    };
    firstRow += batch.rows;
    return batch;
  });
  const dictionaries = footer.dictionaries.map(foundAt);
  return { schema: footer.schema, dictionaries, batches };
}

interface Block {
  readonly offset: number;
  readonly headerLength: number;
  readonly bodyLength: number;
  /** Once it has been looked at. */
  found?: MessageRange & { readonly rows: number };
}

function blocks(count: number, at: (position: number) => arrow.Block | null): Block[] {
  if (count > mostMessages) throw new RangeError(`${count} messages`);
  return Array.from({ length: count }, (_, position) => {
    const block = at(position);
    const found: Block = {
      offset: Number(block?.offset()),
      headerLength: block?.metaDataLength() ?? -1,
      bodyLength: Number(block?.bodyLength()),
    };
    if (!(found.offset >= 0 && found.headerLength >= 8 && found.bodyLength >= 0)) {
      throw new RangeError(`a message of ${found.headerLength} and ${found.bodyLength} bytes`);
    }
    return found;
  });
}

function byOffset(a: Block, b: Block): number {
  return a.offset - b.offset;
}

function foundAt({ found }: Block): MessageRange & { readonly rows: number } {
  if (found === undefined) throw new RangeError("a message was not looked at");
  return found;
}

/** Before Arrow 0.15 the length of a header came first, without the marker. */
function readPrefix(prefix: Uint8Array): { start: number; headerLength: number } {
  if (prefix.length < 8) return { start: 0, headerLength: -1 };
  const view = new DataView(prefix.buffer, prefix.byteOffset);
  const marked = view.getUint32(0, true) === 0xffffffff;
  return { start: marked ? 8 : 4, headerLength: view.getInt32(marked ? 4 : 0, true) };
}

async function walkStream(source: ByteSource, library: ArrowLibrary): Promise<ArrowMessages> {
  const { path, byteLength } = source;
  const window = new ReadWindow(source);
  let schema: ArrowSchema | undefined;
  const dictionaries: MessageRange[] = [];
  const batches: BatchRange[] = [];
  let firstRow = 0;
  let offset = 0;
  for (let count = 0; offset + 8 <= byteLength; count++) {
    if (count > mostMessages) throw damaged(path, "too many messages");
    const { start, headerLength } = readPrefix(await window.at(offset, 8));
    if (headerLength === 0) break;
    const header = offset + start;
    if (!(headerLength > 0 && headerLength <= longestHeader && header + headerLength <= byteLength))
      throw damaged(path, `a message header of ${headerLength} bytes at byte ${offset}`);
    const bytes = await window.at(header, headerLength);
    const message = guard(path, () => decodeHeader(library, bytes));
    const { bodyLength } = message;
    const body = header + headerLength;
    const stop = body + bodyLength;
    if (!(bodyLength >= 0 && stop <= byteLength)) {
      throw damaged(path, `a message at byte ${offset} that ends at ${stop} of ${byteLength}`);
    }
    const range = { header, headerLength, body, bodyLength };
    if (message.kind === "schema") schema ??= message.schema;
    else if (message.kind === "dictionary") dictionaries.push(range);
    else if (message.kind === "batch") {
      const { rows } = message;
      batches.push({ ...range, firstRow, rows, dictionaries: dictionaries.length });
      firstRow += rows;
    }
    offset = stop;
  }
  if (schema === undefined) throw damaged(path, "no schema");
  return { schema, dictionaries, batches };
}

/** @throws RangeError if the header makes no sense */
function decodeHeader(library: ArrowLibrary, bytes: Uint8Array) {
  const { MessageHeader, RecordBatch, Schema } = library;
  const message = library.Message.getRootAsMessage(new library.ByteBuffer(bytes));
  const bodyLength = Number(message.bodyLength());
  switch (message.headerType()) {
    case MessageHeader.Schema: {
      const table = message.header(new Schema()) as arrow.Schema | null;
      if (table === null) throw new RangeError("a schema is missing");
      const schema = decodeSchema(library, table, bytes.length);
      return { kind: "schema", schema, rows: 0, bodyLength } as const;
    }
    case MessageHeader.DictionaryBatch:
      return { kind: "dictionary", rows: 0, bodyLength } as const;
    case MessageHeader.RecordBatch: {
      const table = message.header(new RecordBatch()) as arrow.RecordBatch | null;
      const rows = Number(table?.length());
      if (!(rows >= 0 && Number.isSafeInteger(rows))) throw new RangeError(`${rows} rows`);
      return { kind: "batch", rows, bodyLength } as const;
    }
    default:
      return { kind: "other", rows: 0, bodyLength } as const;
  }
}
