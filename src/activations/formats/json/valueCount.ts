const quote = 0x22;
const backslash = 0x5c;
/** `,` `:` `[` `{` */
const separators: readonly number[] = [0x2c, 0x3a, 0x5b, 0x7b];

/**
 * How many values a JSON text may come to, by its separators outside of texts: parsing takes memory for each, so that
 * a few megabytes of brackets would take gigabytes. The text need not be valid.
 */
export function jsonValueCount(bytes: Uint8Array): number {
  const isSeparator = new Uint8Array(256);
  for (const code of separators) isSeparator[code] = 1;
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] as number;
    if (code !== quote) {
      count += isSeparator[code] as number;
      continue;
    }
    for (at++; at < bytes.length && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++;
  }
  return count;
}
