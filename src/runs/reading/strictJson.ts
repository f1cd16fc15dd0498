/** How much JSON a document may hold altogether: parsed values take many times their text in memory. */
export class JsonBudget {
  #values: number;
  #keys = 250_000;
  #containers = 200_000;

  /** @param bytes of all texts together: what is written has eight or more for each of its many values */
  constructor(bytes: number) {
    this.#values = 500_000 + bytes / 8;
  }

  /** @throws SyntaxError if more was taken than a run document has use for */
  take(values: number, keys: number, containers: number): void {
    this.#values -= values;
    this.#keys -= keys;
    this.#containers -= containers;
    if (Math.min(this.#values, this.#keys, this.#containers) < 0) {
      throw new SyntaxError("it holds more than a run has");
    }
  }
}

const deepest = 32;
const quote = 0x22;
const backslash = 0x5c;

/**
 * `JSON.parse` for texts from strangers: refuses what that would take silently (a key that occurs twice,
 * `__proto__`) and, before any memory is asked for, what is nested deeper or holds more than a document.
 * @param budget what may still be taken; shared by the texts of one document
 * @throws SyntaxError with a clause that says what is wrong
 */
export function parseStrictly(text: string, budget: JsonBudget): unknown {
  scan(text, budget);
  return JSON.parse(text) as unknown;
}

/** Right for valid JSON; for anything else it only has to end, since `JSON.parse` comes after it. */
function scan(text: string, budget: JsonBudget): void {
  /** For each object or array around the place: the keys seen so far, or undefined in an array. */
  const around: (Set<string> | undefined)[] = [];
  let keyComes = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case quote: {
        const end = endOfString(text, at);
        if (keyComes) addKey(text.slice(at, end + 1), around.at(-1));
        keyComes = false;
        at = end;
        break;
      }
      case 0x7b: // {
      case 0x5b: // [
        keyComes = text.charCodeAt(at) === 0x7b;
        around.push(keyComes ? new Set() : undefined);
        if (around.length > deepest) throw new SyntaxError("it is nested too deeply");
        budget.take(1, 0, 1);
        break;
      case 0x7d: // }
      case 0x5d: // ]
        around.pop();
        keyComes = false;
        break;
      case 0x2c: // ,
        keyComes = around.at(-1) !== undefined;
        budget.take(1, keyComes ? 1 : 0, 0);
        break;
      default:
    }
  }
}

/** Where the string that begins at `start` ends, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) return at;
    if (character === backslash) at += 1;
  }
  return text.length;
}

function addKey(quoted: string, keys: Set<string> | undefined): void {
  // An escape may spell a key that stands there already.
  const key = quoted.includes("\\") ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  if (key === "__proto__") throw new SyntaxError("it has an entry named __proto__");
  if (keys?.has(key)) throw new SyntaxError("an entry of it stands there twice");
  keys?.add(key);
}
