import { rolesOfDirection, type DirectionName } from "../../../src/protocol/direction.ts";
import type { ComponentView, RunView } from "../../../src/protocol/views/runView.ts";
import { drawScatter } from "../../charts/scatter.ts";
import { changeDetector, element, type DisposableView } from "../../components/dom.ts";
import { formatProse } from "../../../src/protocol/words/numbers.ts";
import { rowEvidence, type Evidence, type HeldOutRows } from "../../models/validation/evidence.ts";
import { shownColours } from "../../models/neurons/neuronColours.ts";
import { shownComponent, type PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { rangeOf, rowsInOrder, type ConditionName } from "../../models/rows.ts";
import { text } from "../../text.ts";
import { colourCaption } from "./colourControls.ts";
import { componentFigure } from "../modelFigure.ts";
import { rowChart } from "./rowReadout.ts";
import { knownCell, rowTable } from "./rowTable.ts";
import type { PanelActions } from "../store.ts";

/** The chosen component of one direction against another one, a mark a row. */
export function scatterFigure(
  actions: PanelActions,
  model: () => PanelModel,
  direction: DirectionName,
): DisposableView<PanelModel> {
  const rows = rowChart((places) => {
    actions.chooseRows(direction, model().ui.component[direction], places);
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
      const { run, ui, rows: chosen } = current;
      const component = shownComponent(current, direction);
      const against = shownComponent(current, direction, ui.against[direction]);
      if (!run || !component || !against) return undefined;
      const x = rowEvidence(current, direction, component.index);
      const y = rowEvidence(current, direction, against.index);
      const both = x.kind === "heldOut" && y.kind === "heldOut";
      return {
        ...{ run, component, against, chosen },
        x: both ? x.known : undefined,
        y: both ? y.known : undefined,
        why: whyInSample(x, y),
        colours: shownColours(current.colour),
      };
    },
    show({ run, component, against, chosen, x, y, why, colours }) {
      const values = { x: x ?? valuesOf(component), y: y ?? valuesOf(against) };
      rows.update({
        run,
        order: rowsInOrder(values.x),
        chosen,
        colours,
        valuesOf: ({ condition, row: place }) =>
          [values.x, values.y].map((each) => each[condition][place] ?? NaN),
      });
      const numbers = { component: component.index + 1, against: against.index + 1 };
      const pair = (condition: "target" | "reference"): { x: Float64Array; y: Float64Array } => ({
        x: values.x[condition],
        y: values.y[condition],
      });
      return {
        title: text("projections.scatter.title", numbers),
        finding: finding(run, component, against, values, x !== undefined),
        caption: [
          x ? text("evidence.scatter.caption") : text("projections.scatter.caption", { why }),
          colourCaption(colours),
        ]
          .join(" ")
          .trim(),
        table: () =>
          rowTable(
            run,
            [component, against].map((each) =>
              text("projections.axis.component", { component: each.index + 1 }),
            ),
            colours,
            (condition, place) => [
              knownCell(values.x[condition][place]),
              knownCell(values.y[condition][place]),
            ],
          ),
        draw: (theme) =>
          drawScatter(
            {
              target: pair("target"),
              reference: pair("reference"),
              xTitle: text("projections.axis.component", { component: numbers.component }),
              yTitle: text("projections.axis.component", { component: numbers.against }),
              marked: chosen,
              colours,
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

type ConditionValues = Readonly<Record<ConditionName, Float64Array>>;

function valuesOf(component: ComponentView): ConditionValues {
  return { target: component.targetProjections, reference: component.referenceProjections };
}

/** Empty if both are held out. */
function whyInSample(x: Evidence<HeldOutRows>, y: Evidence<HeldOutRows>): string {
  if (x.kind === "inSample") return x.why;
  return y.kind === "inSample" ? text("evidence.scatter.both", { why: y.why }) : "";
}

/** How far each condition reaches on either component, in words. */
function finding(
  run: RunView,
  component: ComponentView,
  against: ComponentView,
  values: { readonly x: ConditionValues; readonly y: ConditionValues },
  isHeldOut: boolean,
): string {
  const { carried, silenced } = rolesOfDirection[component.direction];
  const width = (all: ConditionValues, condition: ConditionName): string => {
    const { low, high } = rangeOf(all[condition]);
    return formatProse(high - low);
  };
  return text(isHeldOut ? "evidence.scatter.finding" : "projections.scatter.finding", {
    ...rolesOf(run.summary, component.direction),
    component: component.index + 1,
    against: against.index + 1,
    carriedRange: width(values.x, carried),
    silentRange: width(values.x, silenced),
    carriedAgainst: width(values.y, carried),
    silentAgainst: width(values.y, silenced),
  });
}
