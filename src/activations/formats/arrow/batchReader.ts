import type { ByteSource } from "../../byteSource.ts";
import type * as arrow from "../../libraries/arrow.ts";
import { ReadWindow } from "../../sources/readWindow.ts";
import { damaged, guard } from "./arrowErrors.ts";
import { StoredBatch, type Cursor } from "./batch.ts";
import type { ColumnType } from "./columnType.ts";
import type { ArrowMessages, BatchRange, MessageRange } from "./messages.ts";
import type { ArrowField } from "./schema.ts";
import { CharacterCount, textsOf } from "./texts.ts";
import { loadVector, skipField, type Vector } from "./vectors.ts";

type ArrowLibrary = typeof arrow;
type Codes = Extract<ColumnType, { kind: "codes" }>;

/** So many columns together are read with all that lies between them. */
const many = 16;
/** Bytes of a message that is read at once. */
const smallMessage = 2 ** 18;

interface LoadedBatch {
  readonly range: BatchRange;
  readonly batch: StoredBatch;
  /** Where each column begins. */
  readonly cursors: readonly Cursor[];
  readonly vectors: Map<number, Vector>;
}

/**
 * Uses rows `from` to `to` of a batch, counted within it; `row` is the first of them in the file.
 * @returns false if no further batch is wanted
 */
export type BatchVisitor = (
  vectors: readonly Vector[],
  from: number,
  to: number,
  row: number,
  range: BatchRange,
) => unknown;

/** Reads columns batch by batch; those of the batch that was read last are kept. */
export class BatchReader {
  readonly rows: number;
  readonly #source: ByteSource;
  readonly #library: ArrowLibrary;
  readonly #messages: ArrowMessages;
  readonly #window: ReadWindow;
  #kept: LoadedBatch | undefined;
  #dictionary:
    | { codes: Codes; dictionaries: number; entries: string[]; characters: CharacterCount }
    | undefined;

  constructor(source: ByteSource, library: ArrowLibrary, messages: ArrowMessages) {
    this.#source = source;
    this.#library = library;
    this.#messages = messages;
    this.#window = new ReadWindow(source);
    const last = messages.batches.at(-1);
    this.rows = last === undefined ? 0 : last.firstRow + last.rows;
  }

  /**
   * Calls `use` with each batch that holds some of the rows.
   * @param columns positions in the schema
   * @throws EigenlensError "file-format" if the file is damaged, or as `use` does
   */
  async each(
    start: number,
    stop: number,
    columns: readonly number[],
    use: BatchVisitor,
  ): Promise<void> {
    const { batches } = this.#messages;
    for (let at = batchOf(batches, start); at < batches.length; at++) {
      const range = batches[at] as BatchRange;
      if (range.firstRow >= stop) return;
      const from = Math.max(start - range.firstRow, 0);
      const to = Math.min(stop - range.firstRow, range.rows);
      if (from >= to) continue;
      const loaded = await this.#open(range);
      const vectors = await this.#vectors(loaded, columns);
      const row = range.firstRow + from;
      const result: unknown = await guard(this.#source.path, () =>
        use(vectors, from, to, row, range),
      );
      if (result === false) return;
    }
  }

