import { formatLabel } from "../../../src/protocol/words/numbers.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import { walkable } from "../../components/walkable.ts";
import { text } from "../../text.ts";

/** What is drawn of some neurons, in drawing order. */
interface DrawnNeurons {
  readonly neurons: readonly number[];
  readonly values: Float64Array;
  readonly quantity: string;
  readonly chosen: number | undefined;
}

interface NeuronBars {
  readonly chart: ThemedChart;
  /** The chart with what makes it walkable. */
  readonly plot: HTMLElement;
  update(drawn: DrawnNeurons): void;
}

/** A chart of neurons, one of which is chosen by a click or by walking along them. */
export function neuronBars(onChoose: (neuron: number) => void): NeuronBars {
  let drawn: readonly number[] = [];
  const choose = (place: number): void => {
    const neuron = drawn[place];
    if (neuron !== undefined) onChoose(neuron);
  };
  const chart = new ThemedChart({
    onClick: ({ place }) => {
      choose(place);
    },
  });
  const walk = walkable(chart.element, { label: text("loadings.walk"), onMove: choose });
  return {
    chart,
    plot: walk.element,
    update({ neurons, values, quantity, chosen: neuron }) {
      drawn = neurons;
      const place = neuron === undefined ? -1 : neurons.indexOf(neuron);
      walk.update({
        count: neurons.length,
        place: place < 0 ? undefined : place,
        text:
          neuron === undefined
            ? ""
            : text("loadings.current", {
                neuron,
                quantity,
                value: formatLabel(values[neuron] ?? NaN),
              }),
      });
    },
  };
}
