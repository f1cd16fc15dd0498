import type { ColumnChunk } from "hyparquet";
import type { ByteSource } from "../../byteSource.ts";
import { mostHeaderBytes, readPageHeader } from "./pageHeader.ts";

const mostPages = 1_000_000;
/** Values of nested lists that one byte may stand for. */
const mostValuesPerByte = 2000;

/**
 * Walks over the pages of a column chunk and checks that they hold no more values than the chunk.
 * @param rows of its row group; a column that is not nested has one value per row
 * @throws RangeError if they claim more, or a header makes no sense
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
    const bytes = await source.read(at, Math.min(mostHeaderBytes, source.byteLength - at));
    const header = readPageHeader(bytes);
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
