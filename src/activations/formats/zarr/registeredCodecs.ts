import { unpackedSize } from "../../unpackedSize.ts";
import { isRecord } from "../../../lookup.ts";
import { checksumOf, type ChecksumName } from "./checksums.ts";

// Codecs that are put in the place of the library's own: none gives out more than a chunk of its shape has.

/** What the library says of a chunk whose codec it makes. */
export interface ChunkMetadata {
  readonly dataType: string;
  readonly shape: readonly number[];
}

/** Texts that differ in length: more are no labels. */
const mostTextBytes = 2 ** 26;
/** Room for checksums beside the values. */
const slack = 64;
const encode = () => Promise.reject<Uint8Array>(new Error("Nothing is written in zarr."));

type Unpack = (bytes: Uint8Array, mostBytes: number) => Promise<Uint8Array>;

/**
 * A codec that unpacks bytes, and never to more than the chunk has by its shape.
 * @param unpack given the most bytes that may come out; rejects where there would be more
 */
export function codecEntry(name: string, unpack: Unpack) {
  return {
    kind: "bytes_to_bytes",
    fromConfig: (_: unknown, chunk: ChunkMetadata) => ({
      kind: "bytes_to_bytes",
      encode,
      async decode(bytes: Uint8Array): Promise<Uint8Array> {
        const most = mostBytesOf(chunk) + slack;
        const claimed = name === "lz4" ? lz4Size(bytes) : unpackedSize(bytes);
        if (claimed !== undefined && claimed > most) {
          throw new RangeError(
            `it claims to unpack to ${claimed} bytes, a chunk has ${most - slack}`,
          );
        }
        try {
          const { buffer, byteOffset, byteLength } = await unpack(bytes, most);
          // Node's own buffers share their memory with what is sliced from them; the library reckons with a copy.
          return new Uint8Array(buffer, byteOffset, byteLength);
        } catch (cause) {
          if (!isTooLarge(cause)) throw cause;
          throw new RangeError(`it unpacks to more than the ${most - slack} bytes of a chunk`, {
            cause,
          });
        }
      },
    }),
  };
}

/** A checksum beside the bytes: before them in numcodecs' older ones, else behind them. */
export function checksumCodec(name: ChecksumName) {
  return {
    kind: "bytes_to_bytes",
    fromConfig(configuration: unknown) {
      const place = isRecord(configuration) ? configuration["location"] : undefined;
      const isFirst = place === undefined || place === null ? name !== "crc32c" : place === "start";
      return {
        kind: "bytes_to_bytes",
        encode,
        computeEncodedSize: (bytes: number) => bytes + 4,
        decode(bytes: Uint8Array): Uint8Array {
          if (bytes.byteLength < 4) throw new RangeError(`it has no room for its ${name}`);
          const at = isFirst ? 0 : bytes.byteLength - 4;
          const stored = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
          const content = isFirst ? bytes.slice(4) : bytes.slice(0, at);
          if (checksumOf(name, content) === stored) return content;
          throw new RangeError(`its ${name} does not fit its bytes`);
        },
      };
    },
  };
}

/** numcodecs' byte shuffle, whose width is its own and not always that of the values. */
export const shuffleCodec = {
  kind: "bytes_to_bytes",
  fromConfig(configuration: unknown) {
    const given = isRecord(configuration) ? configuration["elementsize"] : undefined;
    const width = given === undefined ? 4 : Number(given);
    if (!(Number.isSafeInteger(width) && width >= 1 && width <= 255)) {
      throw new RangeError(`its shuffle has a width of ${String(given)}`);
    }
    return {
      kind: "bytes_to_bytes",
      encode,
      decode(bytes: Uint8Array): Uint8Array {
        const count = Math.floor(bytes.byteLength / width);
        const result = bytes.slice();
        for (let byte = 0; byte < width; byte++) {
          for (let at = 0; at < count; at++) {
            result[at * width + byte] = bytes[byte * count + at] ?? 0;
          }
        }
        return result;
      },
    };
  },
};

/** Texts, or bytes taken for UTF-8, each behind its length. */
export function textCodec(name: string) {
  return {
    kind: "array_to_bytes",
    fromConfig: (_: unknown, { shape }: ChunkMetadata) => ({
      kind: "array_to_bytes",
      encode,
      decode(bytes: Uint8Array) {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const decoder = new TextDecoder();
        const count = view.getUint32(0, true);
        // Each has its length, of four bytes.
        if (4 * count > bytes.byteLength) throw new RangeError(`${name} claims ${count} texts`);
        let at = 4;
        const data = Array.from({ length: count }, () => {
          const length = view.getUint32(at, true);
          const text = bytes.subarray(at + 4, at + 4 + length);
          if (text.byteLength < length) throw new RangeError(`${name} claims a text of ${length}`);
          at += 4 + length;
          return decoder.decode(text);
        });
        const stride = shape.map((_extent, axis) =>
          shape.slice(axis + 1).reduce((product, extent) => product * extent, 1),
        );
        return { data, shape, stride };
      },
    }),
  };
}

/** What a chunk has by its shape and type. */
function mostBytesOf({ dataType, shape }: ChunkMetadata): number {
  const count = shape.reduce((product, extent) => product * extent, 1);
  const [, kind = "", digits = ""] = /^(?:v2:)?([A-Za-z]+)(\d*)$/.exec(dataType) ?? [];
  if (kind === "bool") return count;
  if (/^(u?int|float)$/.test(kind)) return (count * Number(digits)) / 8;
  if (kind === "U") return 4 * count * Number(digits);
  if (kind === "S") return count * Number(digits);
  return mostTextBytes;
}

/** numcodecs writes the unpacked length before the block. */
function lz4Size(bytes: Uint8Array): number | undefined {
  if (bytes.byteLength < 4) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
}

function isTooLarge(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
}
