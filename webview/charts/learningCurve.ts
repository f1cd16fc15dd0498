import type { LearningPoint } from "../../src/protocol/results.ts";
import type { DirectionName } from "../../src/protocol/direction.ts";
import { formatLabel, formatRatio } from "../../src/protocol/words/numbers.ts";
import { logarithmicRange } from "../models/ticks.ts";
import { text } from "../text.ts";
import { horizontalAxis, verticalAxis } from "./axes.ts";
import { centredText, levelLine, scaleOf } from "./marks/decorations.ts";
import { colorOf } from "./eigenvalues.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Drawing } from "./themedChart.ts";

/** Held-out ratio over the number of rows, with the range of the draws as whiskers. */
export function drawLearningCurve(
  points: readonly LearningPoint[],
  direction: DirectionName,
  theme: ChartTheme,
): Drawing {
  const color = theme[colorOf(direction)];
  const most = Math.max(...points.map(({ rows }) => rows));
  return {
    under: [
      (context, chart) => {
        const [x, y] = [scaleOf(chart, "x"), scaleOf(chart, "y")];
        context.strokeStyle = theme.muted;
        context.setLineDash([1, 3]);
        levelLine(context, chart.chartArea.left, chart.chartArea.right, y.getPixelForValue(1));
        context.setLineDash([]);
        context.strokeStyle = color;
        context.lineWidth = 1.5;
        for (const { rows, low, high } of points) {
          context.beginPath();
          context.moveTo(x.getPixelForValue(rows), y.getPixelForValue(low));
          context.lineTo(x.getPixelForValue(rows), y.getPixelForValue(high));
          context.stroke();
        }
      },
    ],
    chart: {
      type: "scatter",
      data: {
        datasets: [
          {
            data: points.map(({ rows, ratio }) => ({ x: rows, y: ratio })),
            showLine: true,
            borderColor: withAlpha(color, 0.6),
            borderWidth: 1,
            pointStyle: direction === "forward" ? ("circle" as const) : ("triangle" as const),
            radius: 4,
            pointBackgroundColor: color,
            pointBorderWidth: 0,
          },
        ],
      },
      options: {
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: horizontalAxis("linear", {
            theme,
            title: text("evidence.learning.rows"),
            minimum: 0,
            maximum: most * 1.05,
            grid: false,
          }),
          y: verticalAxis("log", {
            theme,
            title: text("evidence.learning.axis"),
            ...logarithmicRange([1, ...points.flatMap(({ low, high }) => [low, high])]),
          }),
        },
        plugins: {
          tooltip: {
            callbacks: {
              title: () => "",
              label: ({ dataIndex }) => {
                const point = points[dataIndex];
                if (!point) return "";
                const { rows, ratio, low, high } = point;
                return `${String(rows)}: ${formatRatio(ratio)} (${formatLabel(low)} … ${formatLabel(high)})`;
              },
            },
          },
        },
      },
    },
  };
}

/** Axes with a line that says what will be drawn: the figure keeps its place. */
export function drawNoLearningCurve(theme: ChartTheme): Drawing {
  const { chart } = drawLearningCurve(
    [{ rows: 100, ratio: NaN, low: NaN, high: NaN }],
    "forward",
    theme,
  );
  return { over: [centredText(text("evidence.learning.empty"), theme)], chart };
}
