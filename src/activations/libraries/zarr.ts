// One bundle of its own, loaded when the first zarr folder is opened.
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import nodeCompression, { gunzip, unzip } from "node:zlib";
import { registry } from "zarrita";
import {
  codecEntry,
  checksumCodec,
  shuffleCodec,
  textCodec,
  type ChunkMetadata,
} from "../formats/zarr/registeredCodecs.ts";
import { ZarrThreads } from "../formats/zarr/threads.ts";
import { unpackChunk } from "../formats/zarr/unpack.ts";
import { zarrWorkerPath } from "../formats/zarr/workerPath.ts";

export { open, root } from "zarrita";

type Entry = Awaited<ReturnType<NonNullable<ReturnType<typeof registry.get>>>>;

const threads = new ZarrThreads(zarrWorkerPath, availableParallelism(), unpackChunk);
/** Memory of chunks, to be used again. */
export const { spare } = threads;
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

const unpackers = {
  blosc: (bytes, mostBytes) => threads.unpack("blosc", bytes, mostBytes),
  lz4: (bytes, mostBytes) => threads.unpack("lz4", bytes, mostBytes),
  zstd: (bytes, maxOutputLength) =>
    zstd === undefined
      ? threads.unpack("zstd", bytes, maxOutputLength)
      : zstd(bytes, { maxOutputLength }),
  gzip: (bytes, maxOutputLength) => gzip(bytes, { maxOutputLength }),
  zlib: (bytes, maxOutputLength) => zlib(bytes, { maxOutputLength }),
} satisfies Record<string, (bytes: Uint8Array, mostBytes: number) => Promise<Uint8Array>>;

for (const [name, unpack] of Object.entries(unpackers)) register(name, codecEntry(name, unpack));
for (const name of ["crc32c", "crc32", "adler32"] as const) register(name, checksumCodec(name));
for (const name of ["vlen-utf8", "vlen-bytes"]) register(name, textCodec(name));
register("shuffle", shuffleCodec);

interface OwnEntry {
  readonly kind: string;
  readonly fromConfig: (configuration: unknown, chunk: ChunkMetadata) => object;
}

/** Puts another way of unpacking in the place of the library's own, for both versions of the format. */
function register(name: string, entry: OwnEntry): void {
  for (const key of [name, `numcodecs.${name}`]) {
    registry.set(key, () => Promise.resolve(entry as unknown as Entry));
  }
}
