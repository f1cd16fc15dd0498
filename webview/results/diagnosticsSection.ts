import { dataTable } from "../components/dataTable.ts";
import { changeDetector, element, type View } from "../components/dom.ts";
import { isSettled } from "../models/choices.ts";
import { computationFacts, conditionRows, rankRows } from "../models/diagnostics.ts";
import { formatCount } from "../../src/protocol/words/numbers.ts";
import type { PanelModel } from "../models/panelModel.ts";
import { engineText, text } from "../text.ts";
import type { PanelActions } from "./store.ts";

/** Ranks, condition numbers and how everything was computed; folded until asked for. */
export function diagnosticsSection(actions: PanelActions): View<PanelModel> {
  const content = element("div", { class: "columns" });
  const details = element(
    "details",
    { "data-part": "diagnostics" },
    element("summary", {}, element("h2", {}, text("diagnostics.heading"))),
    content,
  );
  details.addEventListener("toggle", () => {
    actions.changeUi({ diagnosticsOpen: details.open });
  });
  const changed = changeDetector();
  return {
    element: details,
    update(current) {
      const { run, ui } = current;
      if (details.open !== ui.diagnosticsOpen) details.open = ui.diagnosticsOpen;
      // Of what is folded only the solution that stays is worth the time; it can be searched for.
      if (!run || (!ui.diagnosticsOpen && !isSettled(current)) || !changed(run)) return;
      const components = formatCount(run.summary.compression.components);
      content.replaceChildren(
        element(
          "div",
          {},
          element("h3", {}, text("diagnostics.ranks")),
          dataTable(text("diagnostics.ranks"), {
            columns: [
              text("diagnostics.covariance"),
              text("diagnostics.fullWidth"),
              text("diagnostics.kept", { components }),
              text("diagnostics.shrunk"),
            ],
            rows: rankRows(run),
          }),
          element("h3", {}, text("diagnostics.conditions")),
          dataTable(text("diagnostics.conditions"), {
            columns: [
              text("diagnostics.covariance"),
              text("diagnostics.kept", { components }),
              text("diagnostics.shrunk"),
            ],
            rows: conditionRows(run),
          }),
          element("h3", {}, text("diagnostics.direct")),
          element("p", { "data-part": "direct" }, engineText(run.summary.direct.explanation)),
        ),
        element(
          "div",
          {},
          element("h3", {}, text("diagnostics.facts")),
          element(
            "dl",
            {},
            ...computationFacts(run).map(({ label, value }) =>
              element("div", {}, element("dt", {}, label), element("dd", {}, value)),
            ),
          ),
        ),
      );
    },
  };
}
