import { EigenlensError } from "../../errors.ts";
import type { ByteSource } from "../byteSource.ts";

/** Consecutive complete records of a text file: about a megabyte of them, or one that is longer. */
export interface RecordBlock {
  readonly offset: number;
  readonly byteLength: number;
  /** Index of the first record; comments and blank lines are not counted. */
  readonly firstRecord: number;
  readonly records: number;
}

const blockBytes = 2 ** 20;
const readBytes = 2 ** 22;
const longestRecord = 64 * 2 ** 20;
const newline = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const hash = 0x23;

/**
 * Walks once through a text file and notes where records begin, so that any of them can be read later
 * without holding the file in memory.
 * @param quoted whether a line break between double quotes belongs to its field (csv, but not json lines)
 * @throws EigenlensError "file-format" if the file is no UTF-8 text or a record has no end
 */
export async function indexRecords(source: ByteSource, quoted: boolean): Promise<RecordBlock[]> {
  const blocks: RecordBlock[] = [];
  let blockStart = await textStart(source);
  let lineStart = blockStart;
  let records = 0;
  let counted = 0;
  let insideQuotes = false;
  let lineIsBlank = true;
  let firstByte = 0;

  function endLine(next: number): void {
    if (!lineIsBlank && firstByte !== hash) records++;
    lineStart = next;
    lineIsBlank = true;
    if (next - blockStart >= blockBytes) endBlock(next);
  }

  function endBlock(next: number): void {
    if (records > 0) {
      blocks.push({
        offset: blockStart,
        byteLength: next - blockStart,
        firstRecord: counted,
        records,
      });
    }
    counted += records;
    records = 0;
    blockStart = next;
  }

  for (let at = blockStart; at < source.byteLength; at += readBytes) {
    const bytes = await source.read(at, Math.min(readBytes, source.byteLength - at));
    if (bytes.includes(0)) {
      throw new EigenlensError(
        "file-format",
        `${source.path} holds zero bytes, so it is no text: rename it to what it is, or save it again as UTF-8 text.`,
      );
    }
    const hasQuotes = quoted && bytes.includes(quote);
    let position = 0;
    while (position < bytes.length) {
      if (lineIsBlank) {
        const byte = bytes[position] as number;
        if (byte !== newline && byte !== carriageReturn && byte !== 0x20) {
          lineIsBlank = false;
          firstByte = byte;
        }
      }
      if (hasQuotes || insideQuotes) {
        const byte = bytes[position++] as number;
        if (byte === quote) insideQuotes = !insideQuotes;
        else if (byte === newline && !insideQuotes) endLine(at + position);
      } else {
        const end = bytes.indexOf(newline, position);
        if (lineIsBlank && end !== position) {
          position++;
          continue;
        }
        if (end === -1) break;
        position = end + 1;
        endLine(at + position);
      }
    }
    if (at + bytes.length - lineStart > longestRecord) {
      throw new EigenlensError(
        "file-format",
        `${source.path}: the record that begins at byte ${lineStart} does not end within ${longestRecord} bytes: a quote is not closed, or the file is no text table.`,
      );
    }
  }
  if (lineStart < source.byteLength) endLine(source.byteLength);
  endBlock(source.byteLength);
  return blocks;
}

/** Where text begins: after the byte order mark of UTF-8. */
async function textStart(source: ByteSource): Promise<number> {
  const head = await source.read(0, Math.min(3, source.byteLength));
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new EigenlensError(
      "file-format",
      `${source.path} is UTF-16 text: save it as UTF-8, then open it again.`,
    );
  }
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}

/** The text of one block. */
export async function readBlock(source: ByteSource, block: RecordBlock): Promise<string> {
  return new TextDecoder().decode(await source.read(block.offset, block.byteLength));
}

/** Position in `blocks` of the block that holds this record (binary search). */
export function blockOf(blocks: readonly RecordBlock[], record: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]?.firstRecord ?? Number.POSITIVE_INFINITY) <= record) low = middle;
    else high = middle - 1;
  }
  return low;
}
