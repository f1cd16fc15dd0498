/** JSON that keeps typed arrays as their bytes, between the page and the server of the development page. */
export function toWire(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    if (entry instanceof Float64Array || entry instanceof Uint8Array) {
      const wire = entry instanceof Float64Array ? "Float64Array" : "Uint8Array";
      return { wire, bytes: toBase64(entry) };
    }
    return entry;
  });
}

export function fromWire(json: string): unknown {
  return JSON.parse(json, (_key, entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("wire" in entry)) return entry;
    const { wire, bytes } = entry as { wire: string; bytes: string };
    const text = atob(bytes);
    const decoded = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) decoded[i] = text.charCodeAt(i);
    return wire === "Float64Array" ? new Float64Array(decoded.buffer) : decoded;
  });
}

/** In pieces where there is no Buffer, since a call takes so many arguments and no more. */
function toBase64({ buffer, byteOffset, byteLength }: Float64Array | Uint8Array): string {
  if ("Buffer" in globalThis) return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let text = "";
  for (let start = 0; start < byteLength; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(text);
}
