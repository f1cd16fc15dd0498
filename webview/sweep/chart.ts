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

/** A 95 % interval at a layer. */
interface Range {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** One direction of the sweep as it is drawn. */
interface Line {
  readonly label: string;
  readonly color: string;
  readonly shape: "circle" | "triangle";
  readonly heldOut: Point[];
  readonly inSample: Point[];
  readonly intervals: Range[];
}

/**
 * Held-out ratios of both directions over layers on one logarithmic axis, in sample pale behind them; 1 is marked, for
 * there nothing separates.
 */
export function drawLayers(view: SweepView, theme: ChartTheme): Drawing {
  const { labels } = view;
  const lines: readonly Line[] = [
    { label: labels.forward, color: theme.target, shape: "circle", ...pointsOf(view, "forward") },
    {
      label: labels.swapped,
      color: theme.reference,
      shape: "triangle",
      ...pointsOf(view, "swapped"),
    },
  ];
  const shown = lines.flatMap(({ heldOut, inSample, intervals }) => [
    ...[...heldOut, ...inSample].map(({ y }) => y),
    ...intervals.flatMap(({ low, high }) => [low, high]),
  ]);
  const layers = view.layers.map(({ layer }) => layer);
  return {
    under: [oneLine(theme), ...lines.map((line) => intervalLines(line.intervals, line.color))],
    over: [
      ...lines.map(({ heldOut, label }) => endLabel(heldOut, label, theme)),
      endLabel(lines[0]?.inSample ?? [], labels.inSample, theme),
    ],
    chart: {
      type: "scatter",
      data: {
        datasets: [
          ...lines.map(({ inSample, shape }) => ({
            ...lineStyle(inSample, theme.muted, shape),
            borderDash: [3, 3],
            pointRadius: 2,
          })),
          ...lines.map(({ heldOut, color, shape }) => lineStyle(heldOut, color, shape)),
        ],
      },
      options: {
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: {
            ...horizontalAxis("linear", {
              theme,
              title: labels.layer,
              minimum: Math.min(0, ...layers) - 0.5,
              // Room for the lines' names behind their last points.
              maximum: Math.max(view.count, ...layers) * 1.25 + 0.5,
              grid: false,
            }),
          },
          y: verticalAxis("log", {
            theme,
            title: labels.ratioAxis,
            ...logarithmicRange([...shown, 1]),
          }),
        },
        plugins: {
          tooltip: {
            callbacks: {
              title: (items) => `${labels.layer} ${String(items[0]?.parsed.x ?? "")}`,
              label: ({ datasetIndex, parsed }) => {
                const line = lines[datasetIndex % lines.length];
                const suffix = datasetIndex < lines.length ? `, ${labels.inSample}` : "";
                return `${line?.label ?? ""}${suffix}: ${formatLabel(parsed.y ?? NaN)}×`;
              },
            },
          },
        },
      },
    },
  };
}

/** A point per layer in every line, so that a place in a line is a place among the layers. */
function pointsOf(
  view: SweepView,
  which: "forward" | "swapped",
): Pick<Line, "heldOut" | "inSample" | "intervals"> {
  const all = view.layers.map(({ layer, found }) => ({ layer, direction: found?.[which] }));
  return {
    heldOut: all.map(({ layer, direction }) => ({ x: layer, y: direction?.heldOutRatio ?? NaN })),
    inSample: all.map(({ layer, direction }) => ({ x: layer, y: direction?.inSampleRatio ?? NaN })),
    intervals: all.flatMap(({ layer, direction }) =>
      direction?.heldOutRatioInterval === undefined
        ? []
        : [{ x: layer, ...direction.heldOutRatioInterval }],
    ),
  };
}

function lineStyle(points: Point[], color: string, pointStyle: Line["shape"]) {
  return {
    data: points,
    showLine: true,
    borderColor: color,
    backgroundColor: color,
    borderWidth: 1,
    pointRadius: 4,
    pointStyle,
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

function intervalLines(intervals: readonly Range[], color: string): Decoration {
  return (context, chart) => {
    const { x: across, y: up } = chart.scales;
    if (!across || !up) return;
    context.strokeStyle = color;
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
