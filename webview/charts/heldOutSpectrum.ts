import type { Interval, ScoredComponent } from "../../src/protocol/results.ts";
import type { DirectionName } from "../../src/protocol/direction.ts";
import { formatLabel } from "../../src/protocol/words/numbers.ts";
import { logarithmicRange } from "../models/ticks.ts";
import { text } from "../text.ts";
import { horizontalAxis, verticalAxis } from "./axes.ts";
import { centredText, levelLine, ring, scaleOf, verticalLine } from "./marks/decorations.ts";
import { colorOf } from "./eigenvalues.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Decoration, Drawing } from "./themedChart.ts";

export interface HeldOutSpectrum {
  readonly direction: DirectionName;
  /** Those that were held out, component 1 first. */
  readonly components: readonly ScoredComponent[];
  /** How many leading components are above what permuted labels give; absent without permutations. */
  readonly edge?: number;
  /** From 0. */
  readonly chosen: number;
}

/** Half the width of a permuted band, in components. */
const bandHalf = 0.22;
/** Of the height: the line that says where the noise edge is lies above all marks. */
const labelShare = 0.08;

/** Held-out ratios of the first components over what permuted labels give at each rank, eigenvalues pale beside. */
export function drawHeldOutSpectrum(spectrum: HeldOutSpectrum, theme: ChartTheme): Drawing {
  const { direction, components, edge, chosen } = spectrum;
  const color = theme[colorOf(direction)];
  const pointStyle = direction === "forward" ? ("circle" as const) : ("triangle" as const);
  const ratios = components.map(({ heldOut }) => heldOut?.ratio ?? NaN);
  const eigenvalues = components.map(({ eigenvalue = NaN }) => eigenvalue);
  const ends = components.flatMap(({ permutedHeldOut: band, heldOutRatioInterval: interval }) => [
    ...(band ? [band.low, band.high] : []),
    ...(interval ? [interval.low, interval.high] : []),
  ]);
  const marks = (values: readonly number[]): { x: number; y: number }[] =>
    values.map((y, i) => ({ x: i + 1, y }));
  return {
    under: [
      bands(components, theme),
      oneLine(theme),
      intervals(
        components.map(({ heldOutRatioInterval }) => heldOutRatioInterval),
        color,
      ),
    ],
    over: [
      ...(chosen < components.length ? [ring(0, chosen, theme)] : []),
      ...(edge === undefined
        ? []
        : [
            verticalLine(edge + 0.5, {
              theme,
              color: theme.muted,
              dashed: true,
              label: text(
                edge < components.length
                  ? "evidence.spectrum.noiseEdge"
                  : "evidence.spectrum.noiseEdge.beyond",
                { components: edge },
              ),
            }),
          ]),
    ],
    chart: {
      type: "scatter",
      data: {
        datasets: [
          {
            data: marks(ratios),
            pointStyle,
            radius: direction === "forward" ? 4.5 : 5,
            hoverRadius: 6,
            backgroundColor: color,
            borderWidth: 0,
          },
          {
            data: marks(eigenvalues),
            pointStyle,
            radius: direction === "forward" ? 4 : 4.5,
            hoverRadius: 6,
            backgroundColor: theme.background,
            borderColor: withAlpha(color, theme.highContrast ? 1 : 0.6),
            borderWidth: 1.25,
          },
        ],
      },
      options: {
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: {
            ...horizontalAxis("linear", {
              theme,
              title: text("spectrum.axis.component"),
              minimum: 0.4,
              maximum: Math.max(5, components.length) + 0.6,
              grid: false,
            }),
            afterBuildTicks(axis: { ticks: { value: number }[] }) {
              axis.ticks = Array.from({ length: Math.max(5, components.length) }, (_, i) => ({
                value: i + 1,
              }));
            },
          },
          y: verticalAxis("log", {
            theme,
            title: text("evidence.spectrum.axis"),
            ...withRoomAbove(logarithmicRange([1, ...ratios, ...eigenvalues, ...ends])),
          }),
        },
        plugins: { tooltip: { callbacks: { title: () => "", label: tooltip(components) } } },
      },
    },
  };
}

function withRoomAbove({ minimum, maximum }: { minimum: number; maximum: number }) {
  return { minimum, maximum: maximum * (maximum / minimum) ** labelShare };
}

/** Axes with a line that says what will be drawn: the figure keeps its place. */
export function drawNoSpectrum(theme: ChartTheme): Drawing {
  return {
    over: [centredText(text("evidence.spectrum.empty"), theme)],
    chart: drawHeldOutSpectrum({ direction: "forward", components: [], chosen: 0 }, theme).chart,
  };
}

function tooltip(
  components: readonly ScoredComponent[],
): (item: { dataIndex: number; datasetIndex: number }) => string[] {
  return ({ dataIndex, datasetIndex }) => {
    const own = components[dataIndex];
    if (!own || datasetIndex > 0) return [];
    return [
      text("evidence.spectrum.walk", {
        component: dataIndex + 1,
        ratio: formatLabel(own.heldOut?.ratio ?? NaN),
        eigenvalue: formatLabel(own.eigenvalue ?? NaN),
      }),
    ];
  };
}

/** From the 5 % to the 95 % point, with a line at the median. */
function bands(components: readonly ScoredComponent[], theme: ChartTheme): Decoration {
  return (context, chart) => {
    const [x, y] = [scaleOf(chart, "x"), scaleOf(chart, "y")];
    components.forEach(({ permutedHeldOut: band }, i) => {
      if (!band) return;
      const left = x.getPixelForValue(i + 1 - bandHalf);
      const right = x.getPixelForValue(i + 1 + bandHalf);
      const top = y.getPixelForValue(band.high);
      context.fillStyle = withAlpha(theme.muted, theme.highContrast ? 0.5 : 0.28);
      context.fillRect(left, top, right - left, y.getPixelForValue(band.low) - top);
      context.strokeStyle = theme.muted;
      levelLine(context, left, right, y.getPixelForValue(band.median));
    });
  };
}

function oneLine(theme: ChartTheme): Decoration {
  return (context, chart) => {
    context.strokeStyle = theme.muted;
    context.setLineDash([1, 3]);
    const { left, right } = chart.chartArea;
    levelLine(context, left, right, scaleOf(chart, "y").getPixelForValue(1));
  };
}

function intervals(all: readonly (Interval | undefined)[], color: string): Decoration {
  return (context, chart) => {
    const [x, y] = [scaleOf(chart, "x"), scaleOf(chart, "y")];
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    all.forEach((interval, i) => {
      if (!interval) return;
      const at = x.getPixelForValue(i + 1);
      context.beginPath();
      context.moveTo(at, y.getPixelForValue(interval.low));
      context.lineTo(at, y.getPixelForValue(interval.high));
      context.stroke();
    });
  };
}
