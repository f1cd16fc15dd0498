import { formatLabel } from "../../src/protocol/words/numbers.ts";
import type { Interval } from "../../src/protocol/results.ts";
import { symmetricLimit } from "../models/ticks.ts";
import { text } from "../text.ts";
import { horizontalAxis, verticalAxis } from "./axes.ts";
import { zeroLine } from "./marks/decorations.ts";
import { horizontalBars, placeTooltip } from "./horizontalBars.ts";
import { barWhiskers, permutedBands } from "./marks/permutedBands.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Drawing } from "./themedChart.ts";

/** The neurons to draw, in drawing order, with their loading or pattern. */
export interface LoadingBars {
  readonly neurons: ArrayLike<number>;
  readonly values: Float64Array;
  readonly quantity: string;
  readonly chosen: number | undefined;
  /** What resampling and permuting labels gave of a neuron; absent if neither was done. */
  readonly evidence?: ReadonlyMap<number, NeuronEvidence>;
}

export interface NeuronEvidence {
  readonly interval: Interval;
  readonly permuted?: Interval;
  /** Whether permuted labels do not give as much. */
  readonly survives: boolean;
}

/** The largest neurons as signed horizontal bars, one labelled row each. */
export function drawTopLoadings(bars: LoadingBars, theme: ChartTheme): Drawing {
  const neurons = Array.from(bars.neurons);
  const data = neurons.map((neuron) => bars.values[neuron] ?? 0);
  const evidence = neurons.map((neuron) => bars.evidence?.get(neuron));
  const limit = symmetricLimit(
    data,
    evidence.flatMap((own) => [own?.interval, own?.permuted].flatMap(endsOf)),
  );
  // Bars are neutral: their sign says nothing about either condition.
  const emphasis = (plain: string): string[] =>
    neurons.map((neuron) => (neuron === bars.chosen ? theme.foreground : plain));
  return {
    under: [
      permutedBands(
        evidence.map((own) => own?.permuted),
        theme,
      ),
    ],
    over: [
      zeroLine(theme),
      barWhiskers(
        evidence.map((own) => own?.interval),
        theme,
      ),
    ],
    chart: horizontalBars({
      theme,
      labels: neurons.map((neuron, i) =>
        evidence[i]?.survives ? text("evidence.loadings.survivor", { neuron }) : String(neuron),
      ),
      data,
      colors: emphasis(withAlpha(theme.foreground, 0.55)),
      labelColors: emphasis(theme.muted),
      minimum: -limit,
      maximum: limit,
      axisTitle: bars.quantity,
      thickness: 0.8,
      describe: describeNeuron(neurons, data, bars.quantity),
    }),
  };
}

function endsOf(interval: Interval | undefined): number[] {
  return interval ? [interval.low, interval.high] : [];
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
        plugins: { tooltip: placeTooltip(describeNeuron(neurons, data, bars.quantity)) },
      },
    },
  };
}

/** The lines of a neuron's tooltip by its place in the drawing. */
function describeNeuron(
  neurons: readonly number[],
  data: readonly number[],
  quantity: string,
): (place: number) => string[] {
  return (place) => [
    text("loadings.neuron", { neuron: neurons[place] ?? "" }),
    `${quantity} ${formatLabel(data[place] ?? NaN)}`,
  ];
}
