// Our own look at page headers, because the parquet library believes the number of values that a damaged one
// claims and makes lists of that length, which can end the whole program. The layout is that of parquet.thrift in
// Thrift's compact protocol.
import type { ColumnChunk } from "hyparquet";
import type { ByteSource } from "../byteSource.ts";

/** A page header is some tens of bytes; statistics may add two values of the column. */
const headerBytes = 4096;
const mostPages = 1_000_000;
/** Values of nested lists that one byte may stand for. */
const mostValuesPerByte = 2000;

/**
 * Walks over the pages of a column chunk and checks that they hold no more values than the chunk.
 * @param rows of its row group; a column that is not nested has one value a row
 * @throws RangeError where they claim more, or a header makes no sense
 */
export async function checkPages(
  source: ByteSource,
  chunk: ColumnChunk,
  rows: number,
  nested: boolean,
): Promise<void> {
  const description = chunk.meta_data;
  if (description === undefined) throw new RangeError("a column chunk is not described");
  const start = Number(description.dictionary_page_offset ?? description.data_page_offset);
  // Some writers count from the first data page only.
  const first = Math.min(start, Number(description.data_page_offset));
  const stop = first + Number(description.total_compressed_size);
  const most = nested ? rows + mostValuesPerByte * source.byteLength : rows;
  if (!(first >= 0 && stop <= source.byteLength))
    throw new RangeError("a column lies outside the file");
  let values = 0;
  let at = first;
  for (let page = 0; at < stop && (nested || values < rows); page++) {
    if (page > mostPages) throw new RangeError("a column has too many pages");
    const bytes = await source.read(at, Math.min(headerBytes, source.byteLength - at));
    const header = new CompactReader(bytes).pageHeader();
    if (!(
      header.values >= 0 &&
      header.values <= most &&
      header.dictionaryValues <= source.byteLength * 8
    )) {
      throw new RangeError(
        `a page claims ${header.values + header.dictionaryValues} values, its column has ${rows} rows`,
      );
    }
    if (!(header.byteLength >= 0)) throw new RangeError(`a page claims ${header.byteLength} bytes`);
    values += header.values;
    if (values > most)
      throw new RangeError(`its pages claim ${values} values, its column has ${rows} rows`);
    at += header.length + header.byteLength;
  }
}

/** Thrift's compact protocol, as far as page headers need it. */
class CompactReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** `PageHeader`: field 3 is its compressed size, 5, 7 and 8 the headers by kind, whose field 1 counts values. */
  pageHeader() {
    let byteLength = -1;
    let values = 0;
    let dictionaryValues = 0;
    this.#fields((field, type) => {
      if (field === 3 && type === 5) byteLength = this.#zigzag();
      else if ((field === 5 || field === 8) && type === 12) values = this.#firstCount();
      else if (field === 7 && type === 12) dictionaryValues = this.#firstCount();
      else this.#skip(type, 0);
    });
    return { byteLength, values, dictionaryValues, length: this.#at };
  }

  #firstCount(): number {
    let count = -1;
    this.#fields((field, type) => {
      if (field !== 1) this.#skip(type, 0);
      else if (type === 5 && count === -1) count = this.#zigzag();
      else throw new RangeError("a page counts its values twice, or not in whole numbers");
    });
    return count;
  }

  #fields(use: (field: number, type: number) => void): void {
    let field = 0;
    for (;;) {
      const byte = this.#byte();
      if (byte === 0) return;
      field = byte >> 4 === 0 ? this.#zigzag() : field + (byte >> 4);
      use(field, byte & 15);
    }
  }

  #skip(type: number, depth: number): void {
    if (depth > 8) throw new RangeError("a page header nests too deeply");
    if (type === 3) this.#advance(1);
    else if (type >= 4 && type <= 6) this.#varint();
    else if (type === 7) this.#advance(8);
    else if (type === 8) this.#advance(this.#varint());
    else if (type === 9 || type === 10) {
      const head = this.#byte();
      const size = head >> 4 === 15 ? this.#varint() : head >> 4;
      for (let i = 0; i < size; i++) this.#skip((head & 15) <= 2 ? 3 : head & 15, depth + 1);
    } else if (type === 12) this.#fields((_, inner) => this.#skip(inner, depth + 1));
    else if (type > 2) throw new RangeError(`a page header holds type ${type}`);
  }

  #advance(count: number): void {
    this.#at += count;
    if (!(count >= 0 && this.#at <= this.#bytes.length))
      throw new RangeError("a page header is cut short");
  }

  #byte(): number {
    this.#advance(1);
    return this.#bytes[this.#at - 1] ?? 0;
  }

  #varint(): number {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * shift;
      if (byte < 128) return value;
      if (shift > 2 ** 49) throw new RangeError("a page header holds an endless number");
    }
  }

  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
