import Blosc from "numcodecs/blosc";
import { describe, expect, it } from "vitest";
import { decodeBlosc, unshuffle } from "../../../src/activations/formats/bloscShuffle.ts";

const codec = Blosc.fromConfig({ id: "blosc", clevel: 5, cname: "lz4", shuffle: 1, blocksize: 0 });

/**
 * `numpy.arange(2500) * 3` as whole numbers of so many bytes, by numcodecs.Blosc("lz4", 5, SHUFFLE) of Python.
 */
const packed: Readonly<Record<number, string>> = {
  1: "AgEhAcQJAADECQAAKwEAABQAAAATAQAA//EAAwYJDA8SFRgbHiEkJyotMDM2OTw/QkVIS05RVFdaXWBjZmlsb3J1eHt+gYSHio2Qk5aZnJ+ipairrrG0t7q9wMPGyczP0tXY297h5Ofq7fDz9vn8/wIFCAsOERQXGh0gIyYpLC8yNTg7PkFER0pNUFNWWVxfYmVoa25xdHd6fYCDhomMj5KVmJueoaSnqq2ws7a5vL/CxcjLztHU19rd4OPm6ezv8vX4+/4BBAcKDRATFhkcHyIlKCsuMTQ3Oj1AQ0ZJTE9SVVhbXmFkZ2ptcHN2eXx/goWIi46RlJeanaCjpqmsr7K1uLu+wcTHys3Q09bZ3N/i5ejr7vH09/r9AAH//////////7RQPUBDRkk=",
  2: "AgEhAogTAACIEwAAywEAABQAAAATAQAA//EAAwYJDA8SFRgbHiEkJyotMDM2OTw/QkVIS05RVFdaXWBjZmlsb3J1eHt+gYSHio2Qk5aZnJ+ipairrrG0t7q9wMPGyczP0tXY297h5Ofq7fDz9vn8/wIFCAsOERQXGh0gIyYpLC8yNTg7PkFER0pNUFNWWVxfYmVoa25xdHd6fYCDhomMj5KVmJueoaSnqq2ws7a5vL/CxcjLztHU19rd4OPm6ezv8vX4+/4BBAcKDRATFhkcHyIlKCsuMTQ3Oj1AQ0ZJTE9SVVhbXmFkZ2ptcHN2eXx/goWIi46RlJeanaCjpqmsr7K1uLu+wcTHys3Q09bZ3N/i5ejr7vH09/r9AAH//////////7RQPUBDRkmcAAAAHwABAEIfAQEAQR8CAQBBHwMBAEIfBAEAQR8FAQBBHwYBAEIfBwEAQR8IAQBBHwkBAEIfCgEAQR8LAQBBHwwBAEIfDQEAQR8OAQBBHw8BAEIfEAEAQR8RAQBBHxIBAEIfEwEAQR8UAQBBHxUBAEIfFgEAQR8XAQBBHxgBAEIfGQEAQR8aAQBBHxsBAEIfHAEAQR8dAQAAUB0dHR0d",
  4: "AgEhBBAnAAAQJwAA+wEAABQAAAATAQAA//EAAwYJDA8SFRgbHiEkJyotMDM2OTw/QkVIS05RVFdaXWBjZmlsb3J1eHt+gYSHio2Qk5aZnJ+ipairrrG0t7q9wMPGyczP0tXY297h5Ofq7fDz9vn8/wIFCAsOERQXGh0gIyYpLC8yNTg7PkFER0pNUFNWWVxfYmVoa25xdHd6fYCDhomMj5KVmJueoaSnqq2ws7a5vL/CxcjLztHU19rd4OPm6ezv8vX4+/4BBAcKDRATFhkcHyIlKCsuMTQ3Oj1AQ0ZJTE9SVVhbXmFkZ2ptcHN2eXx/goWIi46RlJeanaCjpqmsr7K1uLu+wcTHys3Q09bZ3N/i5ejr7vH09/r9AAH//////////7RQPUBDRkmcAAAAHwABAEIfAQEAQR8CAQBBHwMBAEIfBAEAQR8FAQBBHwYBAEIfBwEAQR8IAQBBHwkBAEIfCgEAQR8LAQBBHwwBAEIfDQEAQR8OAQBBHw8BAEIfEAEAQR8RAQBBHxIBAEIfEwEAQR8UAQBBHxUBAEIfFgEAQR8XAQBBHxgBAEIfGQEAQR8aAQBBHxsBAEIfHAEAQR8dAQAAUB0dHR0dFAAAAB8AAQD///////////+0UAAAAAAAFAAAAB8AAQD///////////+0UAAAAAAA",
  8: "AgEhCCBOAAAgTgAAWwIAABQAAAATAQAA//EAAwYJDA8SFRgbHiEkJyotMDM2OTw/QkVIS05RVFdaXWBjZmlsb3J1eHt+gYSHio2Qk5aZnJ+ipairrrG0t7q9wMPGyczP0tXY297h5Ofq7fDz9vn8/wIFCAsOERQXGh0gIyYpLC8yNTg7PkFER0pNUFNWWVxfYmVoa25xdHd6fYCDhomMj5KVmJueoaSnqq2ws7a5vL/CxcjLztHU19rd4OPm6ezv8vX4+/4BBAcKDRATFhkcHyIlKCsuMTQ3Oj1AQ0ZJTE9SVVhbXmFkZ2ptcHN2eXx/goWIi46RlJeanaCjpqmsr7K1uLu+wcTHys3Q09bZ3N/i5ejr7vH09/r9AAH//////////7RQPUBDRkmcAAAAHwABAEIfAQEAQR8CAQBBHwMBAEIfBAEAQR8FAQBBHwYBAEIfBwEAQR8IAQBBHwkBAEIfCgEAQR8LAQBBHwwBAEIfDQEAQR8OAQBBHw8BAEIfEAEAQR8RAQBBHxIBAEIfEwEAQR8UAQBBHxUBAEIfFgEAQR8XAQBBHxgBAEIfGQEAQR8aAQBBHxsBAEIfHAEAQR8dAQAAUB0dHR0dFAAAAB8AAQD///////////+0UAAAAAAAFAAAAB8AAQD///////////+0UAAAAAAAFAAAAB8AAQD///////////+0UAAAAAAAFAAAAB8AAQD///////////+0UAAAAAAAFAAAAB8AAQD///////////+0UAAAAAAAFAAAAB8AAQD///////////+0UAAAAAAA",
};

