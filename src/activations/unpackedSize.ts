/**
 * What the header of a zstd frame, gzip member or blosc buffer says of its unpacked size, so that a bomb is
 * refused before memory is taken for it.
 * @returns bytes, or undefined if the header does not say or is of another kind
 */
export function unpackedSize(bytes: Uint8Array): number | undefined {
  if (bytes.byteLength < 18) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) === 0xfd2fb528) return zstdSize(bytes, view);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return view.getUint32(bytes.byteLength - 4, true);
  const isBlosc = bytes[0] === 2 && view.getUint32(12, true) === bytes.byteLength;
  return isBlosc ? view.getUint32(4, true) : undefined;
}

/** RFC 8878, section 3.1.1: the frame header. */
function zstdSize(bytes: Uint8Array, view: DataView): number | undefined {
  const descriptor = bytes[4] ?? 0;
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const at = 5 + (singleSegment ? 0 : 1) + dictionaryBytes;
  switch (descriptor >> 6) {
    case 0:
      return singleSegment ? bytes[at] : undefined;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return at + 8 <= bytes.byteLength ? Number(view.getBigUint64(at, true)) : undefined;
  }
}
