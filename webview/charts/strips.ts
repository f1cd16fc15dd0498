import type { Chart } from "chart.js";
import { kernelDensity, type Curve } from "../models/density.ts";
import type { NeuronColours } from "../models/neurons/neuronColours.ts";
import { symmetricLimit } from "../models/ticks.ts";
import { horizontalAxis } from "./axes.ts";
import {
  haloText,
  levelLine,
  ring,
  scaleOf,
  setFont,
  verticalLine,
  zeroLine,
} from "./marks/decorations.ts";
import { rowMarks } from "./marks/rowMarks.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Decoration, Drawing } from "./themedChart.ts";

/** [rows] each. */
interface Whiskers {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** One condition's values on the common axis; NaN if a row has none. */
export interface Strip {
  readonly name: string;
  readonly values: Float64Array;
}

export interface StripsOptions {
  readonly target: Strip;
  readonly reference: Strip;
  /** A mark of its own in a third lane: target mean minus reference mean. */
  readonly difference?: { readonly value: number; readonly label: string };
  /** A line from row i of the target to row i of the reference. */
  readonly pairLines?: boolean;
  /** The cluster of each row: rows of one cluster are joined by lines. */
  readonly clusters?: Readonly<Record<"target" | "reference", readonly number[]>>;
  /** A whisker of each row, from low to high; null if there is none. */
  readonly ranges?: Readonly<Record<"target" | "reference", Whiskers>>;
  /** Other values of the same rows, as pale densities; what lies beyond the axis is cut off. */
  readonly pale?: Readonly<Record<"target" | "reference", Float64Array>>;
  /** Rows to put a ring around. */
  readonly marked?: readonly MarkedRow[];
  /** A value to mark across both lanes, where the chosen row is not known by its place. */
  readonly line?: number | undefined;
  readonly axisTitle?: string;
  /** By which the marks are coloured, in place of their conditions. */
  readonly colours?: NeuronColours | undefined;
}

export interface MarkedRow {
  readonly condition: "target" | "reference";
  readonly row: number;
}

/** A ring around each of the rows. */
export function rowRings(rows: readonly MarkedRow[], theme: ChartTheme): Decoration[] {
  return rows.map(({ condition, row }) => ring(stripConditions.indexOf(condition), row, theme));
}

/** Datasets 0 and 1 are the rows of target and reference, in file order. */
export const stripConditions = ["target", "reference"] as const;

/** Where things stand on the vertical axis, which has no numbers: each lane is one unit high. */
const lanes = { target: 2, reference: 1, difference: 0.35 };
const stripOffset = -0.2;

/**
 * Two conditions on one axis: for each a strip of its rows and above it their density, each density
 * scaled to its own peak; a third lane for the difference of means.
 */
export function drawStrips(options: StripsOptions, theme: ChartTheme): Drawing {
  const { target, reference, difference } = options;
  const { ranges, pale } = options;
  const curves = {
    target: kernelDensity(known(target.values)),
    reference: kernelDensity(known(reference.values)),
  };
  const spread = symmetricLimit(
    target.values,
    reference.values,
    curves.target?.x ?? [],
    curves.reference?.x ?? [],
    ...(ranges ? whiskerEnds(ranges) : []),
  );
  // A difference far beyond the values would squeeze them flat: then an arrow at the edge stands for it.
  const limit =
    difference && Math.abs(difference.value) <= 1.6 * spread
      ? symmetricLimit([spread / 1.08, difference.value])
      : spread;
  const density = (condition: "target" | "reference"): object => ({
    data: densityPoints(curves[condition], lanes[condition]),
    showLine: true,
    pointRadius: 0,
    pointHitRadius: 0,
    borderColor: theme[condition],
    borderWidth: 1.5,
    fill: { value: lanes[condition] },
    backgroundColor: withAlpha(theme[condition], 0.16),
  });
  const paleDensity = (condition: "target" | "reference"): object => ({
    data: densityPoints(pale && kernelDensity(pale[condition]), lanes[condition]),
    showLine: true,
    pointRadius: 0,
    pointHitRadius: 0,
    borderColor: withAlpha(theme[condition], theme.highContrast ? 0.8 : 0.55),
    borderDash: [3, 3],
    borderWidth: 1,
    clip: 0,
  });
  const rows = (strip: Strip, condition: "target" | "reference"): object => ({
    data: Array.from(strip.values, (x, i) => ({
      x,
      y: lanes[condition] + stripOffset + jitter(i),
    })),
    ...rowMarks(condition, theme, options.colours),
  });
  return {
    under: [
      zeroLine(theme),
      ...(options.pairLines ? [pairLines(theme)] : []),
      ...(options.clusters ? [clusterLines(options.clusters, theme)] : []),
      ...(ranges ? [whiskers(ranges, theme)] : []),
    ],
    over: [
      laneLabels(options, theme),
      ...(difference ? [differenceMark(difference, theme)] : []),
      ...rowRings(options.marked ?? [], theme),
      ...(options.line === undefined
        ? []
        : [verticalLine(options.line, { theme, color: theme.foreground })]),
    ],
    chart: {
      type: "scatter",
      data: {
        datasets: [
          rows(target, "target"),
          rows(reference, "reference"),
          density("target"),
          density("reference"),
          ...(pale ? stripConditions.map(paleDensity) : []),
        ] as never[],
      },
      options: {
        layout: { padding: { left: 8, right: 8 } },
        interaction: { mode: "nearest", axis: "xy", intersect: false },
        scales: {
          x: horizontalAxis("linear", {
            theme,
            minimum: -limit,
            maximum: limit,
            ...(options.axisTitle === undefined ? {} : { title: options.axisTitle }),
          }),
          y: { display: false, min: difference ? 0 : 0.45, max: 3 },
        },
        plugins: { tooltip: { enabled: false } },
      },
    },
  };
}

/** The density over its baseline, peak at 0.85 of the lane; nothing if all values are equal. */
function densityPoints(curve: Curve | undefined, baseline: number): { x: number; y: number }[] {
  if (!curve) return [];
  const peak = curve.y.reduce((a, b) => Math.max(a, b));
  return Array.from(curve.x, (x, i) => ({
    x,
    y: baseline + (0.85 * (curve.y[i] ?? 0)) / peak,
  }));
}

/** A fixed scatter in height that keeps equal values apart: the golden ratio's multiples, so never random. */
function jitter(row: number): number {
  return (((row * 0.618_033_988_749_895) % 1) - 0.5) * 0.18;
}

function laneLabels(options: StripsOptions, theme: ChartTheme): Decoration {
  return (context, chart) => {
    const y = scaleOf(chart, "y");
    const left = chart.chartArea.left + 6;
    const label = (name: string, sign: string, lane: number, color: string): void => {
      const height = y.getPixelForValue(lane);
      haloText(context, sign, left, height, { theme, color, align: "left" });
      const width = context.measureText(`${sign} `).width;
      haloText(context, name, left + width, height, {
        theme,
        color: theme.foreground,
        align: "left",
      });
    };
    label(options.target.name, "●", lanes.target + 0.85, theme.target);
    label(options.reference.name, "▲", lanes.reference + 0.85, theme.reference);
  };
}

function differenceMark(
  difference: { readonly value: number; readonly label: string },
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const { left, right } = chart.chartArea;
    const x = scaleOf(chart, "x");
    const height = scaleOf(chart, "y").getPixelForValue(lanes.difference);
    const zero = x.getPixelForValue(0);
    const wanted = x.getPixelForValue(difference.value);
    const end = Math.max(left + 8, Math.min(wanted, right - 8));
    context.strokeStyle = theme.muted;
    context.fillStyle = theme.foreground;
    levelLine(context, zero, end, height);
    if (end === wanted) diamond(context, end, height);
    else arrowHead(context, end, height, Math.sign(difference.value));
    setFont(context, theme);
    const width = context.measureText(difference.label).width;
    const outwards = Math.sign(difference.value) || 1;
    const outside = end + outwards * (10 + width);
    const fits = outside >= left && outside <= right;
    // Without room beyond the mark, the label stands above the line instead of across it.
    haloText(context, difference.label, fits ? end + 10 * outwards : end, height - (fits ? 0 : 7), {
      theme,
      color: theme.muted,
      align: fits === outwards > 0 ? "left" : "right",
      baseline: fits ? "middle" : "bottom",
    });
  };
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x - 5, y);
  context.lineTo(x, y - 5);
  context.lineTo(x + 5, y);
  context.lineTo(x, y + 5);
  context.closePath();
  context.fill();
}

