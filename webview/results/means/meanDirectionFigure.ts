import { formatLabel } from "../../../src/protocol/words/numbers.ts";
import { drawTopLoadings } from "../../charts/loadings.ts";
import type { DisposableView } from "../../components/dom.ts";
import { meanDirection, type MeanDirectionName } from "../../models/means/directions.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { largestByMagnitude } from "../../models/neurons/ranking.ts";
import { rolesOf } from "../../models/roles.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import { neuronBars } from "../loadings/neuronBars.ts";
import type { PanelActions } from "../store.ts";

/** How many neurons the bars show. */
const topCount = 20;

/** The largest loadings of a direction of the means; hidden if the run has no such direction. */
export function meanDirectionFigure(
  actions: PanelActions,
  model: () => PanelModel,
  name: MeanDirectionName,
): DisposableView<PanelModel> {
  const shown = neuronBars((neuron) => {
    const { front, component } = model().ui;
    actions.chooseNeuron(front, component[front], neuron);
  });
  const valuesOf = remembered(name);
  return modelFigure(actions, {
    part: `loadings-${name}`,
    chart: shown.chart,
    plot: shown.plot,
    shape: "tall",
    inputs({ run, ui, neuron }) {
      const values = run && valuesOf(run, ui.front);
      return run && values ? { values, neuron, ...rolesOf(run.summary, ui.front) } : undefined;
    },
    show({ values, neuron, carried, silent }) {
      const quantity = text("table.loading");
      const drawn = largestByMagnitude(values, topCount);
      const bars = { neurons: drawn, values, quantity, chosen: neuron };
      shown.update(bars);
      const [first = 0, second = 0] = drawn;
      return {
        title: text(`means.title.${name}`, { carried, silent }),
        finding: text("loadings.finding", {
          quantity: text(`means.${name}`),
          first,
          firstValue: formatLabel(values[first] ?? NaN),
          second,
          secondValue: formatLabel(values[second] ?? NaN),
        }),
        caption: text(`means.caption.${name}`, { count: drawn.length }),
        table: () => ({
          columns: [text("table.neuron"), quantity],
          rows: bars.neurons.map((each) => [each, values[each] ?? NaN]),
        }),
        draw: (theme) => drawTopLoadings(bars, theme),
      };
    },
  });
}

/** The same vector for the same run and direction, so that nothing is drawn twice. */
function remembered(name: MeanDirectionName) {
  type Arguments = Parameters<typeof meanDirection>;
  let before: { of: Arguments[0]["neurons"]; front: Arguments[2] } | undefined;
  let values: Float64Array | undefined;
  return (run: Arguments[0], front: Arguments[2]): Float64Array | undefined => {
    if (before?.of !== run.neurons || before.front !== front) {
      before = { of: run.neurons, front };
      values = meanDirection(run, name, front);
    }
    return values;
  };
}
