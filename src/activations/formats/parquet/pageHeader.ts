// Our own look at page headers, because the parquet library believes the number of values that a damaged one
// claims and makes lists of that length, which can end the whole program. The layout is that of parquet.thrift in
// Thrift's compact protocol.

/** A page header is some tens of bytes; statistics may add two values of the column. */
export const mostHeaderBytes = 4096;

/** What a `PageHeader` says; encodings are numbered as in parquet.thrift. */
export interface PageHeader {
  /** Of the header itself. */
  readonly length: number;
  /** Of the page that follows, as it is stored. */
  readonly byteLength: number;
  readonly unpackedLength: number;
  readonly kind: "data" | "data2" | "dictionary" | "other";
  /** Values of a data page, missing ones included; 0 for other kinds. */
  readonly values: number;
  /** Entries of a dictionary page; 0 for other kinds. */
  readonly dictionaryValues: number;
  readonly encoding: number;
  /** Of the second kind of data page only, whose levels are never packed. */
  readonly definitionLength: number;
  readonly repetitionLength: number;
  readonly isPacked: boolean;
}

/**
 * @param bytes from the first of the header on
 * @throws RangeError if it is cut short or makes no sense
 */
export function readPageHeader(bytes: Uint8Array): PageHeader {
  return new CompactReader(bytes).pageHeader();
}

type Fields = ReadonlyMap<number, number>;

/** Thrift's compact protocol, as far as page headers need it. */
class CompactReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  pageHeader(): PageHeader {
    const sizes = new Map<number, number>();
    let data: Fields | undefined;
    let data2: Fields | undefined;
    let dictionary: Fields | undefined;
    this.#fields((field, type) => {
      if ((field === 2 || field === 3) && type === 5) sizes.set(field, this.#zigzag());
      else if (field === 5 && type === 12) data = this.#numbers();
      else if (field === 7 && type === 12) dictionary = this.#numbers();
      else if (field === 8 && type === 12) data2 = this.#numbers();
      else this.#skip(type, 0);
    });
    const kinds = [data, data2, dictionary].filter((fields) => fields !== undefined);
    if (kinds.length > 1) throw new RangeError("a page claims to be of two kinds");
    const values = data ?? data2;
    return {
      length: this.#at,
      byteLength: sizes.get(3) ?? -1,
      unpackedLength: sizes.get(2) ?? -1,
      kind:
        data !== undefined
          ? "data"
          : data2 !== undefined
            ? "data2"
            : dictionary !== undefined
              ? "dictionary"
              : "other",
      values: values === undefined ? 0 : count(values),
      dictionaryValues: dictionary === undefined ? 0 : count(dictionary),
      encoding: data2?.get(4) ?? data?.get(2) ?? dictionary?.get(2) ?? -1,
      definitionLength: data2?.get(5) ?? 0,
      repetitionLength: data2?.get(6) ?? 0,
      isPacked: data2?.get(7) !== 0,
    };
  }

  /** The whole numbers and truth values of a structure. */
  #numbers(): Fields {
    const found = new Map<number, number>();
    this.#fields((field, type) => {
      if (found.has(field) || (field === 1 && type !== 5)) {
        throw new RangeError("a page counts its values twice, or not in whole numbers");
      }
      if (type === 5) found.set(field, this.#zigzag());
      else if (type === 1 || type === 2) found.set(field, type === 1 ? 1 : 0);
      else this.#skip(type, 0);
    });
    return found;
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

/** How many values a page claims; -1 where it does not say. */
function count(fields: Fields): number {
  return fields.get(1) ?? -1;
}
