import type {
  HostToInspector,
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
  const chart = chartFigure(copy);
  const shown = element(
    "div",
    { "aria-live": "polite", "data-part": "inspector-view" },
    title,
    subtitle,
    facts,
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
      chart.update(view.chart);
    },
  };
}

function factRow({ label, value, hint }: InspectorView["facts"][number]): HTMLElement {
  return element("div", { title: hint }, element("dt", {}, label), element("dd", {}, value));
}
