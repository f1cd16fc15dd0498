import type { Scale } from "chart.js";
import type { DirectionName } from "../../src/protocol/direction.ts";
import { logarithmicRange } from "../models/ticks.ts";
import { horizontalAxis } from "./axes.ts";
import { scaleOf, verticalLine } from "./marks/decorations.ts";
import { placeTooltip } from "./horizontalBars.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Decoration, Drawing } from "./themedChart.ts";

/** One row of the drawing: a ratio with its interval, and what it was where the direction was found. */
export interface TransferMark {
  readonly name: string;
  readonly direction: DirectionName;
  readonly inSample: number;
  readonly heldOut: number | undefined;
  readonly transferred: number;
  readonly interval: { readonly low: number; readonly high: number } | undefined;
  /** Drawn pale: the interval includes 1. */
  readonly pale: boolean;
  /** Lines of the tooltip. */
  readonly description: readonly string[];
}

/** Ratios one below another on a logarithmic axis (a forest plot); 1, where nothing separates, is dashed. */
export function drawTransfer(
  marks: readonly TransferMark[],
  axisTitle: string,
  theme: ChartTheme,
): Drawing {
  const values = marks.flatMap(({ inSample, heldOut, transferred, interval }) => [
    inSample,
    transferred,
    ...(heldOut === undefined ? [] : [heldOut]),
    ...(interval ? [interval.low, interval.high] : []),
  ]);
  const points = (ratioOf: (mark: TransferMark) => number | undefined) =>
    marks.map((mark, y) => ({ x: ratioOf(mark) ?? NaN, y }));
  const colors = marks.map((mark) => colorOf(mark, theme));
  const hollow = { backgroundColor: theme.background, borderColor: theme.muted, borderWidth: 1 };
  return {
    under: [
      verticalLine(1, { theme, color: theme.muted, dashed: true }),
      intervalLines(marks, theme),
    ],
    chart: {
      type: "scatter",
      data: {
        datasets: [
          {
            data: points(({ transferred }) => transferred),
            pointStyle: marks.map(({ direction }) =>
              direction === "forward" ? "circle" : "triangle",
            ),
            pointRadius: marks.map(({ direction }) => (direction === "forward" ? 4 : 5)),
            backgroundColor: colors,
            borderWidth: 0,
          },
          {
            data: points(({ inSample }) => inSample),
            pointStyle: "rect",
            pointRadius: 4,
            ...hollow,
          },
          {
            data: points(({ heldOut }) => heldOut),
            pointStyle: "rectRot",
            pointRadius: 4,
            ...hollow,
          },
        ],
      },
      options: {
        layout: { padding: { right: 8 } },
        interaction: { mode: "nearest", axis: "y", intersect: false },
        scales: {
          x: horizontalAxis("log", {
            theme,
            title: axisTitle,
            ...logarithmicRange([...values, 1]),
          }),
          y: rowAxis(
            marks.map(({ name }) => name),
            theme,
          ),
        },
        plugins: {
          tooltip: {
            ...placeTooltip((place) => [...(marks[place]?.description ?? [])]),
            // All marks of a row say the same.
            filter: ({ datasetIndex }) => datasetIndex === 0,
          },
        },
      },
    },
  };
}

/** A name a row, from the top. */
function rowAxis(names: readonly string[], theme: ChartTheme): object {
  return {
    type: "linear",
    reverse: true,
    min: -0.5,
    max: names.length - 0.5,
    border: { display: false },
    grid: { display: false },
    ticks: { autoSkip: false, color: theme.muted, callback: (row: number) => names[row] ?? "" },
    afterBuildTicks(built: Scale) {
      built.ticks = names.map((_name, value) => ({ value }));
    },
  };
}

function intervalLines(marks: readonly TransferMark[], theme: ChartTheme): Decoration {
  return (context, chart) => {
    const across = scaleOf(chart, "x");
    const down = scaleOf(chart, "y");
    context.lineWidth = 2;
    marks.forEach((mark, row) => {
      const { interval } = mark;
      if (!interval) return;
      const y = down.getPixelForValue(row);
      context.strokeStyle = colorOf(mark, theme);
      context.beginPath();
      context.moveTo(across.getPixelForValue(Math.max(interval.low, across.min)), y);
      context.lineTo(across.getPixelForValue(Math.min(interval.high, across.max)), y);
      context.stroke();
    });
  };
}

function colorOf({ direction, pale }: TransferMark, theme: ChartTheme): string {
  const color = theme[direction === "forward" ? "target" : "reference"];
  return pale ? withAlpha(color, theme.highContrast ? 0.65 : 0.45) : color;
}
