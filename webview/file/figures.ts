import type { TensorValues } from "../../src/protocol/views/fileView.ts";
import { formatCount, formatShort } from "../../src/protocol/words/numbers.ts";
import { ThemedChart } from "../charts/themedChart.ts";
import { ownFigure, type ShownData } from "../components/dataFigure.ts";
import { element, type View } from "../components/dom.ts";
import { text } from "../text.ts";
import { binEdges, drawHistogram, drawNeurons } from "./charts.ts";

/** How the values are spread. */
export function histogramFigure(copy: (text: string) => void): View<TensorValues> {
  return chartFigure("histogram", copy, (values) => {
    const { minimum, maximum, histogram, rows, columns } = values;
    return {
      title: text("file.values"),
      finding: text("file.histogram.finding", {
        count: formatCount(rows * columns),
        low: formatShort(minimum),
        high: formatShort(maximum),
      }),
      caption: text("file.histogram.caption", { bins: histogram.length }),
      table: () => {
        const edges = binEdges(values);
        return {
          columns: [
            text("file.histogram.from"),
            text("file.histogram.to"),
            text("file.histogram.count"),
          ],
          rows: histogram.map((count, place) => [
            edges[place] ?? NaN,
            edges[place + 1] ?? NaN,
            count,
          ]),
        };
      },
      draw: (theme) => drawHistogram(values, theme),
    };
  });
}

/** One point a neuron: mean and variance. */
export function neuronsFigure(copy: (text: string) => void): View<TensorValues> {
  return chartFigure("neuron-statistics", copy, (values) => ({
    title: text("file.neurons"),
    finding: text("file.neurons.finding", { count: formatCount(values.columns) }),
    caption: text("file.neurons.caption", { rows: values.rows }),
    table: () => ({
      columns: [
        text("file.neurons.neuron"),
        text("file.neurons.mean"),
        text("file.neurons.variance"),
      ],
      rows: Array.from(values.columnMean, (mean, neuron) => [
        neuron,
        mean,
        values.columnVariance[neuron] ?? NaN,
      ]),
    }),
    draw: (theme) => drawNeurons(values, theme),
  }));
}

function chartFigure(
  part: string,
  copy: (text: string) => void,
  show: (values: TensorValues) => ShownData,
): View<TensorValues> {
  const chart = new ThemedChart();
  const plot = element("div", { class: "canvas-holder" }, chart.element);
  return ownFigure({ part, chart, plot, shape: "wide", heading: "h2", onCopy: copy }, show);
}
