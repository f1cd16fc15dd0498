// One bundle of its own, loaded when the first zarr folder is opened.
import { promisify } from "node:util";
import nodeCompression, { gunzip, unzip } from "node:zlib";
import Blosc from "numcodecs/blosc";
import { registry } from "zarrita";
import { decodeBlosc } from "../formats/bloscShuffle.ts";

export { get, open, root, slice } from "zarrita";

type Entry = Awaited<ReturnType<NonNullable<ReturnType<typeof registry.get>>>>;

/** No chunk that is read unpacks to more; see the readers' own limits. */
const maxOutputLength = 2 ** 29;

const blosc = Blosc.fromConfig({ id: "blosc", clevel: 5, cname: "lz4", shuffle: 1, blocksize: 0 });
register("blosc", (bytes) => decodeBlosc(bytes, (plain) => blosc.decode(plain)));
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
register("zstd", async (bytes) =>
  zstd === undefined
    ? (await import("./zstd.ts")).zstd.decode(bytes)
    : zstd(bytes, { maxOutputLength }),
);
register("gzip", (bytes) => gzip(bytes, { maxOutputLength }));
register("zlib", (bytes) => zlib(bytes, { maxOutputLength }));

/** Puts another way of unpacking in the place of the library's own, for both versions of the format. */
function register(name: string, decode: (bytes: Uint8Array) => Promise<Uint8Array>) {
  const encode = () => Promise.reject<Uint8Array>(new Error("Nothing is written in zarr."));
  const entry: Entry = {
    kind: "bytes_to_bytes",
    fromConfig: () => ({ kind: "bytes_to_bytes", encode, decode }),
  };
  for (const key of [name, `numcodecs.${name}`]) registry.set(key, () => Promise.resolve(entry));
}
