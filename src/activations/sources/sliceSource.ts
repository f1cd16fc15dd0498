import { EigenlensError } from "../../errors.ts";
import type { ByteSource } from "../byteSource.ts";

/** A part of another source, as a source; closing it leaves the other open. */
export function sliceSource(
  source: ByteSource,
  start: number,
  byteLength: number,
  path: string,
): ByteSource {
  function check(offset: number, length: number): void {
    if (offset < 0 || offset + length > byteLength) {
      throw new EigenlensError(
        "file-access",
        `${path}: bytes ${offset} to ${offset + length} were asked for, but only ${byteLength} are there.`,
      );
    }
  }
  return {
    path,
    byteLength,
    async read(offset, length) {
      check(offset, length);
      return source.read(start + offset, length);
    },
    async readInto(offset, destination) {
      check(offset, destination.byteLength);
      await source.readInto(start + offset, destination);
    },
    close: () => Promise.resolve(),
  };
}
