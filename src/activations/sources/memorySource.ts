import { EigenlensError } from "../../errors.ts";
import type { ByteSource } from "../byteSource.ts";

/** Bytes that are in memory already (an inflated archive entry, a small file) as a source. */
export function memorySource(path: string, bytes: Uint8Array): ByteSource {
  return {
    path,
    byteLength: bytes.byteLength,
    read(offset, length) {
      if (offset + length > bytes.byteLength) {
        return Promise.reject(
          new EigenlensError(
            "file-access",
            `${path}: bytes ${offset} to ${offset + length} were asked for, but only ${bytes.byteLength} are there.`,
          ),
        );
      }
      return Promise.resolve(bytes.slice(offset, offset + length));
    },
    async readInto(offset, destination) {
      destination.set(await this.read(offset, destination.byteLength));
    },
    close: () => Promise.resolve(),
  };
}
