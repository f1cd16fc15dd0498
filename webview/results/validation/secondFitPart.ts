import { changeDetector, element, setShown, type View } from "../../components/dom.ts";
import { titledTable } from "../../components/titledTable.ts";
import { formatChosen } from "../../../src/protocol/words/numbers.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { secondFitTable } from "../../models/validation/secondFit.ts";
import { text } from "../../text.ts";

/** The second fit beside the first, if one was asked for. */
export function secondFitPart(): View<PanelModel> {
  const root = element("div", { class: "full", "data-part": "second-fit-report" });
  const changed = changeDetector();
  return {
    element: root,
    update({ run, validation }) {
      const { report } = validation;
      const second = report?.secondFit;
      setShown(root, second !== undefined);
      if (!run || !report || !second || !changed(run, report)) return;
      const shrinkage = formatChosen(second.shrinkage);
      root.replaceChildren(
        ...titledTable(
          "validation-second-fit",
          text("second.title", { shrinkage }),
          secondFitTable(second, report, run.summary),
        ),
        element("p", { class: "caption muted" }, text("second.note", { shrinkage })),
      );
    },
  };
}
