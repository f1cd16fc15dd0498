import type { ValidationReport } from "../../../src/protocol/results.ts";
import { drawIntervals } from "../../charts/intervals.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import type { TableContent } from "../../components/dataTable.ts";
import type { DisposableView } from "../../components/dom.ts";
import { formatCount, formatProse, formatShare } from "../../../src/protocol/numbers.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import type { PanelActions } from "../store.ts";

type Stability = NonNullable<ValidationReport["stability"]>;

/** As many neurons as the loadings begin with. */
const shownNeurons = 20;

/** How far the direction turns and which neurons stay on top when the rows are resampled. */
export function stabilityFigure(actions: PanelActions): DisposableView<PanelModel> {
  let neurons: Stability["neurons"] = [];
  const chart = new ThemedChart({
    onClick: ({ place }) => {
      const neuron = neurons[place]?.neuron;
      if (neuron !== undefined) actions.chooseNeuron("forward", 0, neuron);
    },
  });
  return modelFigure(actions, {
    part: "stability",
    chart,
    shape: "tall",
    inputs({ validation }) {
      const stability = validation.report?.stability;
      return stability && { stability };
    },
    show({ stability }) {
      neurons = stability.neurons.slice(0, shownNeurons);
      const { angle, subspaceAngle } = stability;
      const numbers = {
        resamples: formatCount(stability.resamples),
        median: formatProse(angle.median),
        low: formatProse(angle.low),
        high: formatProse(angle.high),
      };
      const intervals = neurons.map(({ neuron, loading, topShare }) => ({
        ...loading,
        label: text("validation.stability.label", {
          neuron,
          share: formatShare(Math.round(topShare * 100) / 100),
        }),
      }));
      return {
        title: text("validation.stability.title"),
        finding: text("validation.stability.finding", numbers),
        caption: text("validation.stability.caption", {
          ...numbers,
          components: subspaceAngle.components,
          spanMedian: formatProse(subspaceAngle.median),
          spanLow: formatProse(subspaceAngle.low),
          spanHigh: formatProse(subspaceAngle.high),
        }),
        table: () => stabilityTable(stability),
        draw: (theme) => drawIntervals(intervals, text("validation.stability.axis"), theme),
      };
    },
  });
}

function stabilityTable(stability: Stability): TableContent {
  const quantities = [
    text("validation.stability.loading"),
    text("validation.stability.pattern"),
  ] as const;
  return {
    columns: [
      text("table.neuron"),
      ...quantities.flatMap((quantity) => [
        text("validation.stability.low", { quantity }),
        text("validation.stability.high", { quantity }),
      ]),
      text("validation.stability.topShare"),
    ],
    rows: stability.neurons.map(({ neuron, loading, pattern, topShare }) => [
      neuron,
      loading.low,
      loading.high,
      pattern.low,
      pattern.high,
      topShare,
    ]),
  };
}
