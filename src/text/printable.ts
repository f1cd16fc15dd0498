/**
 * What a terminal or a screen would obey instead of showing: C0 and C1 controls, line and paragraph
 * separators, bidirectional and other invisible formatting (Unicode category Cf, which includes zero-width
 * characters and tags), and surrogates without their partner.
 */
const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/**
 * A text from a file or a user as one harmless line: what a terminal or a screen would obey is shown
 * escaped (`\n`, `\x1b`, `\u202e`), and what is longer than `most` loses its middle.
 * @param most characters (UTF-16 units) of the result, at least 16
 */
export function printable(text: string, most = 200): string {
  if (text.length <= most && !obeyed.test(text)) return text;
  const pieces = [...ends(text, most)].map(escaped);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length <= most && text.length <= 2 * most) return pieces.join("");
  const room = most - 1;
  const head = fitting(pieces, Math.ceil(room / 2));
  const tail = fitting(pieces.reverse(), Math.floor(room / 2)).reverse();
  return `${head.join("")}…${tail.join("")}`;
}

/**
 * A whole message as one harmless line: as {@link printable}, but line breaks become spaces, since
 * libraries and systems wrap their lines.
 */
export function printableLine(text: string, most = 2000): string {
  const line = ends(text, 2 * most).replace(/\s*[\n\r\t\v\f\u2028\u2029]+\s*/g, " ");
  return printable(line.trim(), most);
}

/** All of a text that may be shown: escapes are longer than what they stand for. */
function ends(text: string, most: number): string {
  return text.length <= 2 * most ? text : `${text.slice(0, most)} ${text.slice(-most)}`;
}

/** The first pieces that fit into `room` characters: none is cut, be it an escape or a surrogate pair. */
function fitting(pieces: readonly string[], room: number): string[] {
  let length = 0;
  const over = pieces.findIndex((piece) => (length += piece.length) > room);
  return pieces.slice(0, over === -1 ? pieces.length : over);
}

const short: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escaped(character: string): string {
  if (!obeyed.test(character)) return character;
  const known = short.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, "0")}` : `\\u{${digits}}`;
}
