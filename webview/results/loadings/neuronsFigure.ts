import { watchView } from "../../charts/inView.ts";
import {
  changeDetector,
  element,
  setAttributes,
  setText,
  uniqueId,
  type DisposableView,
} from "../../components/dom.ts";
import { neuronTable } from "../../components/neuronTable.ts";
import { tabSeparated } from "../../components/dataTable.ts";
import { button } from "../../components/toolkit.ts";
import { formatCount } from "../../../src/protocol/words/numbers.ts";
import {
  neuronColumns,
  neuronOrder,
  neuronValues,
  type NeuronColumn,
} from "../../models/neurons/neuronTable.ts";
import { isSettled } from "../../models/choices.ts";
import { shownComponent, type PanelModel } from "../../models/panelModel.ts";
import { text } from "../../text.ts";
import type { PanelActions } from "../store.ts";

/** The table of all neurons for the component in front. */
export function neuronsFigure(actions: PanelActions): DisposableView<PanelModel> {
  let current: PanelModel | undefined;
  const table = neuronTable({
    onSort: (sort) => {
      actions.changeUi({ sort });
    },
    onChoose: (neuron) => {
      if (!current) return;
      const { front, component } = current.ui;
      actions.chooseNeuron(front, component[front], neuron);
    },
  });
  const copy = button({
    label: text("figure.copyTable"),
    appearance: "icon",
    part: "copy-table",
    onClick: () => {
      if (current) copyTable(current, actions);
    },
  });
  const title = element("h3", { id: uniqueId("figure") }, text("table.title"));
  const caption = element("figcaption", {}, text("table.caption"));
  const root = element(
    "figure",
    { "data-part": "neurons" },
    element(
      "div",
      { class: "figure-head" },
      title,
      element("div", { class: "figure-tools" }, copy),
    ),
    element("div", { class: "figure-body tall" }, table.element),
    caption,
  );
  const changed = changeDetector();
  const view = watchView(root, () => undefined);
  return {
    element: root,
    update(model) {
      current = model;
      const { run, ui, neuron } = model;
      if (!run) return;
      // Of what nobody sees only the solution that stays is worth the time.
      if (!view.seen && !isSettled(model)) return;
      const component = shownComponent(model, ui.front);
      root.setAttribute("aria-busy", String(component === undefined));
      if (!component || !changed(component, run, ui.sort, neuron)) return;
      const names = columnNames(run.summary.target.name, run.summary.reference.name);
      const finding = text("table.finding", {
        count: formatCount(component.filter.length),
        column: names[ui.sort.column],
      });
      setAttributes(root, { "aria-label": finding });
      setText(caption, text("table.caption"));
      table.update({
        component,
        neurons: run.neurons,
        sort: ui.sort,
        chosen: neuron,
        names,
        label: text("table.title"),
      });
    },
    dispose() {
      view.end();
      table.dispose();
    },
  };
}

function columnNames(target: string, reference: string): Record<NeuronColumn, string> {
  return {
    neuron: text("table.neuron"),
    loading: text("table.loading"),
    pattern: text("table.pattern"),
    targetMean: text("table.mean", { name: target }),
    referenceMean: text("table.mean", { name: reference }),
    targetVariance: text("table.variance", { name: target }),
    referenceVariance: text("table.variance", { name: reference }),
  };
}

/** All rows in the table's order, with full precision. */
function copyTable(model: PanelModel, actions: PanelActions): void {
  const { run, ui } = model;
  const component = shownComponent(model, ui.front);
  if (!run || !component) return;
  const names = columnNames(run.summary.target.name, run.summary.reference.name);
  const columns = neuronColumns.map((column) => neuronValues(column, component, run.neurons));
  const rows = Array.from(neuronOrder(ui.sort, component, run.neurons), (neuron) =>
    columns.map((values) => values[neuron] ?? NaN),
  );
  actions.copy(tabSeparated({ columns: neuronColumns.map((column) => names[column]), rows }));
}
