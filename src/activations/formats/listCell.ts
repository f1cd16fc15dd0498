import { valueCount } from "../shape.ts";

/** What one cell holds: numbers in C order. */
export interface ListCell {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Why a text that begins like a list is none. */
export type NoList = "text" | "shortened" | "ragged";

const constants: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["none", Number.NaN],
  ["null", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
]);

const mostAxes = 8;
/** Brackets of lists and calls that may be open at a time. */
const mostOpen = 16;
const separators = /[\s,;]*/y;
const word = /[A-Za-z_][\w.]*/y;
const number = /[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;

/** Whether a cell may be a list, by how it begins: `[0.1`, `((1,`, `array([`, `tensor([`. */
export function beginsList(cell: string): boolean {
  return /^\s*(?:[A-Za-z_][\w.]{0,40}\()?\s*[[(]/.test(cell);
}

/**
 * A list of numbers as Python, numpy, torch or JSON writes it: `[0.1, 0.2]`, `[0.1 0.2]`, `(0.1, 0.2)`,
 * `array([[0.1], [0.2]], dtype=float32)`, `[np.float32(0.1)]`.
 * @returns why it is none, if so: a text; shortened (`...`); lists of different lengths in it
 */
export function parseListCell(cell: string): ListCell | NoList {
  const reader = new ListReader(cell);
  return reader.read();
}

class ListReader {
  readonly #text: string;
  #at = 0;
  /** Where the last number or word ended: the next must not begin there. */
  #ended = -1;
  readonly #values: number[] = [];
  readonly #shape: number[] = [];
  /** What is open, outermost first: whether it is a list, or a call around values. */
  readonly #open: boolean[] = [];
  /** How many entries each open list has so far. */
  readonly #counts: number[] = [];
  #deepest = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ListCell | NoList {
    let closed = false;
    for (;;) {
      this.#match(separators);
      if (this.#at >= this.#text.length) break;
      // After the list only the rest of a call around it may follow.
      const fault = this.#next(closed);
      if (fault !== undefined) return fault;
      closed = this.#depth === 0 && this.#deepest > 0;
    }
    const whole = this.#open.length === 0 && this.#deepest > 0;
    if (!whole || this.#values.length !== valueCount(this.#shape)) return "text";
    return { shape: this.#shape, values: this.#values };
  }

  #next(closed: boolean): NoList | undefined {
    const character = this.#text.charAt(this.#at);
    if (character === "[" || character === "(") return closed ? "text" : this.#enter();
    if (character === "]" || character === ")") return this.#leave();
    if (this.#text.startsWith("...", this.#at) || character === "…") {
      return this.#depth > 0 ? "shortened" : "text";
    }
    if (this.#at === this.#ended) return "text";
    const sign = /[+-]/.test(character) && /[a-z]/i.test(this.#text.charAt(this.#at + 1));
    if (sign) this.#at++;
    const name = this.#match(word);
    if (name !== undefined) return this.#word(name, sign && character === "-" ? -1 : 1);
    const digits = this.#match(number);
    if (digits === undefined || closed) return "text";
    this.#ended = this.#at;
    return this.#value(Number(digits.replaceAll("_", "")));
  }

  #word(name: string, sign: number): NoList | undefined {
    const following = this.#text.charAt(this.#at);
    if (following === "(") {
      this.#open.push(false);
      this.#at++;
      return this.#open.length > mostOpen ? "text" : undefined;
    }
    if (following === "=") {
      // An argument of the call around the list: `dtype=float32`, `device='cuda:0'`.
      if (this.#open.at(-1) !== false) return "text";
      this.#match(/=[^,)]*/y);
      return undefined;
    }
    this.#ended = this.#at;
    const constant = constants.get(name.toLowerCase());
    return constant === undefined ? "text" : this.#value(sign * constant);
  }

  #enter(): NoList | undefined {
    this.#at++;
    this.#count();
    this.#open.push(true);
    this.#counts.push(0);
    // Once a number was found, none stands deeper.
    if (this.#values.length > 0 && this.#depth > this.#deepest) return "text";
    this.#deepest = Math.max(this.#deepest, this.#depth);
    return this.#depth > mostAxes || this.#open.length > mostOpen ? "text" : undefined;
  }

  #leave(): NoList | undefined {
    this.#at++;
    const isList = this.#open.pop();
    if (isList === undefined) return "text";
    if (!isList) return undefined;
    const count = this.#counts.pop();
    const known = this.#shape[this.#depth];
    if (known !== undefined && known !== count) return "ragged";
    this.#shape[this.#depth] = count ?? 0;
    return undefined;
  }

  #value(value: number): NoList | undefined {
    // Numbers stand in the innermost lists only.
    if (this.#depth === 0 || this.#depth < this.#deepest) return "text";
    this.#count();
    this.#values.push(value);
    return undefined;
  }

  get #depth(): number {
    return this.#counts.length;
  }

  /** One more entry of the innermost list. */
  #count(): void {
    const innermost = this.#counts.length - 1;
    if (innermost >= 0) this.#counts[innermost] = (this.#counts[innermost] ?? 0) + 1;
  }

  #match(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return found;
  }
}
