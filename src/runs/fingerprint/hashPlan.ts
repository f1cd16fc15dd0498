/** Files up to this size are hashed whole. */
const wholeFileBytes = 256 * 2 ** 20;
/** A larger file is known by its size and this many evenly spaced chunks. */
const sampledChunks = 32;
const chunkBytes = 4 * 2 ** 20;

/** Bytes `start` to `stop` (exclusive) of a file. */
export interface ByteRange {
  readonly start: number;
  readonly stop: number;
}

/** What of a file its hash is made from, in this order. */
export interface HashPlan {
  /** How the hash is named, its colon included. */
  readonly prefix: "sha256:" | "sha256-sampled:";
  /** Hashed first. */
  readonly lead: string;
  /** Ascending and apart. */
  readonly ranges: readonly ByteRange[];
}

/**
 * The whole file up to 256 MiB; of a larger one its size in decimal and 32 chunks of 4 MiB, the first at its beginning,
 * the last at its end and the others spaced evenly between them.
 */
export function planHash(byteLength: number): HashPlan {
  if (byteLength <= wholeFileBytes) {
    return { prefix: "sha256:", lead: "", ranges: [{ start: 0, stop: byteLength }] };
  }
  const ranges = Array.from({ length: sampledChunks }, (_, i) => {
    const start = Math.floor(((byteLength - chunkBytes) * i) / (sampledChunks - 1));
    return { start, stop: start + chunkBytes };
  });
  return { prefix: "sha256-sampled:", lead: String(byteLength), ranges };
}
