import { progressBar } from "../../components/progressBar.ts";
import {
  changeDetector,
  disposeAll,
  element,
  setShown,
  setText,
  type DisposableView,
} from "../../components/dom.ts";
import { button } from "../../components/toolkit.ts";
import { formatChosen, formatShare } from "../../../src/protocol/words/numbers.ts";
import { isOfShown, type PanelModel } from "../../models/panelModel.ts";
import { methodSentences } from "../../models/validation/validationMethod.ts";
import { engineText, text } from "../../text.ts";
import { section } from "../section.ts";
import { remarkList } from "./remarks.ts";
import type { PanelActions } from "../store.ts";
import { gridFigure } from "./gridFigure.ts";
import { nullFigure } from "./nullFigure.ts";
import { scoreTables } from "./scoreTables.ts";
import { stabilityFigure } from "./stabilityFigure.ts";
import { transferPart } from "./transferPart.ts";
import { secondFitPart } from "./secondFitPart.ts";
import { tuningPart } from "./tuningPart.ts";
import { validationForm } from "./validationForm.ts";

/** Is it real? Held-out rows, permuted labels, simpler directions, other choices, resampled rows. */
export function validationSection(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const form = validationForm(actions, model);
  const progress = progressBar("validation-progress");
  const running = element(
    "div",
    { class: "progress-row" },
    progress.element,
    button({
      label: text("validation.cancel"),
      part: "cancel-validation",
      onClick: () => {
        actions.send({ kind: "cancel" });
      },
    }),
  );
  const notRun = element("p", { class: "muted", "data-part": "not-validated" });
  const method = element("p", { class: "muted", "data-part": "validation-method" });
  const other = element("p", { "data-part": "validation-of-other" });
  const remarks = element("div", { class: "notices" });
  const parts = [
    scoreTables(),
    tuningPart(actions),
    secondFitPart(),
    nullFigure(actions, "heldOut"),
    nullFigure(actions, "inSample"),
    gridFigure(actions),
    stabilityFigure(actions),
  ];
  const report = element(
    "div",
    { class: "columns", "data-part": "validation-report" },
    ...parts.map((part) => part.element),
  );
  const transfers = transferPart(actions);
  const remarksChanged = changeDetector();
  return {
    element: section(
      "validation",
      text("validation.heading"),
      [],
      [
        element("p", { class: "muted" }, text("validation.intro")),
        form.element,
        running,
        notRun,
        other,
        remarks,
        method,
        report,
        transfers.element,
      ],
    ),
    update(current) {
      const { validation } = current;
      const busy = validation.starting || validation.progress !== undefined;
      form.update(current);
      setShown(running, busy);
      if (busy) progress.update(validation.progress ?? { step: text("state.waiting") });
      const without = whatThereIsNot(validation);
      setShown(notRun, without !== undefined && !busy);
      setText(notRun, without ?? "");
      setShown(report, validation.report !== null);
      setShown(method, validation.report !== null);
      setShown(other, validation.report !== null && !isOfShown(current));
      setText(other, otherSolution(validation));
      if (remarksChanged(validation.report, current.run)) {
        remarks.replaceChildren(
          ...remarkList(
            "validation-warnings",
            text("validation.warnings"),
            validation.report?.warnings.map((warning) => engineText(warning.text)),
          ),
          ...remarkList(
            "validation-omitted",
            text("validation.omitted"),
            validation.report?.omitted.map(engineText),
          ),
        );
        setText(
          method,
          validation.report && current.run
            ? methodSentences(validation.report, current.run.summary).join(" ")
            : "",
        );
      }
      for (const part of parts) part.update(current);
      transfers.update(current);
    },
    dispose() {
      disposeAll([...parts, transfers]);
    },
  };
}

/** That there is no report, or that the last validation made none. */
function whatThereIsNot({ gaveUp, report }: PanelModel["validation"]): string | undefined {
  if (!gaveUp) return report === null ? text("validation.notRun") : undefined;
  const ended = text(`validation.${gaveUp.how}`);
  return report === null ? text("validation.gaveUp", { ended }) : ended;
}

function otherSolution({ solution, report }: PanelModel["validation"]): string {
  if (!solution) return "";
  return text(report?.tuning === undefined ? "validation.other" : "tuning.other", {
    shrinkage: formatChosen(solution.shrinkage),
    share: formatShare(solution.variance),
  });
}
