import type { ByteSource } from "../byteSource.ts";

const windowBytes = 2 ** 16;
/** Longer reads want values, of which nothing that follows need be wanted. */
const longestShort = 2 ** 10;

/**
 * A source whose short reads, one after the other in the order of the file, are served from a window of it, so that
 * a hundred thousand headers do not cost as many reads. Closing it leaves the other open.
 */
export function windowedSource(source: ByteSource): ByteSource {
  let start = 0;
  let window: Uint8Array = new Uint8Array(0);

  async function readInto(offset: number, destination: Uint8Array): Promise<void> {
    const { byteLength } = destination;
    const past = offset + byteLength > source.byteLength;
    if (past || byteLength > longestShort) return source.readInto(offset, destination);
    if (offset < start || offset + byteLength > start + window.byteLength) {
      const length = Math.min(windowBytes, source.byteLength - offset);
      const bytes = await source.read(offset, length);
      [window, start] = [bytes, offset];
      // Another read may have moved the window on meanwhile: what was read here is still right.
      destination.set(bytes.subarray(0, byteLength));
      return;
    }
    destination.set(window.subarray(offset - start, offset - start + byteLength));
  }

  return {
    path: source.path,
    byteLength: source.byteLength,
    readInto,
    async read(offset, length) {
      // Checked before memory is taken: a length that the file claims may be any.
      if (length > longestShort || offset + length > source.byteLength) {
        return source.read(offset, length);
      }
      const bytes = new Uint8Array(length);
      await readInto(offset, bytes);
      return bytes;
    },
    close: () => Promise.resolve(),
  };
}
