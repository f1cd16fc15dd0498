import type { DirectionName } from "../../src/protocol/direction.ts";
import type { ComponentView, RunView } from "../../src/protocol/runView.ts";
import { drawScatter } from "../charts/scatter.ts";
import { changeDetector, element, type View } from "../components/dom.ts";
import { figure } from "../components/figure.ts";
import { formatProse } from "../../src/protocol/numbers.ts";
import { isSettled } from "../models/choices.ts";
import { shownComponent, type PanelModel } from "../models/panelModel.ts";
import { rolesOf } from "../models/roles.ts";
import { projectionsOf, rangeOf, rowsInOrder } from "../models/rows.ts";
import { text } from "../text.ts";
import { figureActions } from "./figureOptions.ts";
import { rowChart } from "./rowReadout.ts";
import type { PanelActions } from "./store.ts";

/** The chosen component of one direction against another one, a mark a row. */
export function scatterFigure(
  actions: PanelActions,
  model: () => PanelModel,
  direction: DirectionName,
): View<PanelModel> {
  const part = `scatter-${direction}`;
  const rows = rowChart(({ condition, row }) => {
    actions.chooseRow(direction, model().ui.component[direction], condition, row);
  });
  const select = element("select", { "data-part": "against" });
  select.addEventListener("change", () => {
    const { against } = model().ui;
    actions.changeUi({ against: { ...against, [direction]: Number(select.value) } });
  });
  const box = figure({
    part,
    plot: rows.plot,
    shape: "wide",
    controls: [
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
      if (!run || (!ui.sideBySide && ui.front !== direction)) return;
      // Of what nobody sees only the solution that stays is worth the time.
      if (!rows.chart.seen && !isSettled(current)) return;
      const count = run.mappedComponents[direction];
      if (count < 2) return;
      const chosen = ui.component[direction];
      if (optionsChanged(count, chosen)) {
        // A component against itself is a line that says nothing.
        const others = Array.from({ length: count }, (_, i) => i).filter((i) => i !== chosen);
        select.replaceChildren(
          ...others.map((i) => element("option", { value: i }, String(i + 1))),
        );
      }
      const otherIndex = ui.against[direction];
      select.value = String(otherIndex);
      const component = shownComponent(current, direction);
      const against = shownComponent(current, direction, otherIndex);
      box.element.setAttribute("aria-busy", String(!component || !against));
      const asTable = ui.tables.includes(part);
      if (!component || !against || !changed(component, against, run, row, asTable)) return;
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
        finding: finding(run, component, against),
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
function finding(run: RunView, component: ComponentView, against: ComponentView): string {
  const forward = component.direction === "forward";
  const carriedCondition = forward ? "target" : "reference";
  const silentCondition = forward ? "reference" : "target";
  const width = (view: ComponentView, condition: "target" | "reference"): string => {
    const { low, high } = rangeOf(projectionsOf(view, condition));
    return formatProse(high - low);
  };
  return text("projections.scatter.finding", {
    ...rolesOf(run.summary, component.direction),
    component: component.index + 1,
    against: against.index + 1,
    carriedRange: width(component, carriedCondition),
    silentRange: width(component, silentCondition),
    carriedAgainst: width(against, carriedCondition),
    silentAgainst: width(against, silentCondition),
  });
}
