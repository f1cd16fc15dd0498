import { HalfFloatDecoder, halfFloatBlockBytes } from "../kernels/halfFloatDecoder.ts";
import type { NumericType } from "./elementType.ts";

/** Bytes read at a time: enough to hide what a call costs on a busy machine, few enough for a core's cache. */
export const blockBytes = halfFloatBlockBytes;

/** Two buffers that a stream reads into in turns. */
export interface BlockBuffers {
  readonly kind: "bytes" | "float16" | "bfloat16";
  readonly pair: readonly [Uint8Array, Uint8Array];
  /** In whose memory they lie, if they are of its type. */
  readonly halfFloats?: HalfFloatDecoder;
}

/**
 * Of each kind one that no stream uses. New memory costs the system as much as reading a third of a shard into it does,
 * and each shard of a set is a stream of its own.
 */
const spare = new Map<BlockBuffers["kind"], BlockBuffers>();

/** @param byteLength of all that will be read: shorter streams get shorter buffers */
export function takeBuffers(
  elementType: NumericType,
  byteOrder: "little" | "big",
  byteLength: number,
): BlockBuffers {
  const isHalf = elementType === "float16" || elementType === "bfloat16";
  const kind = isHalf && byteOrder === "little" ? elementType : "bytes";
  if (kind === "bytes" && byteLength < blockBytes) {
    return { kind, pair: [new Uint8Array(byteLength), new Uint8Array(byteLength)] };
  }
  const kept = spare.get(kind);
  spare.delete(kind);
  if (kept !== undefined) return kept;
  if (kind === "bytes")
    return { kind, pair: [new Uint8Array(blockBytes), new Uint8Array(blockBytes)] };
  const halfFloats = new HalfFloatDecoder(kind);
  return { kind, pair: halfFloats.buffers, halfFloats };
}

/** For the next stream; nothing reads into them any more, and nobody looks at what is in them. */
export function giveBackBuffers(buffers: BlockBuffers): void {
  if (buffers.pair[0].byteLength === blockBytes) spare.set(buffers.kind, buffers);
}
