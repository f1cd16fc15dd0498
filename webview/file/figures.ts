import type { TensorView } from "../../src/protocol/views/fileView.ts";
import { ThemedChart } from "../charts/themedChart.ts";
import { ownFigure, type ShownData } from "../components/dataFigure.ts";
import { element, type View } from "../components/dom.ts";
import { drawHistogram, drawNeurons } from "./charts.ts";

interface HistogramContent {
  readonly title: string;
  readonly histogram: TensorView["histogram"];
}

interface NeuronsContent {
  readonly title: string;
  readonly neurons: TensorView["neurons"];
}

/** How the values are spread. */
export function histogramFigure(copy: (text: string) => void): View<HistogramContent> {
  return chartFigure("histogram", copy, ({ title, histogram }) => ({
    title,
    finding: histogram.finding,
    caption: histogram.caption,
    table: () => ({
      columns: ["from", "to", "count"],
      rows: histogram.counts.map((count, place) => [
        histogram.edges[place] ?? NaN,
        histogram.edges[place + 1] ?? NaN,
        count,
      ]),
    }),
    draw: (theme) => drawHistogram(histogram, theme),
  }));
}

/** One point a neuron: mean and variance. */
export function neuronsFigure(copy: (text: string) => void): View<NeuronsContent> {
  return chartFigure("neuron-statistics", copy, ({ title, neurons }) => ({
    title,
    finding: neurons.finding,
    caption: neurons.caption,
    table: () => ({
      columns: neurons.columns,
      rows: Array.from(neurons.mean, (mean, neuron) => [
        neuron,
        mean,
        neurons.variance[neuron] ?? NaN,
      ]),
    }),
    draw: (theme) => drawNeurons(neurons, theme),
  }));
}

function chartFigure<Content>(
  part: string,
  copy: (text: string) => void,
  show: (content: Content) => ShownData,
): View<Content> {
  const chart = new ThemedChart();
  const plot = element("div", { class: "canvas-holder" }, chart.element);
  return ownFigure({ part, chart, plot, shape: "wide", heading: "h2", onCopy: copy }, show);
}
