import type { DirectionName } from "../../src/protocol/direction.ts";
import type { ComponentView, RunView } from "../../src/protocol/runView.ts";
import { drawStrips } from "../charts/strips.ts";
import type { TableContent } from "../components/dataTable.ts";
import { changeDetector, type View } from "../components/dom.ts";
import { figure } from "../components/figure.ts";
import { formatProse } from "../../src/protocol/numbers.ts";
import { isSettled } from "../models/choices.ts";
import { shownComponent, type PanelModel } from "../models/panelModel.ts";
import { rolesOf } from "../models/roles.ts";
import { projectionsOf, rowsInOrder, variance } from "../models/rows.ts";
import { text } from "../text.ts";
import { figureActions } from "./figureOptions.ts";
import { rowChart } from "./rowReadout.ts";
import type { PanelActions } from "./store.ts";

/** Both conditions on the chosen component of one direction: strips, densities, the means' difference. */
export function stripsFigure(
  actions: PanelActions,
  model: () => PanelModel,
  direction: DirectionName,
): View<PanelModel> {
  const part = `projections-${direction}`;
  const rows = rowChart(({ condition, row }) => {
    actions.chooseRow(direction, model().ui.component[direction], condition, row);
  });
  const box = figure({
    part,
    plot: rows.plot,
    shape: "wide",
    readout: rows.readout,
    ...figureActions(actions),
  });
  const changed = changeDetector();
  return {
    element: box.element,
    update(current) {
      const { run, ui, row } = current;
      if (!run || (!ui.sideBySide && ui.front !== direction)) return;
      // Of what nobody sees only the solution that stays is worth the time.
      if (!rows.chart.seen && !isSettled(current)) return;
      const component = shownComponent(current, direction);
      box.element.setAttribute("aria-busy", String(component === undefined));
      const asTable = ui.tables.includes(part);
      if (!component || !changed(component, run, row, ui.pairLines, asTable)) return;
      const { target, reference } = run.summary;
      const difference = formatProse(component.meanDifference);
      rows.update({
        run,
        order: rowsInOrder(component),
        marked: row,
        valuesOf: (place) => [projectionsOf(component, place.condition)[place.row] ?? NaN],
      });
      box.update({
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
        asTable,
        table: () => projectionTable(run, component),
      });
      if (asTable) return;
      rows.chart.show((theme) =>
        drawStrips(
          {
            target: { name: target.name, values: component.targetProjections },
            reference: { name: reference.name, values: component.referenceProjections },
            difference: {
              value: component.meanDifference,
              label: text("projections.lane.difference"),
            },
            pairLines: ui.pairLines && target.rows === reference.rows,
            marked: row,
            axisTitle: text("projections.axis"),
          },
          theme,
        ),
      );
    },
  };
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
