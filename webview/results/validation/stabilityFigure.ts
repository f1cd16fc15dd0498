import { dataTable } from "../../components/dataTable.ts";
import { changeDetector, element, setShown, setText, type View } from "../../components/dom.ts";
import { formatCount, formatProse, formatShare } from "../../models/numbers.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { formatInterval } from "../../models/validationTables.ts";
import { text } from "../../text.ts";
import type { PanelActions } from "../store.ts";

/** How far the direction turns and which neurons stay on top when the rows are resampled. */
export function stabilityFigure(actions: PanelActions): View<PanelModel> {
  const caption = element("figcaption");
  const body = element("div", { class: "scroll-x" });
  const root = element(
    "figure",
    { "data-part": "stability" },
    element("div", { class: "figure-head" }, element("h3", {}, text("validation.stability.title"))),
    body,
    caption,
  );
  body.addEventListener("click", (event) => {
    const line = event.target instanceof Element ? event.target.closest("tr") : null;
    const neuron = Number(line?.querySelector("th[scope=row]")?.textContent ?? NaN);
    if (Number.isInteger(neuron)) actions.chooseNeuron("forward", 0, neuron);
  });
  const changed = changeDetector();
  return {
    element: root,
    update({ validation }) {
      const stability = validation.report?.stability;
      setShown(root, stability !== undefined);
      if (!stability || !changed(stability)) return;
      const numbers = {
        resamples: formatCount(stability.resamples),
        median: formatProse(stability.angle.median),
        low: formatProse(stability.angle.low),
        high: formatProse(stability.angle.high),
      };
      root.setAttribute("aria-label", text("validation.stability.finding", numbers));
      setText(caption, text("validation.stability.caption", { ...numbers, seed: stability.seed }));
      body.replaceChildren(
        dataTable(text("validation.stability.title"), {
          columns: [
            text("table.neuron"),
            text("validation.stability.loading"),
            text("validation.stability.pattern"),
            text("validation.stability.topShare"),
          ],
          rows: stability.neurons.map((each) => [
            String(each.neuron),
            formatInterval(each.loading, formatProse),
            formatInterval(each.pattern, formatProse),
            formatShare(each.topShare),
          ]),
        }),
      );
    },
  };
}
