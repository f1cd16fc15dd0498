import type { DirectionName } from "../../../src/protocol/direction.ts";
import type { Stability } from "../../../src/protocol/results.ts";
import { drawIntervals } from "../../charts/marks/intervals.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import type { Cell, TableContent } from "../../components/dataTable.ts";
import type { DisposableView } from "../../components/dom.ts";
import { formatCount, formatProse, formatShare } from "../../../src/protocol/words/numbers.ts";
import { stabilityText } from "../../models/neurons/neuronEvidence.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import type { PanelActions } from "../store.ts";

/** As many neurons as the loadings begin with. */
const shownNeurons = 20;

/** How far the direction turns and which neurons stay on top when the rows are resampled. */
export function stabilityFigure(actions: PanelActions): DisposableView<PanelModel> {
  let neurons: Stability["neurons"] = [];
  let direction: DirectionName = "forward";
  const chart = new ThemedChart({
    onClick: ({ place }) => {
      const neuron = neurons[place]?.neuron;
      if (neuron !== undefined) actions.chooseNeuron(direction, 0, neuron);
    },
  });
  return modelFigure(actions, {
    part: "stability",
    chart,
    shape: "tall",
    inputs({ run, ui: { front }, validation: { report } }) {
      const stability = report?.directions[front].stability;
      return run && stability && { stability, front, width: run.summary.target.columns };
    },
    show({ stability, front, width }) {
      direction = front;
      neurons = stability.neurons.slice(0, shownNeurons);
      const { angle, subspaceAngle } = stability;
      const numbers = {
        resamples: formatCount(stability.resamples),
        median: formatProse(angle.median),
        low: formatProse(angle.low),
        high: formatProse(angle.high),
      };
      const survivors = new Set(stability.discoveries?.loading);
      const intervals = neurons.map(({ neuron, loading, topShare, permuted }) => ({
        ...loading,
        ...(permuted ? { permuted: permuted.loading } : {}),
        label: labelOf(
          survivors.has(neuron) ? text("evidence.loadings.survivor", { neuron }) : String(neuron),
          topShare,
          permuted?.topShare,
        ),
      }));
      return {
        title: text("validation.stability.title"),
        finding: text("validation.stability.finding", numbers),
        caption: `${text("validation.stability.caption", {
          ...numbers,
          components: subspaceAngle.components,
          spanMedian: formatProse(subspaceAngle.median),
          spanLow: formatProse(subspaceAngle.low),
          spanHigh: formatProse(subspaceAngle.high),
        })} ${stabilityText(stability, "filter", width)}`,
        table: () => stabilityTable(stability),
        draw: (theme) => drawIntervals(intervals, text("validation.stability.axis"), theme),
      };
    },
  });
}

/** "98 · 95 % (40 %)": how often it is among the top neurons, and how often with permuted labels. */
function labelOf(neuron: string, topShare: number, permuted: number | undefined): string {
  const percent = (share: number): string => formatShare(Math.round(share * 100) / 100);
  return permuted === undefined
    ? text("validation.stability.label", { neuron, share: percent(topShare) })
    : text("evidence.stability.label", {
        neuron,
        share: percent(topShare),
        permuted: percent(permuted),
      });
}

function stabilityTable({ neurons }: Stability): TableContent {
  const names = ["loading", "pattern"] as const;
  const none = text("validation.none");
  const ends = (quantity: string): string[] => [
    text("validation.stability.low", { quantity }),
    text("validation.stability.high", { quantity }),
  ];
  return {
    columns: [
      text("table.neuron"),
      ...names.flatMap((name) => {
        const quantity = text(`validation.stability.${name}`);
        return [...ends(quantity), ...ends(text("evidence.stability.permuted", { quantity }))];
      }),
      text("validation.stability.topShare"),
      text("evidence.column.permutedTopShare"),
      text("evidence.column.q"),
    ],
    rows: neurons.map(({ neuron, permuted, topShare, q, ...own }): Cell[] => [
      neuron,
      ...names.flatMap((name) => [
        own[name].low,
        own[name].high,
        permuted?.[name].low ?? none,
        permuted?.[name].high ?? none,
      ]),
      topShare,
      permuted?.topShare ?? none,
      q?.loading ?? none,
    ]),
  };
}