function arrowHead(context: CanvasRenderingContext2D, x: number, y: number, sign: number): void {
  context.beginPath();
  context.moveTo(x + 6 * sign, y);
  context.lineTo(x - 2 * sign, y - 4);
  context.lineTo(x - 2 * sign, y + 4);
  context.closePath();
  context.fill();
}

function known(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

function whiskerEnds(ranges: Readonly<Record<"target" | "reference", Whiskers>>): number[][] {
  return stripConditions.map((condition) => {
    const { low, high } = ranges[condition];
    return [...low, ...high].filter((value) => value !== null);
  });
}

/** A thin line behind each mark, in its colour. */
function whiskers(
  ranges: Readonly<Record<"target" | "reference", Whiskers>>,
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const x = scaleOf(chart, "x");
    context.lineWidth = 1;
    stripConditions.forEach((condition, dataset) => {
      context.strokeStyle = withAlpha(theme[condition], theme.highContrast ? 0.9 : 0.45);
      const { low, high } = ranges[condition];
      placesOf(chart, dataset).forEach(({ y }, row) => {
        const [from = null, to = null] = [low[row], high[row]];
        if (from === null || to === null) return;
        context.beginPath();
        context.moveTo(x.getPixelForValue(from), y);
        context.lineTo(x.getPixelForValue(to), y);
        context.stroke();
      });
    });
  };
}

/** Rows of one cluster in a chain, from the top lane's left to the bottom lane's right. */
function clusterLines(
  clusters: Readonly<Record<"target" | "reference", readonly number[]>>,
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const chains = new Map<number, { x: number; y: number }[]>();
    stripConditions.forEach((condition, dataset) => {
      const marks = placesOf(chart, dataset).map((mark, row) => ({ mark, row }));
      marks.sort((a, b) => a.mark.x - b.mark.x);
      for (const { mark, row } of marks) {
        const cluster = clusters[condition][row];
        if (cluster === undefined || Number.isNaN(mark.x)) continue;
        const chain = chains.get(cluster) ?? [];
        chain.push(mark);
        chains.set(cluster, chain);
      }
    });
    context.strokeStyle = withAlpha(theme.muted, theme.highContrast ? 0.8 : 0.45);
    context.lineWidth = 1;
    for (const chain of chains.values()) {
      context.beginPath();
      chain.forEach(({ x, y }, i) => {
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      context.stroke();
    }
  };
}

function pairLines(theme: ChartTheme): Decoration {
  return (context, chart) => {
    const [targets, references] = [placesOf(chart, 0), placesOf(chart, 1)];
    context.strokeStyle = withAlpha(theme.muted, 0.4);
    context.lineWidth = 1;
    targets.forEach((from, row) => {
      const to = references[row];
      if (!to) return;
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    });
  };
}

function placesOf(
  chart: Chart,
  dataset: number,
): readonly { readonly x: number; readonly y: number }[] {
  return chart.getDatasetMeta(dataset).data;
}
