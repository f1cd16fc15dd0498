import type { Scale, ScaleOptionsByType } from "chart.js";
import { logarithmicRange, logarithmicTicks } from "../models/ticks.ts";
import { text } from "../text.ts";
import { tickLabel } from "./marks/decorations.ts";
import type { ChartTheme } from "./theme.ts";

interface AxisOptions {
  readonly title?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly position?: "left" | "right";
  readonly theme: ChartTheme;
  readonly grid?: boolean;
}

/** Pixels that every vertical axis takes, whatever its numbers: plots must not jump when they change. */
const axisWidth = 58;

/** A vertical axis of constant width. */
export function verticalAxis(scale: "log" | "linear", options: AxisOptions): object {
  return {
    ...axis(scale, options),
    position: options.position ?? "left",
    afterFit(fitted: Scale) {
      fitted.width = axisWidth;
    },
  };
}

/** A horizontal axis. */
export function horizontalAxis(scale: "log" | "linear", options: AxisOptions): object {
  return { ...axis(scale, options), position: "bottom" };
}

interface SpectrumAxes {
  readonly theme: ChartTheme;
  readonly scale: "log" | "linear";
  /** How many components there are. */
  readonly count: number;
  /** The eigenvalues that must be seen. */
  readonly values: readonly number[];
}

/** Eigenvalues over the component's number: the axes of every spectrum. */
export function spectrumAxes({ theme, scale, count, values }: SpectrumAxes): {
  x: object;
  y: object;
} {
  const log = scale === "log";
  return {
    x: horizontalAxis("linear", {
      theme,
      title: text("spectrum.axis.component"),
      minimum: 0,
      maximum: count + 1,
      grid: false,
    }),
    y: verticalAxis(scale, {
      theme,
      title: text(log ? "spectrum.axis.eigenvalueLog" : "spectrum.axis.eigenvalue"),
      ...(log ? logarithmicRange(values) : { minimum: 0 }),
    }),
  };
}

function axis(scale: "log" | "linear", options: AxisOptions): object {
  const { theme } = options;
  return {
    type: scale === "log" ? "logarithmic" : "linear",
    min: options.minimum,
    max: options.maximum,
    border: { color: theme.muted },
    grid: { display: options.grid ?? true, color: theme.grid, tickLength: 4 },
    ticks: {
      color: theme.muted,
      maxRotation: 0,
      autoSkipPadding: 12,
      // Ends of a range are seldom round numbers.
      includeBounds: false,
      callback: tickLabel,
    },
    title: {
      display: options.title !== undefined,
      text: options.title,
      color: theme.muted,
      padding: 2,
    },
    ...(scale === "log"
      ? {
          afterBuildTicks(built: Scale<ScaleOptionsByType<"logarithmic">>) {
            built.ticks = logarithmicTicks(built.min, built.max).map((value) => ({ value }));
          },
        }
      : {}),
  };
}
