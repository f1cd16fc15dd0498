import { changeDetector, element, setShown, type View } from "../../components/dom.ts";
import { titledTable } from "../../components/titledTable.ts";
import { button } from "../../components/toolkit.ts";
import { formatChosen, formatShare } from "../../../src/protocol/words/numbers.ts";
import { sameChoice } from "../../../src/protocol/views/runView.ts";
import { choicesTable, tunedRatiosTable, tuningSentences } from "../../models/validation/tuning.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { text } from "../../text.ts";
import type { PanelActions } from "../store.ts";

/** What nested validation chose, and what that costs; the choice is shown on demand. */
export function tuningPart(actions: PanelActions): View<PanelModel> {
  const root = element("div", { class: "full", "data-part": "tuning" });
  const changed = changeDetector();
  return {
    element: root,
    update({ run, validation }) {
      const { report } = validation;
      const tuning = report?.tuning;
      setShown(root, tuning !== undefined);
      if (!run || !report || !tuning || !changed(run, report)) return;
      const { shrinkage, share } = tuning.chosen;
      const isShown = sameChoice(run.controls, { shrinkage, variance: share });
      const show = button({
        label: text("tuning.show", {
          shrinkage: formatChosen(shrinkage),
          share: formatShare(share),
        }),
        part: "show-tuned",
        onClick: () => {
          actions.resolve(shrinkage, share);
        },
      });
      root.replaceChildren(
        element("h3", {}, text("tuning.title")),
        ...tuningSentences(tuning, report, run.summary).map((sentence) =>
          element("p", {}, sentence),
        ),
        ...(isShown ? [] : [element("p", {}, show)]),
        element(
          "div",
          { class: "columns" },
          ...[
            titledTable(
              "validation-tuned-ratios",
              text("tuning.ratios.title"),
              tunedRatiosTable(tuning, report),
            ),
            titledTable(
              "validation-tuned-choices",
              text("tuning.choices.title"),
              choicesTable(tuning),
            ),
          ].map((parts) => element("div", {}, ...parts)),
        ),
      );
    },
  };
}
