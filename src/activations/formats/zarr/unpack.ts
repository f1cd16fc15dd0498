import type { WasmCodec } from "./messages.ts";

interface Codec {
  /** @param allocate memory for so many unpacked bytes, whatever lies in it */
  decode(
    bytes: Uint8Array,
    allocate: (byteLength: number) => Uint8Array,
  ): Uint8Array | Promise<Uint8Array>;
}

/** The codec's library; each is large, and loaded when it is first needed. */
export async function loadCodec(codec: WasmCodec): Promise<Codec> {
  switch (codec) {
    case "zstd":
      return intoPlace((await import("../../libraries/zstd.ts")).zstd);
    case "lz4":
      return intoPlace((await import("../../libraries/lz4.ts")).lz4);
    case "blosc":
      return (await import("../../libraries/blosc.ts")).blosc;
    default:
      return codec satisfies never;
  }
}

interface Library {
  decode(bytes: Uint8Array, out?: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** The library says how long it is only when it hands over what it has unpacked. */
function intoPlace(library: Library): Codec {
  return {
    async decode(bytes, allocate) {
      let result: Uint8Array = new Uint8Array(0);
      const destination: Pick<Uint8Array, "set"> = {
        set(unpacked) {
          result = allocate(unpacked.length);
          result.set(unpacked);
        },
      };
      // It calls no other method of where it writes.
      await library.decode(bytes, destination as Uint8Array);
      return result;
    },
  };
}

/**
 * @param into memory for what the chunk unpacks to; where that is longer, it gets memory of its own
 * @throws what the codec throws on a damaged chunk
 */
export async function unpackChunk(
  codec: WasmCodec,
  bytes: Uint8Array,
  into?: ArrayBuffer,
): Promise<Uint8Array> {
  const library = await loadCodec(codec);
  return library.decode(bytes, (byteLength) =>
    into !== undefined && byteLength <= into.byteLength
      ? new Uint8Array(into, 0, byteLength)
      : new Uint8Array(byteLength),
  );
}
