import { powerName, strengths } from "./cells.ts";
import { powerOfKnownDirection } from "./knownDirection.ts";
import type { Summary } from "./summary.ts";

const colours = ["#1f6fb4", "#d9731a"] as const;
const left = 250;
const width = 300;
const gap = 60;
const lineHeight = 17;
const top = 50;
const side = 260;

/**
 * As SVG: for each kind of data without a difference the share of p <= 0.05 and the coverage of the interval, both
 * directions; below, all sorted p of these kinds against uniform ones, and power against the planted strength.
 */
export function drawCalibration(summaries: readonly Summary[]): string {
  const nulls = summaries.filter(({ part }) => part !== "power" && part !== "scale");
  const height = top + lineHeight * nulls.length;
  const below = height + 90;
  const total = left + 2 * width + 2 * gap;
  const share = (value: number) => left + (value / 0.2) * width;
  const coverage = (value: number) => left + width + gap + ((value - 0.8) / 0.2) * width;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${total}" height="${below + side + 70}" font-family="sans-serif" font-size="12">`,
    `<rect width="${total}" height="${below + side + 70}" fill="white"/>`,
    text(left, 20, "p <= 0.05, of data without a difference", "#000"),
    text(left + width + gap, 20, "95 % interval covers 1", "#000"),
    text(20, 20, "target carried", colours[0]),
    text(120, 20, "swapped", colours[1]),
    ...axis(share, [0, 0.05, 0.1, 0.15, 0.2], 0.05, height),
    ...axis(coverage, [0.8, 0.85, 0.9, 0.95, 1], 0.95, height),
    ...nulls.flatMap(({ name, significant, covers }, i) => {
      const y = top + lineHeight * (i + 0.5);
      return [
        text(20, y + 4, name, "#000"),
        ...[0, 1].flatMap((direction) => [
          dot(share(Math.min(0.2, significant[direction])), y, colours[direction]),
          dot(coverage(Math.max(0.8, covers[direction])), y, colours[direction]),
        ]),
      ];
    }),
    ...sortedP(70, below, nulls),
    ...powerCurves(70 + side + 120, below, summaries),
    "</svg>",
    "",
  ].join("\n");
}

function axis(
  at: (value: number) => number,
  ticks: readonly number[],
  wanted: number,
  bottom: number,
): string[] {
  return ticks.flatMap((tick) => [
    `<line x1="${at(tick)}" x2="${at(tick)}" y1="${top}" y2="${bottom}" stroke="${tick === wanted ? "#333" : "#ddd"}"/>`,
    text(at(tick) - 10, bottom + 16, `${Math.round(100 * tick)} %`, "#555"),
  ]);
}

function sortedP(x: number, y: number, nulls: readonly Summary[]): string[] {
  return [
    ...frame(x, y, "All p of each kind, sorted, against uniform ones"),
    polyline(x, y, [0, 1], [0, 1], "#999", "4 3"),
    ...nulls.map(({ p }) => {
      const expected = p.map((_, i) => (i + 0.5) / p.length);
      return polyline(x, y, expected, p, "#1f6fb455");
    }),
  ];
}

function powerCurves(x: number, y: number, summaries: readonly Summary[]): string[] {
  const most = Math.log(strengths[strengths.length - 1]);
  const place = (strength: number) => Math.log(strength) / most;
  const curve = (paired: boolean) =>
    strengths.flatMap((strength) => {
      const found = summaries.find(({ name }) => name === powerName(strength, paired));
      return found === undefined ? [] : [{ at: place(strength), share: found.significant[0] }];
    });
  return [
    ...frame(x, y, "Power at p <= 0.05, against the planted variance ratio"),
    polyline(
      x,
      y,
      strengths.map(place),
      strengths.map((strength) => powerOfKnownDirection(strength, 53)),
      "#999",
      "4 3",
    ),
    ...[true, false].map((paired, i) =>
      polyline(
        x,
        y,
        curve(paired).map(({ at }) => at),
        curve(paired).map(({ share }) => share),
        colours[i],
      ),
    ),
    ...strengths.map((strength) =>
      text(x + place(strength) * side - 6, y + side + 16, `${strength}`, "#555"),
    ),
    ...["pairs", "rows that stand alone"].map((words, i) =>
      text(x + 10, y + 18 + 16 * i, words, colours[i]),
    ),
    text(x + 10, y + 50, "direction known (theory)", "#777"),
  ];
}

function frame(x: number, y: number, title: string): string[] {
  return [
    `<rect x="${x}" y="${y}" width="${side}" height="${side}" fill="none" stroke="#555"/>`,
    text(x, y - 10, title, "#000"),
  ];
}

function polyline(
  left: number,
  top: number,
  x: readonly number[],
  y: readonly number[],
  colour: string,
  dashes = "none",
): string {
  const points = x.map(
    (value, i) => `${(left + value * side).toFixed(1)},${(top + (1 - y[i]) * side).toFixed(1)}`,
  );
  return `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-dasharray="${dashes}"/>`;
}

function dot(x: number, y: number, colour: string): string {
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3.5" fill="${colour}"/>`;
}

function text(x: number, y: number, words: string, colour: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${colour}">${words.replaceAll("<", "&lt;")}</text>`;
}
