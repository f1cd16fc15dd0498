import type { Chart } from "chart.js";
import { formatShort } from "../../../src/protocol/words/numbers.ts";
import type { ChartTheme } from "../theme.ts";
import type { Decoration } from "../themedChart.ts";

interface LineOptions {
  readonly theme: ChartTheme;
  readonly color: string;
  readonly label?: string;
  readonly dashed?: boolean;
  /** Where the label stands: at the plot's top unless said otherwise. */
  readonly labelAt?: "top" | "bottom";
  /** The side of the line on which the label stands where there is room on both. */
  readonly labelSide?: "left" | "right";
}

/** A vertical line at a value of the x axis, with a label beside it on the side that has room. */
export function verticalLine(value: number, options: LineOptions): Decoration {
  return (context, chart) => {
    const scale = scaleOf(chart, "x");
    const { left, right, top, bottom } = chart.chartArea;
    const x = scale.getPixelForValue(value);
    if (!(x >= left - 1 && x <= right + 1)) return;
    context.strokeStyle = options.color;
    context.lineWidth = 1;
    context.setLineDash(options.dashed ? [4, 3] : []);
    context.beginPath();
    context.moveTo(Math.round(x) + 0.5, top);
    context.lineTo(Math.round(x) + 0.5, bottom);
    context.stroke();
    if (options.label === undefined) return;
    setFont(context, options.theme);
    const width = context.measureText(options.label).width + 6;
    const onLeft = options.labelSide === "left" ? x - width >= left : x + width > right;
    const atBottom = options.labelAt === "bottom";
    const y = atBottom ? bottom - 6 : top + 4;
    haloText(context, options.label, onLeft ? x - 6 : x + 6, y, {
      theme: options.theme,
      color: options.theme.foreground,
      align: onLeft ? "right" : "left",
      baseline: atBottom ? "bottom" : "top",
    });
  };
}

/** A line across the plot at 0 of the x axis. */
export function zeroLine(theme: ChartTheme): Decoration {
  return verticalLine(0, { theme, color: theme.muted });
}

/** A ring around a mark, which says "this one is chosen" without a colour of its own. */
export function ring(dataset: number, place: number, theme: ChartTheme): Decoration {
  return (context, chart) => {
    const mark = chart.getDatasetMeta(dataset).data[place];
    if (!mark) return;
    context.strokeStyle = theme.foreground;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(mark.x, mark.y, 7, 0, 2 * Math.PI);
    context.stroke();
  };
}

/** A line across the whole plot at a height in pixels, kept sharp. */
export function levelLine(context: CanvasRenderingContext2D, from: number, to: number, y: number) {
  const sharp = Math.round(y) + 0.5;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from, sharp);
  context.lineTo(to, sharp);
  context.stroke();
}

/** A text at the plot's upper right corner, `row` lines down: eigenvalues fall, so there are no marks. */
export function cornerText(label: string, color: string, theme: ChartTheme, row = 0): Decoration {
  return (context, chart) => {
    const { right, top } = chart.chartArea;
    haloText(context, label, right - 6, top + 6 + row * (theme.fontSize + 4), {
      theme,
      color,
      align: "right",
    });
  };
}

/** A text in the middle of an empty plot: what will be drawn there. */
export function centredText(label: string, theme: ChartTheme): Decoration {
  return (context, chart) => {
    const { left, right, top, bottom } = chart.chartArea;
    haloText(context, label, (left + right) / 2, (top + bottom) / 2, {
      theme,
      color: theme.muted,
      align: "center",
      baseline: "middle",
    });
  };
}

export function setFont(context: CanvasRenderingContext2D, theme: ChartTheme): void {
  context.font = `${String(theme.fontSize)}px ${theme.fontFamily}`;
}

interface TextOptions {
  readonly theme: ChartTheme;
  readonly color: string;
  readonly align: CanvasTextAlign;
  readonly baseline?: CanvasTextBaseline;
}

/** Text with an outline in the background's colour, so that it can be read across lines and marks. */
export function haloText(
  context: CanvasRenderingContext2D,
  label: string,
  x: number,
  y: number,
  options: TextOptions,
): void {
  setFont(context, options.theme);
  context.textAlign = options.align;
  context.textBaseline = options.baseline ?? "top";
  context.setLineDash([]);
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = options.theme.background;
  context.strokeText(label, x, y);
  context.fillStyle = options.color;
  context.fillText(label, x, y);
}

/**
 * A scale of the chart by its id.
 * @throws Error if the chart has no such scale (a fault of ours)
 */
export function scaleOf(chart: Chart, id: string): Chart["scales"][string] {
  const scale = chart.scales[id];
  if (!scale) throw new Error(`The chart has no ${id} axis.`);
  return scale;
}

/** A tick's label, short. */
export function tickLabel(value: string | number): string {
  const number = Number(value);
  return number !== 0 && (Math.abs(number) < 1e-3 || Math.abs(number) >= 1e5)
    ? formatPower(number)
    : formatShort(number, 4);
}

function formatPower(value: number): string {
  const exponent = Math.log10(Math.abs(value));
  const rounded = Math.round(exponent);
  return Math.abs(exponent - rounded) < 1e-9 && value > 0
    ? `1e${String(rounded).replace("-", "\u2212")}`
    : value.toExponential(0).replace("e+", "e").replaceAll("-", "\u2212");
}
