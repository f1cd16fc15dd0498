import { kernelDensity, type Curve } from "../../models/density.ts";
import type { NeuronColours } from "../../models/neurons/neuronColours.ts";
import { symmetricLimit } from "../../models/ticks.ts";
import { horizontalAxis } from "../axes.ts";
import { ring, verticalLine, zeroLine } from "../marks/decorations.ts";
import { rowMarks } from "../marks/rowMarks.ts";
import { withAlpha, type ChartTheme } from "../theme.ts";
import type { Decoration, Drawing } from "../themedChart.ts";
import {
  densityHeight,
  lanes,
  stripConditions,
  stripHeight,
  stripOffset,
  topOfLanes,
  type MarkedRow,
  type Strip,
  type Whiskers,
} from "./lanes.ts";
import { differenceMark, laneLabels } from "./laneMarks.ts";
import { clusterLines, pairLines, whiskers } from "./rowLines.ts";

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
          y: { display: false, min: difference ? 0 : 0.45, max: topOfLanes },
        },
        plugins: { tooltip: { enabled: false } },
      },
    },
  };
}

function whiskerEnds(ranges: Readonly<Record<"target" | "reference", Whiskers>>): number[][] {
  return stripConditions.map((condition) => {
    const { low, high } = ranges[condition];
    return [...low, ...high].filter((value) => value !== null);
  });
}

function known(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

/** The density over its baseline, scaled to its peak; nothing if all values are equal. */
function densityPoints(curve: Curve | undefined, baseline: number): { x: number; y: number }[] {
  if (!curve) return [];
  const peak = curve.y.reduce((a, b) => Math.max(a, b));
  return Array.from(curve.x, (x, i) => ({
    x,
    y: baseline + (densityHeight * (curve.y[i] ?? 0)) / peak,
  }));
}

/** A fixed scatter in height that keeps equal values apart: the golden ratio's multiples, so never random. */
function jitter(row: number): number {
  return (((row * 0.618_033_988_749_895) % 1) - 0.5) * stripHeight;
}

/** A ring around each of the rows. */
export function rowRings(rows: readonly MarkedRow[], theme: ChartTheme): Decoration[] {
  return rows.map(({ condition, row }) => ring(stripConditions.indexOf(condition), row, theme));
}
