/**
 * Bytes as ISO 8859-1, where each byte is the code point of its character (npy headers, numpy's S,
 * MATLAB's texts). Not `TextDecoder("latin1")`: the encoding standard makes that windows-1252, which
 * newer runtimes follow for 0x80 to 0x9f.
 */
export function decodeLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** Whether `bytes` begin with `signature`, whose characters are single bytes (`\x89HDF\r\n\x1a\n`). */
export function startsWith(bytes: Uint8Array, signature: string, offset = 0): boolean {
  if (bytes.length < offset + signature.length) return false;
  for (let at = 0; at < signature.length; at++) {
    if (bytes[offset + at] !== signature.charCodeAt(at)) return false;
  }
  return true;
}
