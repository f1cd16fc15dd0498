// How numbers are written, wherever a person reads them: in the panels, in the editor's own lists, in the terminal.
import { fillTemplate } from "./fillTemplate.ts";
import { localNumber, numerals } from "./numerals.ts";

const minus = "\u2212";
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number for running text: three significant digits, whole numbers never rounded away, thousands
 * separated, a true minus sign. "21,286", "188", "13.2", "0.0000323", "3.23 × 10⁻⁷".
 * @param value any number; infinities read "∞", NaN reads "undefined"
 */
export function formatProse(value: number): string {
  return formatSignificant(value, 3);
}

/**
 * A number for labels in a drawing: as {@link formatProse} with four significant digits ("187.9").
 */
export function formatLabel(value: number): string {
  return formatSignificant(value, 4);
}

/**
 * A number as {@link formatProse} writes it, without zeros at its end: "0.5", "3", "187.918".
 * @param digits that count, three unless said
 */
export function formatShort(value: number, digits = 3): string {
  return localNumber(
    inEnglish(value, digits).replace(/(\.\d*?)0+(?=\D|$)/, (_zeros, kept: string) =>
      kept === "." ? "" : kept,
    ),
  );
}

/**
 * A number for a table: six significant digits, an exponent below 1e-4 and from 1e9 on.
 * "187.918", "−0.0123457", "3.22581e−5".
 */
export function formatTable(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return formatSpecial(value);
  const magnitude = Math.abs(value);
  if (magnitude < 1e-4 || magnitude >= 1e9) {
    return localNumber(value.toExponential(5).replace("e+", "e").replaceAll("-", minus));
  }
  const decimals = Math.max(0, 5 - Math.floor(Math.log10(magnitude)));
  return localNumber(grouped(value, decimals));
}

/** A whole number with thousands separated: "3,072". */
export function formatCount(value: number): string {
  return localNumber(grouped(Math.round(value), 0));
}

/** A number as the user chose it: the shortest text that reads back as the same number, with a true minus. */
export function formatChosen(value: number): string {
  return localNumber(String(value).replaceAll("-", minus));
}

/** The number with full precision and an ASCII minus, for the clipboard. */
export function formatExact(value: number): string {
  return String(value);
}

/** A share in [0, 1] as a percentage with two decimals at the most: "99.03 %", "50 %". */
export function formatShare(share: number): string {
  return localNumber(`${String(Number((share * 100).toFixed(2)))}\u00a0%`);
}

/** How many times one variance is the other: "21,286×". */
export function formatRatio(ratio: number): string {
  return `${formatProse(ratio)}×`;
}

/** A duration: "57 ms", "3.3 s", "12 s", "2 min 5 s". */
export function formatSeconds(seconds: number): string {
  const { words } = numerals();
  if (seconds < 0.0005) return words["number.underMillisecond"];
  if (seconds < 1)
    return fillTemplate(words["number.milliseconds"], { value: Math.round(seconds * 1000) });
  if (seconds < 59.5) {
    const value = localNumber(seconds.toFixed(seconds < 9.95 ? 1 : 0));
    return fillTemplate(words["number.seconds"], { value });
  }
  const whole = Math.round(seconds);
  return fillTemplate(words["number.minutes"], {
    minutes: Math.floor(whole / 60),
    seconds: whole % 60,
  });
}

/** A size in bytes in powers of 1000, two or three digits: "12 bytes", "1.6 GB", "651 kB". */
export function formatBytes(bytes: number): string {
  const units = ["", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  if (unit === 0) return fillTemplate(numerals().words["number.bytes"], { value });
  return `${formatShort(value, value >= 99.5 ? 3 : 2)}\u00a0${units[unit] ?? ""}`;
}

/** Day and time of a moment in the user's own way. @param moment ISO 8601 */
export function formatMoment(moment: string): string {
  return new Date(moment).toLocaleString(numerals().language, {
    dateStyle: "medium",
    timeStyle: "short",
  });
}

/** A p-value with two significant digits: "0.001", "0.023", "0.3". */
export function formatProbability(p: number): string {
  return p < 1e-5 ? formatSignificant(p, 2) : localNumber(String(Number(p.toPrecision(2))));
}

function formatSignificant(value: number, digits: number): string {
  return localNumber(inEnglish(value, digits));
}

function inEnglish(value: number, digits: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return formatSpecial(value);
  const magnitude = Math.abs(value);
  if (magnitude < 1e-6 || magnitude >= 1e12) return powerOfTen(value, digits);
  // Rounding can add a digit (9.999 becomes 10.0), so the decimals are counted after it.
  const rounded = Number(value.toPrecision(digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return grouped(value, decimals);
}

function powerOfTen(value: number, digits: number): string {
  const [mantissa = "", exponent = ""] = value.toExponential(digits - 1).split("e");
  const raised = [...exponent.replace("+", "")]
    .map((digit) => (digit === "-" ? "⁻" : (superscripts[Number(digit)] ?? "")))
    .join("");
  return `${mantissa.replace("-", minus)} × 10${raised}`;
}

function grouped(value: number, decimals: number): string {
  const [whole = "", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = fraction === undefined ? separated : `${separated}.${fraction}`;
  return value < 0 ? minus + text : text;
}

function formatSpecial(value: number): string {
  if (Number.isNaN(value)) return numerals().words["number.undefined"];
  return value < 0 ? `${minus}∞` : "∞";
}
