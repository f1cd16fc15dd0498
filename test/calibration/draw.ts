import type { Verdict } from "./calibrate.ts";

/** Share of data sets with p <= 0.05, and the most that is possible. */
export interface PowerPoint {
  readonly strength: number;
  readonly power: number;
  readonly bound: number;
}

const side = 260;
const gap = 70;
const colours = ["#1f6fb4", "#d9731a"];

/** Two panels as SVG: sorted p values against uniform ones, and power against the planted strength. */
export function drawCalibration(
  results: ReadonlyMap<string, readonly Verdict[]>,
  power: readonly PowerPoint[],
): string {
  const width = 2 * (side + gap) + gap;
  const height = side + 2 * gap + 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    panel(gap, "Held-out p, labels that carry nothing", "expected", "observed"),
    line(gap, [0, 1], [0, 1], "#999", "4 3"),
    ...[...results].flatMap(([name, verdicts], i) => {
      const p = verdicts.map((verdict) => verdict.p).sort((a, b) => a - b);
      const expected = p.map((_, j) => (j + 0.5) / p.length);
      const covered = verdicts.filter(({ covers }) => covers).length / Math.max(1, p.length);
      const label = `${name}: interval covers 1 in ${(100 * covered).toFixed(1)} %`;
      return [
        line(gap, expected, p, colours[i % 2]),
        text(gap, gap + side + 50 + 15 * i, label, colours[i % 2]),
      ];
    }),
    panel(2 * gap + side, "Power at p <= 0.05", "planted variance ratio (log)", "share found"),
    ...powerLines(2 * gap + side, power),
    "</svg>",
    "",
  ].join("\n");
}

function powerLines(left: number, power: readonly PowerPoint[]): string[] {
  if (power.length < 2) return [];
  const most = Math.log(power[power.length - 1].strength);
  const x = power.map(({ strength }) => Math.log(strength) / most);
  const marks = power.map(({ strength }, i) =>
    text(left + x[i] * side - 4, gap + side + 14, String(strength), "#555"),
  );
  return [
    line(
      left,
      x,
      power.map((point) => point.bound),
      "#999",
      "4 3",
    ),
    line(
      left,
      x,
      power.map((point) => point.power),
      colours[0],
    ),
    text(left + 90, gap + side - 24, "found by cross-validation", colours[0]),
    text(left + 90, gap + side - 8, "direction known (theory)", "#777"),
    ...marks,
  ];
}

function panel(left: number, title: string, across: string, up: string): string {
  return [
    `<rect x="${left}" y="${gap}" width="${side}" height="${side}" fill="none" stroke="#555"/>`,
    text(left, gap - 12, title, "#000"),
    text(left + side / 2 - 40, gap + side + 32, across, "#333"),
    `<text transform="translate(${left - 14} ${gap + side / 2 + 30}) rotate(-90)" fill="#333">${up}</text>`,
  ].join("\n");
}

function line(
  left: number,
  x: readonly number[],
  y: readonly number[],
  colour: string,
  dashes = "none",
): string {
  const points = x.map(
    (value, i) => `${(left + value * side).toFixed(1)},${(gap + (1 - y[i]) * side).toFixed(1)}`,
  );
  return `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-dasharray="${dashes}"/>`;
}

function text(x: number, y: number, words: string, colour: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${colour}">${words.replace("<", "&lt;")}</text>`;
}
