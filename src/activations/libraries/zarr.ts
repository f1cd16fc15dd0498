// One bundle of its own, loaded when the first zarr folder is opened.
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import nodeCompression, { gunzip, unzip } from "node:zlib";
import { registry } from "zarrita";
import { ZarrThreads } from "../formats/zarrThreads.ts";
import { unpackChunk } from "../formats/zarrUnpack.ts";
import { zarrWorkerPath } from "../formats/zarrWorkerPath.ts";
import { valueCount } from "../shape.ts";

export { get, open, root, slice } from "zarrita";

type Entry = Awaited<ReturnType<NonNullable<ReturnType<typeof registry.get>>>>;

/** No chunk that is read unpacks to more; see the readers' own limits. */
const maxOutputLength = 2 ** 29;

const threads = new ZarrThreads(zarrWorkerPath, availableParallelism(), unpackChunk);
register("blosc", (bytes, mostBytes) => threads.unpack("blosc", bytes, mostBytes));
// Node's own code works on several chunks at a time, on threads; the library's streams do not.
type Unpack = (
  bytes: Uint8Array,
  options: { maxOutputLength: number },
  done: (error: Error | null, unpacked: Buffer) => void,
) => void;
const gzip = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);
const zlib = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(unzip);
/** Node has Zstandard from 22.15 on, which the types of the oldest version that we support do not know. */
const { zstdDecompress } = nodeCompression as { zstdDecompress?: Unpack };
const zstd =
  zstdDecompress && promisify<Uint8Array, { maxOutputLength: number }, Buffer>(zstdDecompress);
register("zstd", (bytes, mostBytes) =>
  zstd === undefined ? threads.unpack("zstd", bytes, mostBytes) : zstd(bytes, { maxOutputLength }),
);
register("gzip", (bytes) => gzip(bytes, { maxOutputLength }));
register("zlib", (bytes) => zlib(bytes, { maxOutputLength }));

type Decode = (bytes: Uint8Array, mostBytes: number) => Promise<Uint8Array>;

/** Puts another way of unpacking in the place of the library's own, for both versions of the format. */
function register(name: string, decode: Decode) {
  const encode = () => Promise.reject<Uint8Array>(new Error("Nothing is written in zarr."));
  const entry: Entry = {
    kind: "bytes_to_bytes",
    fromConfig: (_: unknown, chunk: { dataType: string; shape: readonly number[] }) => ({
      kind: "bytes_to_bytes",
      encode,
      decode: (bytes: Uint8Array) => decode(bytes, mostBytesOf(chunk)),
    }),
  };
  for (const key of [name, `numcodecs.${name}`]) registry.set(key, () => Promise.resolve(entry));
}

/** Numbers have up to eight bytes; twice as many leave room for filters that lengthen a chunk. */
function mostBytesOf({ dataType, shape }: { dataType: string; shape: readonly number[] }): number {
  const isNumeric = /^(u?int|float|bool)\d*$/.test(dataType);
  return isNumeric ? Math.min(maxOutputLength, 16 * valueCount(shape)) : maxOutputLength;
}
