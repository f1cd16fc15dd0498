import type { DirectionName } from "../../src/protocol/direction.ts";
import type { ComponentView, RunView } from "../../src/protocol/runView.ts";
import { drawScatter } from "../charts/scatter.ts";
import { changeDetector, element, type DisposableView } from "../components/dom.ts";
import { formatProse } from "../../src/protocol/numbers.ts";
import { shownComponent, type PanelModel } from "../models/panelModel.ts";
import { rolesOf } from "../models/roles.ts";
import { projectionsOf, rangeOf, rowsInOrder } from "../models/rows.ts";
import { text } from "../text.ts";
import { componentFigure } from "./modelFigure.ts";
import { rowChart } from "./rowReadout.ts";
import type { PanelActions } from "./store.ts";

/** The chosen component of one direction against another one, a mark a row. */
export function scatterFigure(
  actions: PanelActions,
  model: () => PanelModel,
  direction: DirectionName,
): DisposableView<PanelModel> {
  const rows = rowChart(({ condition, row }) => {
    actions.chooseRow(direction, model().ui.component[direction], condition, row);
  });
  const select = element("select", { "data-part": "against" });
  select.addEventListener("change", () => {
    const { against } = model().ui;
    actions.changeUi({ against: { ...against, [direction]: Number(select.value) } });
  });
  const drawing = componentFigure(actions, direction, {
    part: `scatter-${direction}`,
    chart: rows.chart,
    plot: rows.plot,
    readout: rows.readout,
    shape: "wide",
    controls: [
      element("label", {}, element("span", {}, text("projections.scatter.against")), select),
    ],
    inputs(current) {
      const { run, ui, row } = current;
      const component = shownComponent(current, direction);
      const against = shownComponent(current, direction, ui.against[direction]);
      return run && component && against && { run, component, against, row };
    },
    show({ run, component, against, row }) {
      rows.update({
        run,
        order: rowsInOrder(component),
        marked: row,
        valuesOf: ({ condition, row: place }) =>
          [component, against].map((each) => projectionsOf(each, condition)[place] ?? NaN),
      });
      const numbers = { component: component.index + 1, against: against.index + 1 };
      const pair = (condition: "target" | "reference"): { x: Float64Array; y: Float64Array } => ({
        x: projectionsOf(component, condition),
        y: projectionsOf(against, condition),
      });
      return {
        title: text("projections.scatter.title", numbers),
        finding: finding(run, component, against),
        caption: text("projections.scatter.caption"),
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
        draw: (theme) =>
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
      };
    },
  });
  const optionsChanged = changeDetector();
  return {
    element: drawing.element,
    update(current) {
      const { run, ui } = current;
      const count = run?.mappedComponents[direction] ?? 0;
      if (count < 2) return;
      const chosen = ui.component[direction];
      if (optionsChanged(count, chosen)) {
        // A component against itself is a line that says nothing.
        const others = Array.from({ length: count }, (_, i) => i).filter((i) => i !== chosen);
        select.replaceChildren(
          ...others.map((i) => element("option", { value: i }, String(i + 1))),
        );
      }
      select.value = String(ui.against[direction]);
      drawing.update(current);
    },
    dispose: drawing.dispose,
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
