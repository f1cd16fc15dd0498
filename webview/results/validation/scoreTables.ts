import { changeDetector, element, type View } from "../../components/dom.ts";
import { titledTable } from "../../components/titledTable.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { scoreTable } from "../../models/validation/scoreTable.ts";
import { componentTable, whatSeparates } from "../../models/validation/validationTables.ts";
import { text } from "../../text.ts";

/** The scores: held out, in sample and null of component 1, then component by component. */
export function scoreTables(): View<PanelModel> {
  const root = element("div", { class: "full", "data-part": "validation-scores" });
  const changed = changeDetector();
  return {
    element: root,
    update({ run, ui, validation }) {
      const { report } = validation;
      if (!run || !report || !changed(run, report, ui.front)) return;
      const front = report.directions[ui.front];
      const separates = whatSeparates(front);
      root.replaceChildren(
        ...titledTable(
          "validation-scores",
          text("validation.table.title"),
          scoreTable(run, report),
        ),
        element(
          "p",
          { class: "muted", "data-part": "scores-note" },
          text("validation.table.note", { components: front.components.length }),
        ),
        ...(separates === undefined
          ? []
          : [element("p", { "data-part": "what-separates" }, separates)]),
        ...(front.components.length > 1
          ? titledTable(
              "validation-by-component",
              `${text("validation.components.title")}: ${text("directions.title", { ...rolesOf(run.summary, ui.front) })}`,
              componentTable(front),
            )
          : []),
      );
    },
  };
}
