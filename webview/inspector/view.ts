import type {
  HostToInspector,
  InspectedRow,
  InspectorToHost,
  InspectorView,
} from "../../src/protocol/inspector.ts";
import { element, setShown, setText, type View } from "../components/dom.ts";
import { button } from "../components/toolkit.ts";
import { text } from "../text.ts";
import { chartFigure } from "./chartFigure.ts";

/** The inspector: what was chosen last, its facts and a chart; or, with nothing chosen, what to do. */
export function inspector(
  send: (message: InspectorToHost) => void,
  copy: (table: string) => void,
): View<HostToInspector> {
  const title = element("h1", { "data-part": "inspector-title" });
  const subtitle = element("p", { class: "muted", "data-part": "inspector-subtitle" });
  const facts = element("dl", { "data-part": "inspector-facts" });
  const rows = element("ol", {
    "data-part": "inspector-rows",
    "aria-label": text("inspector.rows.label"),
  });
  const chart = chartFigure(copy);
  const shown = element(
    "div",
    { "aria-live": "polite", "data-part": "inspector-view" },
    title,
    subtitle,
    facts,
    rows,
    chart.element,
  );
  const empty = element(
    "div",
    { "data-part": "inspector-empty" },
    element("p", { class: "muted" }, text("inspector.empty")),
    button({
      label: text("state.empty.run"),
      appearance: "primary",
      part: "run",
      onClick: () => {
        send({ kind: "command", command: "run" });
      },
    }),
    button({
      label: text("state.empty.walkthrough"),
      part: "walkthrough",
      onClick: () => {
        send({ kind: "command", command: "openWalkthrough" });
      },
    }),
  );
  setShown(shown, false);
  return {
    element: element("main", { "data-part": "inspector" }, shown, empty),
    update(message) {
      setShown(shown, message.kind === "view");
      setShown(empty, message.kind === "empty");
      if (message.kind !== "view") return;
      const { view } = message;
      setText(title, view.title);
      setText(subtitle, view.subtitle);
      facts.replaceChildren(...view.facts.map(factRow));
      rows.replaceChildren(...(view.rows ?? []).map(rowItem));
      setShown(rows, view.rows !== undefined);
      chart.update(view.chart);
    },
  };
}

/** The sentence with its differing words in place, above its numbers. */
function rowItem(row: InspectedRow): HTMLElement {
  const { name, condition, before, differing, after, values } = row;
  const sign = condition === "target" ? "●" : "▲";
  return element(
    "li",
    {},
    element(
      "span",
      { class: "row-name" },
      element("span", { class: `sign ${condition}`, "aria-hidden": "true" }, sign),
      ` ${name}`,
    ),
    element("span", { class: "sentence" }, before, element("strong", {}, differing), after),
    element(
      "span",
      { class: "muted" },
      values.map(({ label, value }) => `${label} ${value}`).join(" · "),
    ),
  );
}

function factRow({ label, value, hint }: InspectorView["facts"][number]): HTMLElement {
  return element("div", { title: hint }, element("dt", {}, label), element("dd", {}, value));
}
