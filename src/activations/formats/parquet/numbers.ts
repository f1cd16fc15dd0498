// Our own reading of the pages that matrices of activations consist of (numbers without gaps, plain or through a
// dictionary), because the library makes general lists of them: it took fifty times as long as pyarrow. Whatever
// else a page may hold is left to the library.
import type { ColumnMetaData } from "hyparquet";
import { decodeValues } from "../../elements/decode.ts";
import { byteWidth, type NumericType } from "../../elements/elementType.ts";
import { mostHeaderBytes, readPageHeader, type PageHeader } from "./pageHeader.ts";
import { allLevelsAre, decodeIndices, listsAreRegular, nextList } from "./runs.ts";
import type { ReadWindow } from "../../sources/readWindow.ts";

type Numbers = Float32Array | Float64Array;

/** Unpacks one page to exactly `length` bytes. */
export type Unpack = (bytes: Uint8Array, length: number) => Uint8Array | Promise<Uint8Array>;

export const unknownLength = -1;

/** One column of one row group. */
export interface NumberChunk {
  readonly description: ColumnMetaData;
  readonly elementType: NumericType;
  /** Undefined if pages are stored as they are. */
  readonly unpack: Unpack | undefined;
  /** The highest definition level: that of a value which is there. */
  readonly definitionLevel: number;
  /** Values of a row: the length of its list, or 1; {@link unknownLength} before the first list is looked at. */
  readonly length: number;
  readonly isList: boolean;
  /** Of the row group. */
  readonly rows: number;
}

const plain = 0;
const dictionaryEncodings = [2, 8];
const mostPageBytes = 2 ** 27;
const mostPages = 1_000_000;

/** Whether the chunk's encodings are among those that are read here. */
export function isPlainEnough({ encodings }: ColumnMetaData): boolean {
  return encodings.every((encoding) =>
    ["PLAIN", "PLAIN_DICTIONARY", "RLE_DICTIONARY", "RLE", "BIT_PACKED"].includes(encoding),
  );
}

/** Where a column chunk lies in its file. */
export function chunkRange(description: ColumnMetaData): { start: number; stop: number } {
  const first = Number(description.data_page_offset);
  // Some writers count from the first data page only.
  const start = Math.min(Number(description.dictionary_page_offset ?? first), first);
  return { start, stop: start + Number(description.total_compressed_size) };
}

/**
 * Rows `from` to `to` of a chunk into `destination` from `at` on; pages of other rows are passed over.
 * @returns false if it holds what is not read here (missing values, lists of other lengths, other encodings)
 * @throws RangeError if the file is damaged
 */
export async function readNumbers(
  window: ReadWindow,
  chunk: NumberChunk,
  from: number,
  to: number,
  destination: Numbers,
  at: number,
): Promise<boolean> {
  const { length, elementType } = chunk;
  const wanted = { first: from * length, last: to * length };
  let dictionary: Numbers | undefined;
  let value = 0;
  for await (const { header, body } of pagesOf(window, chunk)) {
    const next = value + header.values;
    if (header.kind === "dictionary") {
      dictionary = await readDictionary(await body(), header, chunk);
    } else if (next > wanted.first) {
      const page = await openPage(await body(), header, chunk);
      if (page === undefined || !isRegular(page, header.values, chunk, value)) return false;
      const skip = Math.max(0, wanted.first - value);
      const taken = Math.min(next, wanted.last) - value - skip;
      const target = at + value + skip - wanted.first;
      if (header.encoding === plain) {
        decodePlain(page.values, elementType, skip, taken, destination, target);
      } else {
        if (dictionary === undefined) throw new RangeError("a page lacks its dictionary");
        decodeIndices(page.values, dictionary, skip, taken, destination, target);
      }
    }
    value = next;
    if (value >= wanted.last) return true;
  }
  throw new RangeError(`its pages hold ${value} values of ${wanted.last}`);
}

/**
 * How many values the first list of a chunk has.
 * @param chunk of lists, whose `length` is not known yet
 * @returns undefined if the list lacks values, or the chunk is not read here
 * @throws RangeError if the file is damaged
 */
export async function firstListLength(
  window: ReadWindow,
  chunk: NumberChunk,
): Promise<number | undefined> {
  let length = 0;
  for await (const { header, body } of pagesOf(window, chunk)) {
    if (header.kind !== "data" && header.kind !== "data2") continue;
    const page = await openPage(await body(), header, chunk);
    if (page === undefined) return undefined;
    const next = nextList(page.repetition, length === 0 ? 1 : 0, header.values);
    if (!isComplete(page, next, chunk)) return undefined;
    length += next;
    if (next < header.values) break;
  }
  return length;
}

interface StoredPage {
  readonly header: PageHeader;
  /** Valid until the next page. */
  readonly body: () => Promise<Uint8Array>;
}

