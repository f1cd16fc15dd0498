import { printable } from "../../../text/printable.ts";
import { isRecord } from "../../../lookup.ts";
import type { ZarrType } from "./types.ts";

/** One step of packing a chunk. */
export interface ZarrCodec {
  readonly name: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** What version 2 calls filters and compressors, which version 3 has under `numcodecs.`: all that are undone here. */
const filters = [
  ..."blosc zstd gzip zlib lz4 shuffle delta bitround fixedscaleoffset".split(" "),
  ..."vlen-utf8 vlen-bytes json2 crc32 crc32c adler32".split(" "),
];
/** Codecs of version 3's specification and of its registered extensions. */
const named = [
  ..."bytes transpose sharding_indexed blosc zstd gzip crc32c vlen-utf8 vlen-bytes".split(" "),
  ..."zlib lz4 json2 bitround".split(" "),
  ...filters.filter((name) => name !== "fixedscaleoffset").map((name) => `numcodecs.${name}`),
];
/** These compute with values, and two-byte floats are opened as integers. */
const arithmetic = /^(numcodecs\.)?(delta|bitround|fixedscaleoffset)$/;

/**
 * Filters and compressor of version 2, in the order in which they were applied.
 * @throws RangeError that names the first one that is not undone here
 */
export function codecsOfVersion2(
  filterList: unknown,
  compressor: unknown,
  type: ZarrType,
): ZarrCodec[] {
  if (filterList !== null && filterList !== undefined && !Array.isArray(filterList)) {
    throw new RangeError("its metadata lack a list of filters");
  }
  const steps: readonly unknown[] = [
    ...((filterList as unknown[] | null | undefined) ?? []),
    ...(compressor === null || compressor === undefined ? [] : [compressor]),
  ];
  return steps.map((step) => {
    const name = isRecord(step) ? step["id"] : undefined;
    if (!isRecord(step) || typeof name !== "string" || !filters.includes(name)) {
      throw unreadCodec(name ?? step);
    }
    return checked({ name, configuration: step }, type);
  });
}

/**
 * Codecs of version 3, in the order in which they were applied; each is a name, or a name with its configuration.
 * @throws RangeError that names the first one that is not undone here
 */
export function codecsOfVersion3(list: unknown, type: ZarrType): ZarrCodec[] {
  if (!Array.isArray(list)) throw new RangeError("its metadata lack a list of codecs");
  const codecs = list.map((step: unknown) => {
    const name = isRecord(step) ? step["name"] : step;
    if (typeof name !== "string" || !named.includes(name)) throw unreadCodec(name ?? step);
    const configuration = isRecord(step) ? step["configuration"] : undefined;
    return checked({ name, configuration: isRecord(configuration) ? configuration : {} }, type);
  });
  if (codecs.filter(({ name }) => name === "transpose").length > 1) {
    throw new RangeError("its chunks are transposed more than once: save it without.");
  }
  return codecs;
}

/** @throws RangeError if a codec is configured in a way that would be undone wrongly */
function checked(codec: ZarrCodec, { elementType }: ZarrType): ZarrCodec {
  const { name, configuration } = codec;
  if (arithmetic.test(name) && /^b?float16$/.test(elementType)) {
    throw new RangeError(`the codec ${name} of ${elementType} is not read: save it without.`);
  }
  const { dtype, astype } = configuration;
  if (/delta$/.test(name) && astype !== undefined && astype !== null && astype !== dtype) {
    throw new RangeError(
      `the codec ${name} stores another type than the array's, which is not read: save it without.`,
    );
  }
  return codec;
}

function unreadCodec(name: unknown): RangeError {
  const text = typeof name === "string" ? name : (JSON.stringify(name) ?? "");
  const shown = printable(text.replace(/^numcodecs\./, ""), 80);
  return new RangeError(
    `its chunks are packed with the codec ${shown}, which is not read: save it with zstd, blosc or gzip.`,
  );
}
