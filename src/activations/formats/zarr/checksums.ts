/** Checksums that numcodecs keeps beside the bytes of a chunk. */
export type ChecksumName = "crc32" | "crc32c" | "adler32";

/** Reversed polynomials: that of Ethernet and zip, and Castagnoli's (RFC 3720). */
const polynomials = { crc32: 0xedb88320, crc32c: 0x82f63b78 } as const;
const tables = new Map<number, Uint32Array>();

/** The checksum of bytes as an unsigned number of 32 bits; adler32 is that of RFC 1950. */
export function checksumOf(name: ChecksumName, bytes: Uint8Array): number {
  if (name === "adler32") return adler32(bytes);
  const table = tableOf(polynomials[name]);
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] ?? 0);
  return (sum ^ 0xffffffff) >>> 0;
}

function tableOf(polynomial: number): Uint32Array {
  const known = tables.get(polynomial);
  if (known !== undefined) return known;
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ polynomial : sum >>> 1;
    return sum >>> 0;
  });
  tables.set(polynomial, table);
  return table;
}

function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return ((high << 16) | low) >>> 0;
}
