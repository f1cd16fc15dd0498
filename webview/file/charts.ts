import type { TensorValues } from "../../src/protocol/views/fileView.ts";
import { horizontalAxis, verticalAxis } from "../charts/axes.ts";
import { withAlpha, type ChartTheme } from "../charts/theme.ts";
import type { Drawing } from "../charts/themedChart.ts";
import { formatLabel } from "../../src/protocol/words/numbers.ts";
import { logarithmicRange } from "../models/ticks.ts";
import { text } from "../text.ts";

/** Edges of the histogram's bins, one more than there are bins. */
export function binEdges({ minimum, maximum, histogram }: TensorValues): number[] {
  const bins = histogram.length;
  return Array.from(
    { length: bins + 1 },
    (_, place) => minimum + ((maximum - minimum) * place) / bins,
  );
}

/** Bins as an outline; the count is logarithmic, for activations are mostly near zero. */
export function drawHistogram(values: TensorValues, theme: ChartTheme): Drawing {
  const edges = binEdges(values);
  const counts = values.histogram;
  // Half a count is the floor on which empty bins lie.
  const floor = 0.5;
  const outline = edges.flatMap((edge, place) => [
    { x: edge, y: Math.max(floor, counts[place - 1] ?? 0) },
    { x: edge, y: Math.max(floor, counts[place] ?? 0) },
  ]);
  return {
    chart: {
      type: "scatter",
      data: {
        datasets: [
          {
            data: outline,
            showLine: true,
            pointRadius: 0,
            pointHitRadius: 0,
            borderColor: theme.foreground,
            borderWidth: 1,
            fill: "start",
            backgroundColor: withAlpha(theme.foreground, 0.3),
          },
        ],
      },
      options: {
        scales: {
          x: horizontalAxis("linear", {
            theme,
            minimum: edges[0] ?? 0,
            maximum: edges.at(-1) ?? 1,
            grid: false,
          }),
          y: verticalAxis("log", {
            theme,
            minimum: floor,
            maximum: Math.max(1, ...counts) * 1.5,
          }),
        },
        plugins: { tooltip: { enabled: false } },
      },
    },
  };
}

/** Mean against variance on a logarithmic axis; neurons that never vary cannot stand on it. */
export function drawNeurons(
  { columnMean, columnVariance }: TensorValues,
  theme: ChartTheme,
): Drawing {
  const places: number[] = [];
  columnVariance.forEach((variance, neuron) => {
    if (variance > 0) places.push(neuron);
  });
  const points = places.map((neuron) => ({
    x: columnMean[neuron] ?? NaN,
    y: columnVariance[neuron] ?? NaN,
  }));
  const meanTitle = text("file.neurons.mean");
  const varianceTitle = text("file.neurons.variance");
  return {
    chart: {
      type: "scatter",
      data: {
        datasets: [
          {
            data: points,
            radius: 1.5,
            hoverRadius: 4,
            backgroundColor: withAlpha(theme.foreground, 0.5),
            borderWidth: 0,
          },
        ],
      },
      options: {
        scales: {
          x: horizontalAxis("linear", { theme, title: meanTitle }),
          y: verticalAxis("log", {
            theme,
            title: varianceTitle,
            ...logarithmicRange(points.map(({ y }) => y)),
          }),
        },
        plugins: {
          tooltip: {
            callbacks: {
              label: ({ dataIndex }) => {
                const point = points[dataIndex];
                const neuron = places[dataIndex];
                return point && neuron !== undefined
                  ? [
                      `${text("file.neurons.neuron")} ${String(neuron)}`,
                      `${meanTitle} ${formatLabel(point.x)}`,
                      `${varianceTitle} ${formatLabel(point.y)}`,
                    ]
                  : "";
              },
            },
          },
        },
      },
    },
  };
}
