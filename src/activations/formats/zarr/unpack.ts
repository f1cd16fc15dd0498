import type { WasmCodec } from "./messages.ts";

interface Codec {
  decode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** The codec's library; each is large, and loaded when it is first needed. */
export async function loadCodec(codec: WasmCodec): Promise<Codec> {
  switch (codec) {
    case "zstd":
      return (await import("../../libraries/zstd.ts")).zstd;
    case "lz4":
      return (await import("../../libraries/lz4.ts")).lz4;
    case "blosc":
      return (await import("../../libraries/blosc.ts")).blosc;
    default:
      return codec satisfies never;
  }
}

/** @throws what the codec throws on a damaged chunk */
export async function unpackChunk(codec: WasmCodec, bytes: Uint8Array): Promise<Uint8Array> {
  const library = await loadCodec(codec);
  return library.decode(bytes);
}
