import { lensDirections } from "../../../src/protocol/steering.ts";
import { changeDetector, element, setShown, setText, type View } from "../../components/dom.ts";
import { progressBar } from "../../components/progressBar.ts";
import { titledTable } from "../../components/titledTable.ts";
import { button, textField } from "../../components/toolkit.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { scoreTable, tokenTable } from "../../models/steering/lensTables.ts";
import { setsOf } from "../../models/steering/tokenSets.ts";
import { currentLens } from "../../models/steering/inFront.ts";
import { engineText, text } from "../../text.ts";
import type { PanelActions } from "../store.ts";

/** The logit lens: what it is made from, and what each direction does to the logits. */
export function lensPart(actions: PanelActions, model: () => PanelModel): View<PanelModel> {
  const ask = (chooseFiles: boolean): void => {
    const { run, ui } = model();
    if (!run) return;
    const { shrinkage, variance } = run.controls;
    const place = { direction: ui.front, index: ui.component[ui.front] };
    const solution = { shrinkage, variance };
    actions.send({ kind: "lens", solution, ...place, tokens: ui.lensTokens, chooseFiles });
  };
  const tokens = textField({
    label: text("lens.tokens"),
    hint: text("lens.tokens.hint"),
    part: "lens-tokens",
    onInput: (value) => {
      actions.changeUi({ lensTokens: value });
    },
  });
  tokens.placeholder = "he,him/she,her";
  tokens.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") ask(false);
  });
  const form = element(
    "div",
    { class: "controls form" },
    tokens,
    button({
      label: text("lens.compute"),
      part: "compute-lens",
      onClick: () => {
        ask(false);
      },
    }),
    button({
      label: text("lens.choose"),
      part: "choose-lens-files",
      onClick: () => {
        ask(true);
      },
    }),
  );
  const progress = progressBar("lens-progress");
  const running = element(
    "div",
    { class: "progress-row" },
    progress.element,
    button({
      label: text("lens.cancel"),
      part: "cancel-lens",
      onClick: () => {
        actions.send({ kind: "cancelLens" });
      },
    }),
  );
  const files = element("p", { class: "muted", "data-part": "lens-files" });
  const why = element("p", { class: "control-message", "data-part": "lens-why" });
  const other = element("p", { "data-part": "lens-of-other" });
  const tables = element("div", { class: "columns", "data-part": "lens" });
  const changed = changeDetector();
  return {
    element: element(
      "div",
      { "data-part": "lens-part" },
      element("h3", {}, text("lens.heading")),
      element("p", { class: "muted" }, text("lens.intro")),
      ...[form, files, running, why, other, tables],
    ),
    update(current) {
      const { steering, ui } = current;
      const { lens } = steering;
      const shown = currentLens(current);
      if (tokens.value !== ui.lensTokens) tokens.value = ui.lensTokens;
      setShown(files, lens.files.length > 0);
      setText(files, text("lens.files", { files: lens.files.join(", ") }));
      setShown(running, steering.progress !== undefined);
      if (steering.progress) progress.update(steering.progress);
      setText(why, lens.why === undefined ? "" : engineText(lens.why));
      setShown(other, lens.shown !== undefined && shown === undefined);
      setText(other, text("lens.other"));
      setShown(tables, shown !== undefined);
      if (shown && changed(shown)) tables.replaceChildren(...lensTables(shown));
    },
  };
}

function lensTables({ lens, tokens }: NonNullable<ReturnType<typeof currentLens>>): HTMLElement[] {
  const sets = setsOf(tokens);
  const scored = sets && lens.meanDifference.score !== undefined;
  return [
    ...(scored
      ? [
          element(
            "div",
            { class: "full" },
            ...titledTable("lens-score", text("lens.score.title", sets), scoreTable(lens, sets)),
            element("p", { class: "muted" }, text("lens.score.note")),
          ),
        ]
      : []),
    ...lensDirections.map((name) => {
      const title = text("lens.table.title", { direction: text(`steering.direction.${name}`) });
      return element("div", {}, ...titledTable(`lens-${name}`, title, tokenTable(lens[name])));
    }),
  ];
}
