import { element, setShown, setText, type View } from "../../components/dom.ts";
import { button } from "../../components/toolkit.ts";
import { meanRows } from "../../models/means/meanRows.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { engineText, text } from "../../text.ts";
import type { PanelActions } from "../store.ts";

/** How to get the rows on the directions of the means while none are known; hidden afterwards. */
export function meanRowsPart(actions: PanelActions): View<PanelModel> {
  const why = element("p", { class: "control-message", "data-part": "mean-rows-why" });
  const ask = button({
    label: text("means.rows.ask"),
    part: "project-on-means",
    onClick: () => {
      actions.projectOnMeans();
    },
  });
  const root = element(
    "div",
    { "data-part": "mean-rows" },
    element("p", { class: "muted" }, text("means.rows.absent")),
    ask,
    why,
  );
  return {
    element: root,
    update(current) {
      const state = current.meanProjections;
      const isFromRows = current.run?.summary.atHand === undefined;
      setShown(root, isFromRows && meanRows(current, "meanDifference") === undefined);
      ask.disabled = state === "asked";
      const line = typeof state === "object" && "why" in state ? state.why : undefined;
      setText(why, line === undefined ? "" : engineText(line));
    },
  };
}
