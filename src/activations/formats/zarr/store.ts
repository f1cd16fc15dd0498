import { EigenlensError } from "../../../errors.ts";
import type { ByteSource, FileSystem } from "../../byteSource.ts";
import type { SpareBuffers } from "../../rows/spareBuffers.ts";
import type { ZarrMetadata } from "./metadata.ts";

/** A store that zarrita reads one array from. */
export interface ZarrStore {
  get(key: string): Promise<Uint8Array | undefined>;
  /** A part of a file, for chunks that lie together in shards. */
  getRange(
    key: string,
    range: { offset: number; length: number } | { suffixLength: number },
  ): Promise<Uint8Array | undefined>;
}

/**
 * The folder of one array as a store. The library asks for its metadata too and gets what was made of them. Keys are
 * joined to the folder's path; one that leads out of it is refused.
 * @param spare what chunks are read into
 */
export function zarrStore(
  folder: string,
  { document, isIndexFirst }: ZarrMetadata,
  fileSystem: FileSystem,
  spare: SpareBuffers,
): ZarrStore {
  const metadataKey = document.version === 2 ? "/.zarray" : "/zarr.json";

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
    const source = await opened(folder + key);
    if (source === undefined) return undefined;
    try {
      const { offset, length } = part(source.byteLength);
      if (!(offset >= 0 && length >= 0 && offset + length <= source.byteLength)) {
        throw new EigenlensError(
          "file-format",
          `${folder}${key} ends at byte ${source.byteLength}, but a chunk is said to have ${length} from ${offset} on: cut short or damaged; save it again.`,
        );
      }
      // Memory of its own, which may be handed over to another thread.
      const bytes = spare.take(length);
      await source.readInto(offset, bytes);
      return bytes;
    } finally {
      await source.close();
    }
  }

  /** Undefined if there is no file; that is asked only if it does not open. */
  async function opened(path: string): Promise<ByteSource | undefined> {
    try {
      return await fileSystem.open(path);
    } catch (cause) {
      if ((await fileSystem.stat(path))?.kind !== "file") return undefined;
      throw cause;
    }
  }

  return {
    get(key) {
      if (key === metadataKey) {
        return Promise.resolve(new TextEncoder().encode(JSON.stringify(document.value)));
      }
      return read(key, (length) => ({ offset: 0, length }));
    },
    getRange(key, range) {
      return read(key, (byteLength) => {
        if (!("suffixLength" in range)) return range;
        // The library looks for the index of a shard at its end.
        const length = Math.min(byteLength, range.suffixLength);
        return { offset: isIndexFirst ? 0 : byteLength - length, length };
      });
    },
  };
}
