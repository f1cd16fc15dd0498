import { formatLabel } from "../models/numbers.ts";
import { symmetricLimit } from "../models/ticks.ts";
import { text } from "../text.ts";
import { horizontalAxis, verticalAxis } from "./axes.ts";
import { zeroLine } from "./decorations.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Drawing } from "./themedChart.ts";

/** The neurons to draw, in drawing order, with their loading or pattern. */
export interface LoadingBars {
  readonly neurons: ArrayLike<number>;
  readonly values: Float64Array;
  readonly quantity: string;
  readonly chosen: number | undefined;
}

/** The largest neurons as signed horizontal bars, one labelled row each. */
export function drawTopLoadings(bars: LoadingBars, theme: ChartTheme): Drawing {
  const neurons = Array.from(bars.neurons);
  const data = neurons.map((neuron) => bars.values[neuron] ?? 0);
  const limit = symmetricLimit(data);
  return {
    over: [zeroLine(theme)],
    chart: {
      type: "bar",
      data: {
        labels: neurons.map(String),
        datasets: [
          {
            data,
            backgroundColor: neurons.map((neuron) => barColor(neuron === bars.chosen, theme)),
            barPercentage: 0.8,
            categoryPercentage: 0.9,
            minBarLength: 1,
          },
        ],
      },
      options: {
        indexAxis: "y",
        interaction: { mode: "nearest", axis: "y", intersect: false },
        scales: {
          x: horizontalAxis("linear", {
            theme,
            title: bars.quantity,
            minimum: -limit,
            maximum: limit,
          }),
          y: {
            ...verticalAxis("linear", { theme, grid: false, title: text("table.neuron") }),
            type: "category",
            ticks: {
              autoSkip: false,
              color: neurons.map((neuron) =>
                neuron === bars.chosen ? theme.foreground : theme.muted,
              ),
            },
          },
        },
        plugins: { tooltip: neuronTooltip(neurons, data, bars.quantity) },
      },
    },
  };
}

/** Every neuron, sorted by value: a thin bar each. */
export function drawAllLoadings(bars: LoadingBars, theme: ChartTheme): Drawing {
  const neurons = Array.from(bars.neurons);
  const data = neurons.map((neuron) => bars.values[neuron] ?? 0);
  const limit = symmetricLimit(data);
  return {
    chart: {
      type: "scatter",
      data: {
        datasets: [
          {
            data: data.map((y, i) => ({ x: i + 1, y })),
            showLine: true,
            stepped: "middle",
            fill: { value: 0 },
            backgroundColor: withAlpha(theme.foreground, 0.35),
            borderColor: theme.foreground,
            borderWidth: 1,
            pointHitRadius: 3,
            radius: neurons.map((neuron) => (neuron === bars.chosen ? 4 : 0)),
            pointBackgroundColor: theme.foreground,
          },
        ],
      },
      options: {
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: horizontalAxis("linear", {
            theme,
            title: text("loadings.axis.rank"),
            minimum: 1,
            maximum: Math.max(2, neurons.length),
            grid: false,
          }),
          y: verticalAxis("linear", {
            theme,
            title: bars.quantity,
            minimum: -limit,
            maximum: limit,
          }),
        },
        plugins: { tooltip: neuronTooltip(neurons, data, bars.quantity) },
      },
    },
  };
}

/** Bars are neutral: their sign says nothing about him or her. */
function barColor(chosen: boolean, theme: ChartTheme): string {
  return chosen ? theme.foreground : withAlpha(theme.foreground, 0.55);
}

function neuronTooltip(
  neurons: readonly number[],
  data: readonly number[],
  quantity: string,
): object {
  return {
    callbacks: {
      title: () => "",
      label: ({ dataIndex }: { dataIndex: number }) => [
        text("loadings.neuron", { neuron: neurons[dataIndex] ?? "" }),
        `${quantity} ${formatLabel(data[dataIndex] ?? NaN)}`,
      ],
    },
  };
}
