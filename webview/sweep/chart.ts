import type { SweepView } from "../../src/protocol/sweepView.ts";
import { horizontalAxis, verticalAxis } from "../charts/axes.ts";
import { haloText } from "../charts/decorations.ts";
import type { ChartTheme } from "../charts/theme.ts";
import type { Decoration, Drawing } from "../charts/themedChart.ts";
import { formatLabel } from "../../src/protocol/numbers.ts";
import { logarithmicRange } from "../models/ticks.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** In-sample and held-out ratio over layers on one logarithmic axis; 1 is marked, for there nothing separates. */
export function drawLayers(view: SweepView, theme: ChartTheme): Drawing {
  const inSample: Point[] = [];
  const heldOut: Point[] = [];
  const intervals: { readonly x: number; readonly low: number; readonly high: number }[] = [];
  for (const { layer, found } of view.layers) {
    // A point a layer in both lines, so that a place in a line is a place among the layers.
    inSample.push({ x: layer, y: found?.forward.inSampleRatio ?? NaN });
    heldOut.push({ x: layer, y: found?.forward.heldOutRatio ?? NaN });
    const interval = found?.forward.heldOutRatioInterval;
    if (interval) intervals.push({ x: layer, ...interval });
  }
  const shown = [...inSample, ...heldOut].map(({ y }) => y);
  const ends = intervals.flatMap(({ low, high }) => [low, high]);
  const layers = view.layers.map(({ layer }) => layer);
  const line = (points: Point[], color: string, style: object) => ({
    data: points,
    showLine: true,
    borderColor: color,
    backgroundColor: color,
    borderWidth: 1,
    pointRadius: 4,
    ...style,
  });
  return {
    under: [oneLine(theme), intervalLines(intervals, theme)],
    over: [
      endLabel(inSample, view.labels.inSample, theme),
      endLabel(heldOut, view.labels.heldOut, theme),
    ],
    chart: {
      type: "scatter",
      data: {
        datasets: [
          line(inSample, theme.muted, { borderDash: [3, 3], pointStyle: "rect" }),
          line(heldOut, theme.target, { pointStyle: "circle" }),
        ],
      },
      options: {
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: {
            ...horizontalAxis("linear", {
              theme,
              title: view.labels.layer,
              minimum: Math.min(0, ...layers) - 0.5,
              // Room for the lines' names behind their last points.
              maximum: Math.max(view.count, ...layers) * 1.15 + 0.5,
              grid: false,
            }),
          },
          y: verticalAxis("log", {
            theme,
            title: view.labels.ratioAxis,
            ...logarithmicRange([...shown, ...ends, 1]),
          }),
        },
        plugins: {
          tooltip: {
            callbacks: {
              title: (items) => `${view.labels.layer} ${String(items[0]?.parsed.x ?? "")}`,
              label: ({ datasetIndex, parsed }) => {
                const name = datasetIndex === 0 ? view.labels.inSample : view.labels.heldOut;
                return `${formatLabel(parsed.y ?? NaN)}× ${name}`;
              },
            },
          },
        },
      },
    },
  };
}

function oneLine(theme: ChartTheme): Decoration {
  return (context, chart) => {
    const y = chart.scales["y"]?.getPixelForValue(1);
    if (y === undefined) return;
    context.strokeStyle = theme.muted;
    context.beginPath();
    context.moveTo(chart.chartArea.left, y);
    context.lineTo(chart.chartArea.right, y);
    context.stroke();
  };
}

function intervalLines(
  intervals: readonly { readonly x: number; readonly low: number; readonly high: number }[],
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const { x: across, y: up } = chart.scales;
    if (!across || !up) return;
    context.strokeStyle = theme.target;
    for (const { x, low, high } of intervals) {
      const at = across.getPixelForValue(x);
      context.beginPath();
      context.moveTo(at, up.getPixelForValue(Math.max(low, up.min)));
      context.lineTo(at, up.getPixelForValue(Math.min(high, up.max)));
      context.stroke();
    }
  };
}

/** The line's name behind its last point, so that no legend is needed. */
function endLabel(points: readonly Point[], label: string, theme: ChartTheme): Decoration {
  return (context, chart) => {
    const { x: across, y: up } = chart.scales;
    const last = points.filter(({ y }) => y > 0).at(-1);
    if (!across || !up || !last) return;
    const x = across.getPixelForValue(last.x) + 8;
    const y = up.getPixelForValue(last.y);
    haloText(context, label, x, y, {
      theme,
      color: theme.foreground,
      align: "left",
      baseline: "middle",
    });
  };
}
