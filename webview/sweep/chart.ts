import type { Scale } from "chart.js";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { horizontalAxis, verticalAxis } from "../charts/axes.ts";
import { haloText } from "../charts/marks/decorations.ts";
import type { ChartTheme } from "../charts/theme.ts";
import type { Decoration, Drawing } from "../charts/themedChart.ts";
import { formatLabel } from "../../src/protocol/words/numbers.ts";
import { logarithmicRange } from "../models/ticks.ts";
import { text } from "../text.ts";
import { directionLabel } from "./words.ts";

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
  readonly intervals: Range[];
}

/**
 * Held-out ratios of both directions over layers on one logarithmic axis; 1 is marked, for there nothing separates.
 * In-sample ratios are thousands of times larger and would leave the held-out ones no room: the table has them.
 */
export function drawLayers(view: SweepView, theme: ChartTheme): Drawing {
  const lines: readonly Line[] = [
    {
      label: directionLabel(view, "forward"),
      color: theme.target,
      shape: "circle",
      ...pointsOf(view, "forward"),
    },
    {
      label: directionLabel(view, "swapped"),
      color: theme.reference,
      shape: "triangle",
      ...pointsOf(view, "swapped"),
    },
  ];
  const shown = lines.flatMap(({ heldOut, intervals }) => [
    ...heldOut.map(({ y }) => y),
    ...intervals.flatMap(({ low, high }) => [low, high]),
  ]);
  const layers = view.layers.map(({ layer }) => layer);
  const last = Math.max(view.count - 1, ...layers);
  return {
    under: [oneLine(theme), ...lines.map((line) => intervalLines(line.intervals, line.color))],
    over: [endLabels(lines, theme)],
    chart: {
      type: "scatter",
      data: {
        datasets: lines.map(({ heldOut, color, shape }) => lineStyle(heldOut, color, shape)),
      },
      options: {
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: {
            ...horizontalAxis("linear", {
              theme,
              title: text("sweep.layer"),
              minimum: Math.min(0, ...layers) - 0.5,
              // Room for the lines' names behind their last points.
              maximum: Math.max(view.count, ...layers) * 1.25 + 0.5,
              grid: false,
            }),
            // That room holds no layers.
            afterBuildTicks(built: Scale) {
              built.ticks = built.ticks.filter(({ value }) => value <= last);
            },
          },
          y: verticalAxis("log", {
            theme,
            title: text("sweep.ratioAxis"),
            ...logarithmicRange([...shown, 1]),
          }),
        },
        plugins: {
          tooltip: {
            callbacks: {
              title: (items) => `${text("sweep.layer")} ${String(items[0]?.parsed.x ?? "")}`,
              label: ({ datasetIndex, parsed }) =>
                `${lines[datasetIndex]?.label ?? ""}: ${formatLabel(parsed.y ?? NaN)}×`,
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
): Pick<Line, "heldOut" | "intervals"> {
  const all = view.layers.map(({ layer, found }) => ({ layer, direction: found?.[which] }));
  return {
    heldOut: all.map(({ layer, direction }) => ({ x: layer, y: direction?.heldOutRatio ?? NaN })),
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

/** Each line's name behind its last point, so that no legend is needed; apart if the points are close. */
function endLabels(lines: readonly Line[], theme: ChartTheme): Decoration {
  return (context, chart) => {
    const { x: across, y: up } = chart.scales;
    if (!across || !up) return;
    const places = lines.flatMap(({ heldOut, label }) => {
      const last = heldOut.filter(({ y }) => y > 0).at(-1);
      return last === undefined
        ? []
        : [{ label, x: across.getPixelForValue(last.x) + 8, y: up.getPixelForValue(last.y) }];
    });
    places.sort((a, b) => a.y - b.y);
    places.forEach((place, i) => {
      const above = places[i - 1];
      if (above) place.y = Math.max(place.y, above.y + lineHeight);
      haloText(context, place.label, place.x, place.y, {
        theme,
        color: theme.foreground,
        align: "left",
        baseline: "middle",
      });
    });
  };
}

/** Of a label, in pixels. */
const lineHeight = 14;