describe("blosc's byte shuffle", () => {
  for (const [width, text] of Object.entries(packed)) {
    it(`of values of ${width} bytes`, async () => {
      const bytes = Uint8Array.from(Buffer.from(text, "base64"));
      let flags = 0;
      const found = await decodeBlosc(
        bytes,
        (part, destination) => {
          flags = part[2] ?? 0;
          return codec.decode(part, destination as Uint8Array);
        },
        dirty,
      );
      const count = 2500;
      const wanted = Buffer.alloc(count * Number(width));
      for (let i = 0; i < count; i++) {
        const low = Number(width) === 1 ? (3 * i) % 256 : 3 * i;
        wanted.writeUIntLE(low, i * Number(width), Math.min(6, Number(width)));
      }
      expect(Buffer.compare(found, wanted)).toBe(0);
      // Undone here for two and four bytes, by the codec for all others.
      const isOurs = ["2", "4"].includes(width);
      expect((flags & 1) === 0).toBe(isOurs);
      expect((bytes[2] ?? 0) & 3).toBe(1);
    });
  }

  for (const width of [2, 4] as const) {
    // The last one leaves blocks that do not begin at whole values.
    for (const blockBytes of [8192, 4096, 1001, 2 ** 18]) {
      it(`in blocks of ${blockBytes} bytes, values of ${width}`, () => {
        const bytes = Uint8Array.from({ length: 300_003 }, (_, i) => (i * i + (i >> 3)) % 251);
        const found = dirty(bytes.byteLength);
        unshuffle(shuffle(bytes, width, blockBytes), width, blockBytes, found);
        expect(Buffer.compare(found, bytes)).toBe(0);
      });
    }
  }
});

/** Memory in which something was before. */
function dirty(byteLength: number): Uint8Array {
  return new Uint8Array(byteLength).fill(0xa5);
}

/** As c-blosc's README describes it. */
function shuffle(bytes: Uint8Array, width: number, blockBytes: number): Uint8Array {
  const result = bytes.slice();
  for (let start = 0; start < bytes.length; start += blockBytes) {
    const count = Math.floor((Math.min(bytes.length, start + blockBytes) - start) / width);
    for (let i = 0; i < count * width; i++) {
      result[start + (i % width) * count + Math.floor(i / width)] = bytes[start + i] as number;
    }
  }
  return result;
}
