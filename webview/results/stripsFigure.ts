import type { DirectionName } from "../../src/protocol/direction.ts";
import type { ComponentView, RunView } from "../../src/protocol/runView.ts";
import { drawStrips } from "../charts/strips.ts";
import type { TableContent } from "../components/dataTable.ts";
import type { DisposableView } from "../components/dom.ts";
import { formatProse } from "../../src/protocol/numbers.ts";
import { shownComponent, type PanelModel } from "../models/panelModel.ts";
import { rolesOf } from "../models/roles.ts";
import { projectionsOf, rowsInOrder, variance } from "../models/rows.ts";
import { text } from "../text.ts";
import { componentFigure } from "./modelFigure.ts";
import { rowChart } from "./rowReadout.ts";
import type { PanelActions } from "./store.ts";

/** Both conditions on the chosen component of one direction: strips, densities, the means' difference. */
export function stripsFigure(
  actions: PanelActions,
  model: () => PanelModel,
  direction: DirectionName,
): DisposableView<PanelModel> {
  const rows = rowChart(({ condition, row }) => {
    actions.chooseRow(direction, model().ui.component[direction], condition, row);
  });
  return componentFigure(actions, direction, {
    part: `projections-${direction}`,
    chart: rows.chart,
    plot: rows.plot,
    readout: rows.readout,
    shape: "wide",
    inputs(current) {
      const { run, row, ui } = current;
      const component = shownComponent(current, direction);
      return run && component && { run, component, row, pairLines: ui.pairLines };
    },
    show({ run, component, row, pairLines }) {
      const { target, reference } = run.summary;
      const difference = formatProse(component.meanDifference);
      rows.update({
        run,
        order: rowsInOrder(component),
        marked: row,
        valuesOf: (place) => [projectionsOf(component, place.condition)[place.row] ?? NaN],
      });
      return {
        title: text("projections.title", {
          component: component.index + 1,
          ...rolesOf(run.summary, direction),
        }),
        finding: text("projections.finding", {
          component: component.index + 1,
          target: target.name,
          reference: reference.name,
          targetVariance: formatProse(variance(component.targetProjections)),
          referenceVariance: formatProse(variance(component.referenceProjections)),
          difference,
        }),
        caption: text("projections.caption", { difference }),
        table: () => projectionTable(run, component),
        draw: (theme) =>
          drawStrips(
            {
              target: { name: target.name, values: component.targetProjections },
              reference: { name: reference.name, values: component.referenceProjections },
              difference: {
                value: component.meanDifference,
                label: text("projections.lane.difference"),
              },
              pairLines: pairLines && target.rows === reference.rows,
              marked: row,
              axisTitle: text("projections.axis"),
            },
            theme,
          ),
      };
    },
  });
}

/** One row a row of the data, both conditions below each other. */
function projectionTable(run: RunView, component: ComponentView): TableContent {
  const { sentences } = run;
  return {
    columns: [
      text("projections.column.row"),
      text("projections.column.condition"),
      text("projections.column.projection"),
      ...(sentences ? [text("projections.column.sentence")] : []),
    ],
    rows: (["target", "reference"] as const).flatMap((condition) =>
      Array.from(projectionsOf(component, condition), (value, row) => [
        row,
        run.summary[condition].name,
        value,
        ...(sentences ? [sentences[condition][row] ?? ""] : []),
      ]),
    ),
  };
}
