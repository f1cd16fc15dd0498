import { gunzipSync } from "node:zlib";
import type { CompressionCodec, Compressors } from "hyparquet";
import { unpackedSize } from "../../unpackedSize.ts";
import type { Unpack } from "./numbers.ts";

const mostPageBytes = 2 ** 27;

/** Pages that claim to unpack to more than any writer makes are refused before memory is taken for them. */
export function bounded(compressors: Compressors): Compressors {
  const entries = Object.entries(compressors).map(([name, unpack]): [string, typeof unpack] => [
    name,
    (input, length) => {
      checkClaim(input, length);
      return unpack(input, length);
    },
  ]);
  return Object.fromEntries(entries);
}

function checkClaim(input: Uint8Array, length: number): void {
  const claimed = Math.max(length, unpackedSize(input) ?? 0);
  if (claimed > mostPageBytes) {
    throw new Error(`a page claims to unpack ${input.byteLength} bytes to ${claimed}`);
  }
}

/**
 * What unpacks the pages of a column fastest; undefined if they are stored as they are.
 * @throws Error if nothing does
 */
export async function unpacker(codec: CompressionCodec): Promise<Unpack | undefined> {
  if (codec === "UNCOMPRESSED") return undefined;
  const unpack = await chosen(codec);
  return async (bytes, length) => {
    checkClaim(bytes, length);
    if (length === 0) return new Uint8Array(0);
    const page = await unpack(bytes, length);
    if (page.length === length) return page;
    throw new RangeError(`a page unpacks to ${page.length} bytes instead of ${length}`);
  };
}

async function chosen(codec: CompressionCodec): Promise<Unpack> {
  if (codec === "GZIP") {
    return (bytes, length) => gunzipSync(bytes, { maxOutputLength: length });
  }
  if (codec === "ZSTD") {
    const { zstd } = await import("../../libraries/zstd.ts");
    return (bytes) => zstd.decode(bytes);
  }
  const { compressors } = await import("../../libraries/parquet.ts");
  const unpack = compressors[codec];
  if (unpack === undefined) throw new Error(`pages packed by ${codec}`);
  return unpack;
}
