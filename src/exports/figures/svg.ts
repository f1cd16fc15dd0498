/** Characters that end a text or an attribute of XML, and controls that XML has no place for. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`)
    .replace(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}

/** What an axis shows. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly logarithmic?: boolean;
  readonly title: string;
}

/** Where on an axis a value stands, 0 to 1. */
export function position({ low, high, logarithmic }: Scale, value: number): number {
  if (logarithmic !== true) return high > low ? (value - low) / (high - low) : 0.5;
  return high > low ? Math.log(value / low) / Math.log(high / low) : 0.5;
}

/** Round numbers along an axis: powers of ten, or five steps of 1, 2 or 5. */
export function ticks({ low, high, logarithmic }: Scale): number[] {
  if (logarithmic === true) {
    const first = Math.ceil(Math.log10(low) - 1e-9);
    const last = Math.floor(Math.log10(high) + 1e-9);
    const step = Math.max(1, Math.ceil((last - first + 1) / 6));
    const powers: number[] = [];
    for (let power = first; power <= last; power += step) powers.push(10 ** power);
    return powers.length === 0 ? [low, high] : powers;
  }
  const rough = (high - low) / 5;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** The axes of a drawing as an SVG of its own: one font, no theme, texts as texts. */
export class Chart {
  static readonly width = 560;
  static readonly height = 320;
  static readonly #left = 76;
  static readonly #right = 16;
  static readonly #top = 16;
  static readonly #bottom = 52;
  readonly #parts: string[] = [];
  readonly #x: Scale;
  readonly #y: Scale;

  constructor(x: Scale, y: Scale, write: (value: number) => string) {
    this.#x = x;
    this.#y = y;
    const [left, right, top, bottom] = [
      Chart.#left,
      Chart.width - Chart.#right,
      Chart.#top,
      Chart.height - Chart.#bottom,
    ];
    this.#parts.push(line(left, bottom, right, bottom), line(left, bottom, left, top));
    for (const value of ticks(x)) {
      this.#parts.push(line(this.#at(value), bottom, this.#at(value), bottom + 5));
      this.#text(this.#at(value), bottom + 19, write(value), "middle");
    }
    for (const value of ticks(y)) {
      this.#parts.push(line(left - 5, this.#up(value), left, this.#up(value)));
      this.#text(left - 9, this.#up(value) + 4, write(value), "end");
    }
    this.#text((left + right) / 2, Chart.height - 10, x.title, "middle");
    const middle = (top + bottom) / 2;
    this.#parts.push(
      `<text transform="translate(15 ${middle}) rotate(-90)" text-anchor="middle">${escapeXml(y.title)}</text>`,
    );
  }

  /** @param shape told apart without colour, too */
  mark(x: number, y: number, shape: "disc" | "ring"): void {
    const place = `cx="${round(this.#at(x))}" cy="${round(this.#up(y))}" r="3"`;
    this.#parts.push(
      shape === "disc"
        ? `<circle ${place} fill="#1f5fa8"/>`
        : `<circle ${place} fill="none" stroke="#b3541e" stroke-width="1.5"/>`,
    );
  }

  /** A broken line across, with its name. */
  across(x: number, name: string): void {
    const at = this.#at(x);
    const bottom = Chart.height - Chart.#bottom;
    this.#parts.push(
      `<line x1="${round(at)}" y1="${bottom}" x2="${round(at)}" y2="${Chart.#top}" stroke="#555" stroke-dasharray="4 3"/>`,
    );
    const isRight = at > Chart.width / 2;
    this.#text(at + (isRight ? -5 : 5), Chart.#top + 10, name, isRight ? "end" : "start");
  }

  /** A key at the upper right. */
  key(entries: readonly { readonly name: string; readonly shape: "disc" | "ring" }[]): void {
    entries.forEach(({ name, shape }, i) => {
      const y = Chart.#top + 12 + 18 * i;
      const x = Chart.width - Chart.#right - 8;
      this.#text(x - 10, y, name, "end");
      this.#parts.push(
        shape === "disc"
          ? `<circle cx="${x}" cy="${y - 4}" r="3" fill="#1f5fa8"/>`
          : `<circle cx="${x}" cy="${y - 4}" r="3" fill="none" stroke="#b3541e" stroke-width="1.5"/>`,
      );
    });
  }

  /** @param title what the drawing shows, for whoever cannot see it */
  toSvg(title: string): string {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Chart.width} ${Chart.height}" width="${Chart.width}" height="${Chart.height}" role="img" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#111">` +
      `<title>${escapeXml(title)}</title><rect width="${Chart.width}" height="${Chart.height}" fill="#fff"/>${this.#parts.join("")}</svg>\n`
    );
  }

  #at(x: number): number {
    const room = Chart.width - Chart.#left - Chart.#right;
    return Chart.#left + room * position(this.#x, x);
  }

  #up(y: number): number {
    const room = Chart.height - Chart.#top - Chart.#bottom;
    return Chart.height - Chart.#bottom - room * position(this.#y, y);
  }

  #text(x: number, y: number, text: string, anchor: "start" | "middle" | "end"): void {
    this.#parts.push(
      `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeXml(text)}</text>`,
    );
  }
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="#555"/>`;
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
