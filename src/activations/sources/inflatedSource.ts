import {
  constants,
  crc32,
  createInflate,
  createInflateRaw,
  inflateRawSync,
  inflateSync,
} from "node:zlib";
import { EigenlensError } from "../../errors.ts";
import type { ByteSource } from "../byteSource.ts";

/** Entries up to this size are kept once inflated; longer ones are inflated anew where a read goes back. */
const keptBytes = 32 * 2 ** 20;
const inputBytes = 2 ** 18;
/** Together, of all entries of one file: those that were not read for the longest time are forgotten. */
const mostKept = 96 * 2 ** 20;

/** Inflated entries of one file, as many as memory should hold. */
export class KeptBytes {
  readonly #entries = new Map<object, Promise<Uint8Array>>();
  readonly #sizes = new Map<object, number>();
  #total = 0;
  #head: { readonly owner: object; readonly bytes: Promise<Uint8Array | undefined> } | undefined;

  /** The first bytes of the entry that was looked at last; a hundred thousand heads would be too many. */
  takeHead(
    owner: object,
    inflate: () => Promise<Uint8Array | undefined>,
  ): Promise<Uint8Array | undefined> {
    if (this.#head?.owner !== owner) this.#head = { owner, bytes: inflate() };
    return this.#head.bytes;
  }

  /** The bytes of an entry, inflated again if they were forgotten. */
  take(owner: object, size: number, inflate: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const bytes = this.#entries.get(owner) ?? inflate();
    this.#forget(owner);
    for (const oldest of this.#entries.keys()) {
      if (this.#total + size <= mostKept) break;
      this.#forget(oldest);
    }
    this.#entries.set(owner, bytes);
    this.#sizes.set(owner, size);
    this.#total += size;
    return bytes;
  }

  #forget(owner: object): void {
    this.#total -= this.#sizes.get(owner) ?? 0;
    this.#sizes.delete(owner);
    this.#entries.delete(owner);
  }
}

/** Headers are shorter; so much of an entry is inflated for them alone. */
const headBytes = 2 ** 11;
const headInput = 2 ** 9;

/**
 * The first bytes of deflated ones, up to 2 KiB.
 * @returns undefined if they cannot be had from the first few packed ones: then they are inflated with the rest
 */
export async function inflatedHead(
  compressed: ByteSource,
  wrapping: "raw" | "zlib",
): Promise<Uint8Array | undefined> {
  const bytes = await compressed.read(0, Math.min(headInput, compressed.byteLength));
  const inflate = wrapping === "raw" ? inflateRawSync : inflateSync;
  try {
    // So few packed bytes cannot come to more than half a megabyte.
    const options = { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: headBytes };
    return inflate(bytes, options).subarray(0, headBytes);
  } catch {
    return undefined;
  }
}

/**
 * Deflated bytes as a source: sequential reads inflate as they go, so that memory stays bounded
 * however large the entry is.
 * @param byteLength the size that the archive promises; more or less than that is an error
 * @param kept what the entries of the same file keep
 * @param wrapping "raw" deflate as in zip archives, or in a "zlib" envelope, which has its own checksum
 * @param checksum CRC-32 of the inflated bytes where it is known
 */
export function inflatedSource(
  compressed: ByteSource,
  byteLength: number,
  wrapping: "raw" | "zlib",
  kept: KeptBytes,
  checksum?: number,
): ByteSource {
  const { path } = compressed;
  const owner = {};
  let wasRead = false;
  let stream: Inflation | undefined;
  let queue: Promise<void> = Promise.resolve();

  function serial(work: () => Promise<void>): Promise<void> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  async function inflateAll(): Promise<Uint8Array> {
    const bytes = new Uint8Array(byteLength);
    const whole = new Inflation(compressed, byteLength, wrapping);
    await whole.read(bytes);
    await whole.finish();
    if (checksum !== undefined && crc32(bytes) !== checksum) {
      throw new EigenlensError(
        "file-format",
        `${path}: its checksum does not match: the archive is damaged; copy or save it again.`,
      );
    }
    return bytes;
  }

  async function readInto(offset: number, destination: Uint8Array): Promise<void> {
    const stop = offset + destination.byteLength;
    if (stop > byteLength) {
      throw new EigenlensError(
        "file-access",
        `${path}: bytes up to ${stop} were asked for, but it holds ${byteLength}.`,
      );
    }
    if (stop <= headBytes && !wasRead) {
      const known = await kept.takeHead(owner, () => inflatedHead(compressed, wrapping));
      if (known !== undefined && stop <= known.byteLength) {
        destination.set(known.subarray(offset, stop));
        return;
      }
    }
    wasRead = true;
    if (byteLength <= keptBytes) {
      const bytes = await kept.take(owner, byteLength, inflateAll);
      destination.set(bytes.subarray(offset, stop));
      return;
    }
    if (stream === undefined || stream.position > offset) {
      await stream?.stop();
      stream = new Inflation(compressed, byteLength, wrapping);
    }
    await stream.skip(offset - stream.position);
    await stream.read(destination);
    if (stream.position === byteLength) await stream.finish();
  }

  return {
    path,
    byteLength,
    readInto: (offset, destination) => serial(() => readInto(offset, destination)),
    async read(offset, length) {
      if (offset + length > byteLength) await this.readInto(byteLength, new Uint8Array(1));
      const bytes = new Uint8Array(length);
      await this.readInto(offset, bytes);
      return bytes;
    },
    close: () => serial(async () => stream?.stop()),
  };
}

/** One pass over a deflated stream, from its beginning. */
class Inflation {
  position = 0;
  readonly #path: string;
  readonly #byteLength: number;
  readonly #inflate: ReturnType<typeof createInflateRaw>;
  readonly #output: AsyncIterator<Buffer>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(compressed: ByteSource, byteLength: number, wrapping: "raw" | "zlib") {
    this.#path = compressed.path;
    this.#byteLength = byteLength;
    const create = wrapping === "raw" ? createInflateRaw : createInflate;
    this.#inflate = create({ chunkSize: 2 ** 18 });
    this.#output = this.#inflate[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#feed(compressed).catch((error: unknown) => {
      this.#inflate.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  }

