import {
  directionNames,
  ofDirections,
  type DirectionName,
} from "../../../src/protocol/direction.ts";
import type { ComponentView } from "../../../src/protocol/views/runView.ts";
import { drawAllLoadings, drawTopLoadings } from "../../charts/loadings.ts";
import { disposeAll, element, setShown, type DisposableView } from "../../components/dom.ts";
import { segmented } from "../../components/segmented.ts";
import { formatCount, formatLabel } from "../../../src/protocol/words/numbers.ts";
import {
  componentEvidence,
  shownStability,
  whyNoStability,
} from "../../models/validation/evidence.ts";
import {
  loadingsTable,
  neuronEvidence,
  stabilityText,
} from "../../models/neurons/neuronEvidence.ts";
import { shownComponent, type PanelModel } from "../../models/panelModel.ts";
import { largestByMagnitude } from "../../models/neurons/ranking.ts";
import { rolesOf } from "../../models/roles.ts";
import type { UiState } from "../../models/uiState.ts";
import { text } from "../../text.ts";
import { componentFigure } from "../modelFigure.ts";
import { neuronBars } from "./neuronBars.ts";
import { neuronsFigure } from "./neuronsFigure.ts";
import { section } from "../section.ts";
import type { PanelActions } from "../store.ts";

/** How many neurons the bars begin with. */
const topCount = 20;

/**
 * The chosen component in the neurons: its largest loadings and the table of all; side by side, the
 * loadings of both directions stand in parallel and the table below.
 */
export function loadingsSection(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const quantity = segmented<UiState["quantity"]>(
    {
      label: text("loadings.quantity"),
      part: "quantity",
      onChange: (chosen) => {
        actions.changeUi({ quantity: chosen });
      },
    },
    [
      {
        value: "filter",
        label: text("loadings.filter"),
        hint: text("loadings.filter.hint"),
      },
      {
        value: "pattern",
        label: text("loadings.pattern"),
        hint: text("loadings.pattern.hint"),
      },
    ],
  );
  const count = segmented<UiState["neuronsShown"]>(
    {
      label: text("loadings.count"),
      part: "neurons-shown",
      onChange: (chosen) => {
        actions.changeUi({ neuronsShown: chosen });
      },
    },
    [
      { value: "top", label: text("loadings.top", { count: topCount }) },
      { value: "all", label: text("loadings.all", { count: "" }) },
    ],
  );
  const figures = ofDirections((direction) => loadingsFigure(actions, model, direction));
  const neurons = neuronsFigure(actions);
  return {
    element: section(
      "loadings",
      text("loadings.heading"),
      [quantity.element, count.element],
      [
        element(
          "div",
          { class: "columns" },
          ...directionNames.map((direction) => figures[direction].element),
          neurons.element,
        ),
      ],
    ),
    update(current) {
      const { run, ui } = current;
      quantity.update(ui.quantity);
      count.update(ui.neuronsShown);
      if (run) {
        const width = formatCount(run.summary.target.columns);
        count.relabel("all", text("loadings.all", { count: width }));
      }
      for (const direction of directionNames) {
        setShown(figures[direction].element, ui.sideBySide || ui.front === direction);
        figures[direction].update(current);
      }
      neurons.element.classList.toggle("full", ui.sideBySide);
      neurons.update(current);
    },
    dispose() {
      disposeAll([...Object.values(figures), neurons]);
    },
  };
}

function loadingsFigure(
  actions: PanelActions,
  model: () => PanelModel,
  direction: DirectionName,
): DisposableView<PanelModel> {
  const shownBars = neuronBars((neuron) => {
    actions.chooseNeuron(direction, model().ui.component[direction], neuron);
  });
  return componentFigure(actions, direction, {
    part: `loadings-${direction}`,
    chart: shownBars.chart,
    plot: shownBars.plot,
    shape: "tall",
    inputs(current) {
      const { ui, neuron } = current;
      const component = shownComponent(current, direction);
      const roles = current.run && rolesOf(current.run.summary, direction);
      if (!component || !roles) return undefined;
      const { carried, silent } = roles;
      const { quantity, neuronsShown } = ui;
      const stability = shownStability(current, direction, component.index);
      const evidence = componentEvidence(current, direction, component.index);
      const why =
        evidence.kind === "inSample"
          ? evidence.why
          : whyNoStability(current, direction, component.index);
      return { component, carried, silent, quantity, neuronsShown, neuron, stability, why };
    },
    show({ component, carried, silent, quantity: shown, neuronsShown, neuron, stability, why }) {
      const values = component[shown];
      const quantity = text(`loadings.${shown}`);
      const top = largestByMagnitude(values, topCount);
      const drawn = neuronsShown === "top" ? top : byValue(values);
      const [first = 0, second = 0] = top;
      const evidence = stability && neuronEvidence(stability, shown);
      const bars = {
        ...{ neurons: drawn, values, quantity, chosen: neuron },
        ...(evidence ? { evidence } : {}),
      };
      shownBars.update(bars);
      const draw = neuronsShown === "top" ? drawTopLoadings : drawAllLoadings;
      return {
        title: text(`loadings.title.${shown}`, {
          component: component.index + 1,
          carried,
          silent,
        }),
        finding: text("loadings.finding", {
          quantity,
          first,
          firstValue: formatLabel(values[first] ?? NaN),
          second,
          secondValue: formatLabel(values[second] ?? NaN),
        }),
        caption: [
          caption(component, shown, neuronsShown),
          stability ? stabilityText(stability, shown, values.length) : why,
        ]
          .filter((sentence) => sentence !== "")
          .join(" "),
        table: () => loadingsTable(bars.neurons, values, quantity, stability, shown),
        draw: (theme) => draw(bars, theme),
      };
    },
  });
}

function caption(
  component: ComponentView,
  quantity: UiState["quantity"],
  neuronsShown: UiState["neuronsShown"],
): string {
  const shown =
    neuronsShown === "top"
      ? text("loadings.shown.top", { count: topCount })
      : text("loadings.shown.all", { count: formatCount(component.filter.length) });
  const sentence = text(`loadings.caption.${quantity}`, { shown });
  return quantity === "pattern" && component.patternWithinSpan
    ? `${sentence} ${text("loadings.withinSpan")}`
    : sentence;
}

/** All neurons, largest value first. */
function byValue(values: Float64Array): number[] {
  return Array.from(values, (_, i) => i).sort(
    (a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b,
  );
}