/** The pages of a chunk from its first; only their headers are read. */
async function* pagesOf(window: ReadWindow, chunk: NumberChunk): AsyncGenerator<StoredPage> {
  const { start, stop } = chunkRange(chunk.description);
  if (!(start >= 0 && stop <= window.byteLength)) {
    throw new RangeError("a column lies outside the file");
  }
  let offset = start;
  for (let count = 0; offset < stop; count++) {
    if (count > mostPages) throw new RangeError("a column has too many pages");
    const longest = Math.min(mostHeaderBytes, window.byteLength - offset);
    const header = readPageHeader(await window.at(offset, longest));
    checkHeader(header, chunk);
    const place = offset + header.length;
    yield { header, body: () => window.at(place, header.byteLength) };
    offset = place + header.byteLength;
  }
}

function checkHeader(header: PageHeader, { rows, length }: NumberChunk): void {
  const { byteLength, unpackedLength, values } = header;
  if (!(byteLength >= 0 && unpackedLength >= 0 && unpackedLength <= mostPageBytes)) {
    throw new RangeError(`a page claims to unpack ${byteLength} bytes to ${unpackedLength}`);
  }
  const most = length === unknownLength ? Number.MAX_SAFE_INTEGER : rows * length;
  if (!(values >= 0 && values <= most)) {
    throw new RangeError(`a page claims ${values} values, its column has ${rows} rows`);
  }
}

async function readDictionary(
  stored: Uint8Array,
  header: PageHeader,
  { elementType, unpack }: NumberChunk,
): Promise<Numbers> {
  const bytes = unpack === undefined ? stored : await unpack(stored, header.unpackedLength);
  const count = header.dictionaryValues;
  if (!(count >= 0 && count * byteWidth(elementType) <= bytes.length)) {
    throw new RangeError(`a dictionary claims ${count} entries in ${bytes.length} bytes`);
  }
  const single = byteWidth(elementType) < 8 && elementType !== "int32";
  const values = single ? new Float32Array(count) : new Float64Array(count);
  decodePlain(bytes, elementType, 0, count, values, 0);
  return values;
}

/** A data page, unpacked. */
interface DataPage {
  readonly repetition: Uint8Array;
  readonly definition: Uint8Array;
  readonly values: Uint8Array;
}

/** @returns undefined if its encoding is not read here */
async function openPage(
  stored: Uint8Array,
  header: PageHeader,
  chunk: NumberChunk,
): Promise<DataPage | undefined> {
  const { encoding, kind, unpackedLength, repetitionLength, definitionLength } = header;
  if (encoding !== plain && !dictionaryEncodings.includes(encoding)) return undefined;
  const { unpack } = chunk;
  if (kind === "data2") {
    const levels = repetitionLength + definitionLength;
    if (!(repetitionLength >= 0 && definitionLength >= 0 && levels <= stored.length)) {
      throw new RangeError(`a page claims ${levels} bytes of levels`);
    }
    const packed = stored.subarray(levels);
    return {
      repetition: stored.subarray(0, repetitionLength),
      definition: stored.subarray(repetitionLength, levels),
      values:
        unpack === undefined || !header.isPacked
          ? packed
          : await unpack(packed, unpackedLength - levels),
    };
  }
  const page = unpack === undefined ? stored : await unpack(stored, unpackedLength);
  let at = 0;
  const levels = (): Uint8Array => {
    if (at + 4 > page.length) throw new RangeError("a page is cut short");
    const length = new DataView(page.buffer, page.byteOffset).getUint32(at, true);
    at += 4 + length;
    if (at > page.length) throw new RangeError("a page is cut short");
    return page.subarray(at - length, at);
  };
  const none = page.subarray(0, 0);
  const repetition = chunk.isList ? levels() : none;
  const definition = chunk.definitionLevel > 0 ? levels() : none;
  return { repetition, definition, values: page.subarray(at) };
}

/** Whether none of the first `count` values is missing. */
function isComplete(page: DataPage, count: number, { definitionLevel }: NumberChunk): boolean {
  const width = 32 - Math.clz32(definitionLevel);
  return definitionLevel === 0 || allLevelsAre(page.definition, definitionLevel, width, count);
}

/** @param first index of the page's first value in the chunk */
function isRegular(page: DataPage, count: number, chunk: NumberChunk, first: number): boolean {
  if (!isComplete(page, count, chunk)) return false;
  return !chunk.isList || listsAreRegular(page.repetition, first, count, chunk.length);
}

function decodePlain(
  page: Uint8Array,
  elementType: NumericType,
  skip: number,
  count: number,
  destination: Numbers,
  at: number,
): void {
  const width = byteWidth(elementType);
  if ((skip + count) * width > page.length) throw new RangeError("a page is cut short");
  decodeValues(elementType, "little", page.subarray(skip * width), destination, at, count);
}
