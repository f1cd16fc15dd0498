/** Codecs whose chunks are unpacked by WebAssembly. */
export type WasmCodec = "blosc" | "lz4" | "zstd";

/** A chunk for a thread to unpack; its memory is handed over. */
export interface UnpackRequest {
  readonly codec: WasmCodec;
  readonly bytes: Uint8Array;
  /** What it may unpack to. */
  readonly mostBytes: number;
  /** Memory for what it unpacks to, handed over too; new memory is taken where it is missing or too small. */
  readonly into?: ArrayBuffer;
}

/** The thread has loaded its codec, or has unpacked a chunk (its memory is handed over), or could not. */
export type UnpackReply =
  | { readonly kind: "ready" }
  | {
      readonly kind: "unpacked";
      readonly bytes: Uint8Array;
      /** The chunk's own memory, to be used again. */
      readonly packed?: Uint8Array;
    }
  | { readonly kind: "fault"; readonly fault: string };
