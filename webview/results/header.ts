import { otherDirection } from "../../src/protocol/direction.ts";
import { exportFormats, type ExportFormat } from "../../src/protocol/panel.ts";
import {
  changeDetector,
  element,
  setShown,
  setText,
  visible,
  type View,
} from "../components/dom.ts";
import { menuButton } from "../components/menuButton.ts";
import { button } from "../components/toolkit.ts";
import type { Finding } from "../../src/protocol/findings/finding.ts";
import { factsOf, type Fact } from "../models/facts.ts";
import { headline } from "../models/headline.ts";
import { currentReport, isResolved, type PanelModel } from "../models/panelModel.ts";
import { text } from "../text.ts";
import type { PanelActions } from "./store.ts";

/**
 * Title, buttons, headline and strip of facts.
 * @param exportRun called with the format chosen from the menu
 */
export function header(
  actions: PanelActions,
  model: () => PanelModel,
  exportRun: (format: ExportFormat) => void,
): View<PanelModel> {
  const title = element("h1", { "data-part": "title" });
  const sentence = element("p", { class: "headline", "data-part": "headline" });
  const doubt = element("p", { class: "doubt", "data-part": "doubt" });
  const facts = element("ul", {
    class: "facts",
    "data-part": "facts",
    "aria-label": text("facts.label"),
  });
  const swap = button({
    label: text("header.swap"),
    hint: text("header.swap.hint"),
    part: "swap",
    onClick: () => {
      const { ui } = model();
      const front = otherDirection(ui.front);
      actions.chooseComponent(front, ui.component[front]);
    },
  });
  const exportMenu = menuButton(text("header.export"), "export", [
    ...exportFormats.map((format) => ({
      label: text(`export.${format}`),
      part: `export-${format}`,
      onChoose: () => {
        exportRun(format);
      },
    })),
    {
      label: text("export.python"),
      part: "export-python",
      onChoose: () => {
        actions.send({ kind: "command", command: "copyPython" });
      },
    },
  ]);
  const rerun = button({
    label: text("header.rerun"),
    part: "rerun",
    onClick: () => {
      actions.send({ kind: "rerun" });
    },
  });
  const changed = changeDetector();
  return {
    element: element(
      "header",
      {},
      element(
        "div",
        { class: "title-row" },
        title,
        element("div", { class: "actions" }, swap, exportMenu, rerun),
      ),
      sentence,
      doubt,
      facts,
    ),
    update(current) {
      const { run, ui } = current;
      if (!run) return;
      const index = ui.component[ui.front];
      const report = currentReport(current);
      const { progress, starting } = current.validation;
      const running = starting || progress !== undefined;
      if (!changed(run, ui.front, index, report, running)) return;
      const { target, reference } = run.summary;
      setText(title, text("headline.title", { target: target.name, reference: reference.name }));
      const shown = headline(run, ui.front, index, report, running);
      showFinding(sentence, shown);
      setText(doubt, shown.reason ?? "");
      setShown(doubt, shown.reason !== undefined);
      const entries = factsOf(run, ui.front, report);
      if (isResolved(current)) {
        entries.push({
          name: "resolved",
          text: text("facts.resolved"),
          hint: text("facts.resolved.hint"),
        });
      }
      facts.replaceChildren(...entries.map(factItem));
    },
  };
}

/** "him vs her: **holds**. On sentences ...": the verdict stands out, and all of it is one text. */
function showFinding(target: HTMLElement, { pair, verdict, sentence }: Finding): void {
  if (verdict === undefined) {
    setText(target, sentence);
    return;
  }
  const opening = text("headline.opening", { pair, verdict: "\n" }).split("\n");
  target.replaceChildren(
    visible(opening[0] ?? ""),
    element("strong", { "data-part": "verdict" }, verdict),
    visible(`${opening[1] ?? ""} ${unbroken(sentence)}`),
  );
}

/** No line ends within "p = 0.013". */
function unbroken(sentence: string): string {
  return sentence.replaceAll("p = ", "p\u00a0=\u00a0");
}

function factItem(fact: Fact): HTMLLIElement {
  return element("li", { title: fact.hint, "data-fact": fact.name }, fact.text);
}
