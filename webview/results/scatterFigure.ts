import type { ComponentView } from "../../src/protocol/runView.ts";
import { drawScatter } from "../charts/scatter.ts";
import { changeDetector, element, type View } from "../components/dom.ts";
import { figure } from "../components/figure.ts";
import { legend } from "../components/legend.ts";
import { formatProse } from "../models/numbers.ts";
import { shownComponent, type PanelModel } from "../models/panelModel.ts";
import { rolesOf } from "../models/roles.ts";
import { projectionsOf, rangeOf, rowsInOrder } from "../models/rows.ts";
import { text } from "../text.ts";
import { fillComponents } from "./controls.ts";
import { figureActions } from "./figureOptions.ts";
import { rowChart } from "./rowReadout.ts";
import type { PanelActions } from "./store.ts";

/** The chosen component of the direction in front against another one, a mark a row. */
export function scatterFigure(actions: PanelActions, model: () => PanelModel): View<PanelModel> {
  const part = "scatter";
  const rows = rowChart(({ condition, row }) => {
    const { front, component } = model().ui;
    actions.chooseRow(front, component[front], condition, row);
  });
  const select = element("select", { "data-part": "against" });
  select.addEventListener("change", () => {
    const { against, front } = model().ui;
    actions.changeUi({ against: { ...against, [front]: Number(select.value) } });
  });
  const key = legend();
  const box = figure({
    part,
    plot: rows.plot,
    shape: "wide",
    controls: [
      key.element,
      element("label", {}, element("span", {}, text("projections.scatter.against")), select),
    ],
    readout: rows.readout,
    ...figureActions(actions),
  });
  const changed = changeDetector();
  const optionsChanged = changeDetector();
  return {
    element: box.element,
    update(current) {
      const { run, ui, row } = current;
      if (!run) return;
      if (optionsChanged(run, ui.front)) fillComponents(select, run, ui.front);
      const otherIndex = ui.against[ui.front];
      select.value = String(otherIndex);
      const component = shownComponent(current, ui.front);
      const against = shownComponent(current, ui.front, otherIndex);
      box.element.setAttribute("aria-busy", String(!component || !against));
      const asTable = ui.tables.includes(part);
      if (!component || !against || !changed(component, against, run, row, asTable)) return;
      const { target, reference } = run.summary;
      key.update({ target: target.name, reference: reference.name });
      rows.update({
        run,
        order: rowsInOrder(component),
        marked: row,
        valuesOf: ({ condition, row: place }) =>
          [component, against].map((each) => projectionsOf(each, condition)[place] ?? NaN),
      });
      const numbers = { component: component.index + 1, against: against.index + 1 };
      box.update({
        title: text("projections.scatter.title", numbers),
        finding: finding(current, component, against),
        caption: text("projections.scatter.caption"),
        asTable,
        table: () => ({
          columns: [
            text("projections.column.row"),
            text("projections.column.condition"),
            text("projections.axis.component", { component: numbers.component }),
            text("projections.axis.component", { component: numbers.against }),
          ],
          rows: (["target", "reference"] as const).flatMap((condition) =>
            Array.from(projectionsOf(component, condition), (value, place) => [
              place,
              run.summary[condition].name,
              value,
              projectionsOf(against, condition)[place] ?? NaN,
            ]),
          ),
        }),
      });
      if (asTable) return;
      const pair = (condition: "target" | "reference"): { x: Float64Array; y: Float64Array } => ({
        x: projectionsOf(component, condition),
        y: projectionsOf(against, condition),
      });
      rows.chart.show((theme) =>
        drawScatter(
          {
            target: pair("target"),
            reference: pair("reference"),
            xTitle: text("projections.axis.component", { component: numbers.component }),
            yTitle: text("projections.axis.component", { component: numbers.against }),
            marked: row,
          },
          theme,
        ),
      );
    },
  };
}

/** How far each condition reaches on either component, in words. */
function finding(model: PanelModel, component: ComponentView, against: ComponentView): string {
  const { run, ui } = model;
  if (!run) return "";
  const carriedCondition = ui.front === "forward" ? "target" : "reference";
  const silentCondition = ui.front === "forward" ? "reference" : "target";
  const width = (view: ComponentView, condition: "target" | "reference"): string => {
    const { low, high } = rangeOf(projectionsOf(view, condition));
    return formatProse(high - low);
  };
  return text("projections.scatter.finding", {
    ...rolesOf(run.summary, ui.front),
    component: component.index + 1,
    against: against.index + 1,
    carriedRange: width(component, carriedCondition),
    silentRange: width(component, silentCondition),
    carriedAgainst: width(against, carriedCondition),
    silentAgainst: width(against, silentCondition),
  });
}
