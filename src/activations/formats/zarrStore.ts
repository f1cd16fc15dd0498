import { EigenlensError } from "../../errors.ts";
import type { ByteSource, FileSystem } from "../byteSource.ts";
import { unpackedSize } from "../unpackedSize.ts";
import { isRecord, parseJson } from "./jsonValues.ts";

/** A store that zarrita reads from. */
export interface ZarrStore {
  get(key: string): Promise<Uint8Array | undefined>;
  /** A part of a file, for chunks that lie together in shards. */
  getRange(
    key: string,
    range: { offset: number; length: number } | { suffixLength: number },
  ): Promise<Uint8Array | undefined>;
  /** Arrays whose two-byte floats are handed over as uint16: the path of each, and what they really are. */
  readonly halfFloats: ReadonlyMap<string, "float16" | "bfloat16">;
  /** No chunk may unpack to much more than this; told once the array's chunks are known. */
  limitChunks(byteLength: number): void;
}

/** Room for filters that lengthen a chunk a little (checksums, block headers). */
const slack = 2 ** 16;

/**
 * A zarr folder as a store. Keys are joined to the folder's path; one that leads out of it is refused. Metadata of
 * two-byte floats is rewritten to uint16 on its way, and compressed chunks that claim to unpack to more than
 * their array allows are refused before they are unpacked.
 */
export function zarrStore(folder: string, fileSystem: FileSystem): ZarrStore {
  const halfFloats = new Map<string, "float16" | "bfloat16">();
  let limit = Number.POSITIVE_INFINITY;

  async function read(
    key: string,
    part: (byteLength: number) => { offset: number; length: number },
  ): Promise<Uint8Array | undefined> {
    if (key.split("/").includes("..")) {
      throw new EigenlensError(
        "file-format",
        `${folder}: chunk ${key} leads out of the folder: refused.`,
      );
    }
    const path = folder + key;
    const source = await opened(path);
    if (source === undefined) return undefined;
    try {
      const { offset, length } = part(source.byteLength);
      if (offset + length > source.byteLength) return await source.read(offset, length);
      // Memory of its own, which may be handed over to another thread.
      const bytes = new Uint8Array(length);
      await source.readInto(offset, bytes);
      return bytes;
    } finally {
      await source.close();
    }
  }

  /** Undefined where there is no file; that is asked only where it does not open. */
  async function opened(path: string): Promise<ByteSource | undefined> {
    try {
      return await fileSystem.open(path);
    } catch (cause) {
      if ((await fileSystem.stat(path))?.kind !== "file") return undefined;
      throw cause;
    }
  }

  function checked(key: string, bytes: Uint8Array): Uint8Array {
    const claimed = unpackedSize(bytes);
    if (claimed === undefined || claimed <= 2 * limit + slack) return bytes;
    throw new EigenlensError(
      "file-format",
      `${folder}${key} claims to unpack ${bytes.byteLength} bytes to ${claimed}, its chunk has ${limit}: damaged or hostile; save it again.`,
    );
  }

  return {
    halfFloats,
    limitChunks(byteLength) {
      limit = byteLength;
    },
    async get(key) {
      const bytes = await read(key, (length) => ({ offset: 0, length }));
      if (bytes === undefined) return undefined;
      if (/\/(\.zarray|zarr\.json)$/.test(key)) {
        return withoutHalfFloats(folder, key, bytes, halfFloats);
      }
      return checked(key, bytes);
    },
    async getRange(key, range) {
      const bytes = await read(key, (byteLength) =>
        "suffixLength" in range
          ? {
              offset: Math.max(0, byteLength - range.suffixLength),
              length: Math.min(byteLength, range.suffixLength),
            }
          : range,
      );
      return bytes === undefined ? undefined : checked(key, bytes);
    },
  };
}

function withoutHalfFloats(
  folder: string,
  key: string,
  bytes: Uint8Array,
  halfFloats: Map<string, "float16" | "bfloat16">,
): Uint8Array {
  const value = parseJson(new TextDecoder().decode(bytes), folder + key);
  if (!isRecord(value)) return bytes;
  const array = key.replace(/\/(\.zarray|zarr\.json)$/, "");
  const isVersion2 = key.endsWith(".zarray");
  const type = String(value[isVersion2 ? "dtype" : "data_type"]);
  const real = /^([<>|]?f2|float16)$/.test(type)
    ? "float16"
    : type === "bfloat16"
      ? type
      : undefined;
  if (real === undefined) return bytes;
  halfFloats.set(array, real);
  const renamed = isVersion2 ? { dtype: type.replace("f2", "u2") } : { data_type: "uint16" };
  // A fill value other than zero would need its bit pattern; nobody fills activations with one.
  const rewritten = { ...value, ...renamed, fill_value: fillPattern(value["fill_value"], real) };
  return new TextEncoder().encode(JSON.stringify(rewritten));
}

/** The bit pattern of a fill value: zero, or NaN. */
function fillPattern(fill: unknown, type: "float16" | "bfloat16"): number {
  const isNaN = typeof fill === "string" && /nan/i.test(fill);
  return isNaN ? (type === "float16" ? 0x7e00 : 0x7fc0) : 0;
}