  async #feed(compressed: ByteSource): Promise<void> {
    for (let at = 0; at < compressed.byteLength && !this.#inflate.destroyed;) {
      const length = Math.min(inputBytes, compressed.byteLength - at);
      const bytes = await compressed.read(at, length);
      at += length;
      if (this.#inflate.destroyed) return;
      if (!this.#inflate.write(bytes)) {
        await new Promise((resolve) => {
          this.#inflate.once("drain", resolve);
          this.#inflate.once("close", resolve);
        });
      }
    }
    this.#inflate.end();
  }

  async #next(): Promise<boolean> {
    try {
      const { done, value } = await this.#output.next();
      if (done === true) return false;
      this.#rest = value;
      return true;
    } catch (cause) {
      if (cause instanceof EigenlensError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new EigenlensError(
        "file-format",
        `${this.#path} cannot be inflated (${reason}): the archive is damaged; copy or save it again.`,
        { cause },
      );
    }
  }

  async #consume(count: number, use: (bytes: Uint8Array, done: number) => void): Promise<void> {
    for (let done = 0; done < count;) {
      if (this.#rest.byteLength === 0 && !(await this.#next())) {
        throw new EigenlensError(
          "file-format",
          `${this.#path} inflates to ${this.position} bytes, not to the ${this.#byteLength} that the archive promises: it is damaged; save it again.`,
        );
      }
      const bytes = this.#rest.subarray(0, count - done);
      use(bytes, done);
      this.#rest = this.#rest.subarray(bytes.byteLength);
      done += bytes.byteLength;
      this.position += bytes.byteLength;
    }
  }

  read(destination: Uint8Array): Promise<void> {
    return this.#consume(destination.byteLength, (bytes, done) => destination.set(bytes, done));
  }

  skip(count: number): Promise<void> {
    return this.#consume(count, () => undefined);
  }

  /** @throws EigenlensError if more comes than was promised */
  async finish(): Promise<void> {
    const more = this.#rest.byteLength > 0 || (await this.#next());
    await this.stop();
    if (more) {
      throw new EigenlensError(
        "file-format",
        `${this.#path} inflates to more than the ${this.#byteLength} bytes that the archive promises: it is damaged or hostile; save it again.`,
      );
    }
  }

  async stop(): Promise<void> {
    this.#inflate.destroy();
    await this.#output.return?.();
  }
}
