import { formatCount } from "../../../src/protocol/words/numbers.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import { tableCell } from "../../components/dataTable.ts";
import { element } from "../../components/dom.ts";
import { scrollingTable } from "../../components/titledTable.ts";
import {
  oneSidedNeurons,
  oneSidedRatio,
  type OneSidedNeuron,
} from "../../models/means/oneSided.ts";
import { text } from "../../text.ts";

/** How many neurons the table shows. */
const mostShown = 20;

/** The neurons that vary for one condition only, those that vary most first; each leads to the inspector. */
export function oneSidedTable(run: RunView, onChoose: (neuron: number) => void): HTMLElement[] {
  const found = oneSidedNeurons(run.neurons);
  const title = text("means.oneSided.title");
  const rule = text("means.oneSided.rule", { times: oneSidedRatio });
  const shown = found.slice(0, mostShown);
  const sentence =
    found.length === 0
      ? text("means.oneSided.none", { rule })
      : text("means.oneSided.found", {
          count: formatCount(found.length),
          total: formatCount(run.summary.target.columns),
          rule,
        });
  const note =
    shown.length < found.length
      ? `${sentence} ${text("means.oneSided.shown", { count: shown.length })}`
      : sentence;
  return [
    element("h3", {}, title),
    element("p", { "data-part": "one-sided-note" }, note),
    ...(shown.length === 0
      ? []
      : [scrollingTable("one-sided", title, tableOf(run, shown, title, onChoose))]),
  ];
}

function tableOf(
  { summary }: RunView,
  neurons: readonly OneSidedNeuron[],
  title: string,
  onChoose: (neuron: number) => void,
): HTMLTableElement {
  const columns = [
    text("table.neuron"),
    text("means.oneSided.varies"),
    text("table.variance", { name: summary.target.name }),
    text("table.variance", { name: summary.reference.name }),
    text("means.oneSided.ratio"),
  ];
  const body = element("tbody", {});
  for (const { neuron, varies, target, reference, ratio } of neurons) {
    const cells = [summary[varies].name, target, reference, ratio].map((cell) => tableCell(cell));
    body.append(element("tr", {}, neuronHeader(neuron, onChoose), ...cells));
  }
  const heads = columns.map((column) => element("th", { scope: "col" }, column));
  return element(
    "table",
    { class: "data", "aria-label": title },
    element("thead", {}, element("tr", {}, ...heads)),
    body,
  );
}

function neuronHeader(neuron: number, onChoose: (neuron: number) => void): HTMLElement {
  const name = text("means.oneSided.inspect", { neuron });
  const choose = element(
    "button",
    { type: "button", class: "link", "aria-label": name },
    String(neuron),
  );
  choose.addEventListener("click", () => {
    onChoose(neuron);
  });
  return element("th", { scope: "row" }, choose);
}
