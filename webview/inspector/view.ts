import type { HostToInspector, InspectorToHost } from "../../src/protocol/inspector.ts";
import { element, setShown, setText, type View } from "../components/dom.ts";
import { button } from "../components/toolkit.ts";
import { text } from "../text.ts";
import { chartFigure } from "./chartFigure.ts";
import type { ContentRow, InspectorFact } from "./content/content.ts";
import { contentOf } from "./content/contentOf.ts";

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
      setShown(shown, message.kind === "shown");
      setShown(empty, message.kind === "empty");
      if (message.kind !== "shown") return;
      const content = contentOf(message.shown);
      setText(title, content.title);
      setText(subtitle, content.subtitle);
      facts.replaceChildren(...content.facts.map(factRow));
      rows.replaceChildren(...(content.rows ?? []).map(rowItem));
      setShown(rows, content.rows !== undefined);
      chart.update(content.chart);
    },
  };
}

/** The sentence with its differing words in place, above its numbers. */
function rowItem(row: ContentRow): HTMLElement {
  const { name, condition, before, differing, after, numbers } = row;
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
    element("span", { class: "muted" }, numbers),
  );
}

function factRow({ label, value, hint }: InspectorFact): HTMLElement {
  return element("div", { title: hint }, element("dt", {}, label), element("dd", {}, value));
}