  async #open(range: BatchRange): Promise<LoadedBatch> {
    if (this.#kept?.range === range) return this.#kept;
    this.#kept = undefined;
    const { header, body } = await this.#message(range);
    const loaded = guard(this.#source.path, () => {
      const { Message, RecordBatch, ByteBuffer } = this.#library;
      const message = Message.getRootAsMessage(new ByteBuffer(header));
      const table = message.header(new RecordBatch()) as arrow.RecordBatch | null;
      if (table === null) throw new RangeError("a batch is not described");
      const batch = new StoredBatch(this.#source, this.#library, range, table, body);
      const at: Cursor = { node: 0, buffer: 0, view: 0 };
      const cursors = this.#messages.schema.fields.map((field) => {
        const cursor = { ...at };
        skipField(batch, field, at);
        return cursor;
      });
      return { range, batch, cursors, vectors: new Map<number, Vector>() };
    });
    this.#kept = loaded;
    return loaded;
  }

  /** A message's header, and its body if that is small: there may be many. */
  async #message({ header, headerLength, body, bodyLength }: MessageRange) {
    const whole = body + bodyLength - header;
    if (whole > smallMessage) {
      return { header: await this.#source.read(header, headerLength), body: undefined };
    }
    // A copy, since the window moves on.
    const bytes = (await this.#window.at(header, whole)).slice();
    return { header: bytes.subarray(0, headerLength), body: bytes.subarray(body - header) };
  }

  /**
   * As {@link each} with one column of lists, of which only where they begin and end is read.
   * @param column position in the schema
   */
  async eachBounds(
    start: number,
    stop: number,
    column: number,
    use: (lists: Vector, from: number, to: number) => unknown,
  ): Promise<void> {
    const field = this.#messages.schema.fields[column] as ArrowField;
    for (const range of this.#messages.batches) {
      if (range.firstRow >= stop) return;
      const from = Math.max(start - range.firstRow, 0);
      const to = Math.min(stop - range.firstRow, range.rows);
      if (from >= to) continue;
      const { batch, cursors } = await this.#open(range);
      const lists = await this.#load(batch, field, cursors[column] as Cursor, true);
      this.#checkLength(lists, range);
      if (guard(this.#source.path, () => use(lists, from, to)) === false) return;
    }
  }

  #checkLength({ length }: Vector, { rows }: BatchRange): void {
    if (length === rows) return;
    throw damaged(this.#source.path, `a batch of ${rows} rows holds ${length} in a column`);
  }

  async #vectors(loaded: LoadedBatch, columns: readonly number[]): Promise<Vector[]> {
    const { batch, vectors, cursors, range } = loaded;
    const { fields } = this.#messages.schema;
    const found: Vector[] = [];
    if (columns.length >= many) await batch.readBody();
    for (const at of columns) {
      const known = vectors.get(at);
      if (known !== undefined) {
        found.push(known);
        continue;
      }
      const vector = await this.#load(batch, fields[at] as ArrowField, cursors[at] as Cursor);
      this.#checkLength(vector, range);
      // One column of lists may be all of the file; of plain numbers all are wanted together.
      if (columns.length === 1) vectors.clear();
      vectors.set(at, vector);
      found.push(vector);
    }
    return found;
  }

  async #load(
    batch: StoredBatch,
    field: ArrowField,
    cursor: Cursor,
    boundsOnly = false,
  ): Promise<Vector> {
    try {
      return await loadVector(batch, field, { ...cursor }, boundsOnly);
    } catch (cause) {
      return guard(this.#source.path, () => {
        throw cause;
      });
    }
  }

  /**
   * The entries of a dictionary as they are for one batch: the last one before it, and what was added since.
   * @throws EigenlensError "file-format" if the file is damaged
   */
  async entries(codes: Codes, { dictionaries }: BatchRange): Promise<readonly string[]> {
    const kept = this.#dictionary;
    if (kept?.codes === codes && kept.dictionaries === dictionaries) return kept.entries;
    const goesOn = kept?.codes === codes && kept.dictionaries < dictionaries;
    let entries = goesOn ? kept.entries : [];
    const first = goesOn ? kept.dictionaries : 0;
    const { path, byteLength } = this.#source;
    const characters = goesOn ? kept.characters : new CharacterCount(byteLength);
    for (const range of this.#messages.dictionaries.slice(first, dictionaries)) {
      const part = await this.#dictionaryBatch(codes, range);
      if (part === undefined) continue;
      if (!part.isDelta) entries = [];
      guard(path, () => part.entries.forEach((entry) => characters.add(entry)));
      for (const entry of part.entries) entries.push(entry);
    }
    this.#dictionary = { codes, dictionaries, entries, characters };
    return entries;
  }

  /** @returns undefined if it belongs to another dictionary */
  async #dictionaryBatch(codes: Codes, range: MessageRange) {
    const { path } = this.#source;
    const bytes = await this.#source.read(range.header, range.headerLength);
    const { Message, DictionaryBatch, ByteBuffer } = this.#library;
    const found = guard(path, () => {
      const message = Message.getRootAsMessage(new ByteBuffer(bytes));
      const dictionary = message.header(new DictionaryBatch()) as arrow.DictionaryBatch | null;
      const table = dictionary?.data();
      if (dictionary === null || table === null || table === undefined) {
        throw new RangeError("a dictionary is not described");
      }
      if (dictionary.id() !== codes.dictionary) return undefined;
      const batch = new StoredBatch(this.#source, this.#library, range, table);
      return { batch, isDelta: dictionary.isDelta() };
    });
    if (found === undefined) return undefined;
    const field = { name: "", type: codes.entries, children: [], nodes: 1, buffers: 0, views: 0 };
    const vector = await this.#load(found.batch, field, { node: 0, buffer: 0, view: 0 });
    const entries = guard(path, () => textsOf(codes.entries, vector, 0, vector.length));
    return { isDelta: found.isDelta, entries };
  }
}

/** Position of the batch that holds this row (binary search). */
function batchOf(batches: readonly BatchRange[], row: number): number {
  let low = 0;
  let high = batches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((batches[middle]?.firstRow ?? Number.POSITIVE_INFINITY) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
