import { dataTable } from "../../components/dataTable.ts";
import { changeDetector, element, type View } from "../../components/dom.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { scoreTable } from "../../models/scoreTable.ts";
import { componentTable, whatSeparates, type TextTable } from "../../models/validationTables.ts";
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
        ...titledTable("scores", text("validation.table.title"), scoreTable(run, report)),
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
              "by-component",
              `${text("validation.components.title")}: ${text("directions.title", { ...rolesOf(run.summary, ui.front) })}`,
              componentTable(front),
            )
          : []),
      );
    },
  };
}

/** A table under its title, which scrolls by itself if it is too wide. */
export function titledTable(part: string, title: string, content: TextTable): HTMLElement[] {
  return [
    element("h3", {}, title),
    element(
      "div",
      {
        class: "scroll-x",
        tabindex: 0,
        role: "region",
        "aria-label": title,
        "data-part": `validation-${part}`,
      },
      dataTable(title, content),
    ),
  ];
}
