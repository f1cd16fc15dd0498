import type { RunView } from "../../src/protocol/views/runView.ts";
import {
  changeDetector,
  element,
  setText,
  type DisposableView,
  type View,
} from "../components/dom.ts";
import { segmented } from "../components/segmented.ts";
import { whyNothing } from "../models/validation/evidence.ts";
import type { UiState } from "../models/uiState.ts";
import { button, checkbox } from "../components/toolkit.ts";
import { formatLabel } from "../../src/protocol/words/numbers.ts";
import type { PanelModel } from "../models/panelModel.ts";
import { text } from "../text.ts";
import { solvingControls } from "./solvingControls.ts";
import type { PanelActions } from "./store.ts";

/** The bar that chooses the component and re-solves with another shrinkage or share of variance. */
export function controls(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const chooser = componentChooser(actions, model);
  const solving = solvingControls(actions, model);
  const evidence = segmented<UiState["evidence"]>(
    {
      label: text("evidence.label"),
      part: "evidence",
      onChange: (chosen) => {
        actions.changeUi({ evidence: chosen });
      },
    },
    [
      {
        value: "heldOut",
        label: text("evidence.heldOut"),
        hint: text("evidence.heldOut.hint"),
      },
      {
        value: "inSample",
        label: text("evidence.inSample"),
        hint: text("evidence.inSample.hint"),
      },
    ],
  );
  const parallel = checkbox({
    label: text("directions.sideBySide"),
    hint: text("directions.sideBySide.hint"),
    part: "side-by-side",
    onChange: (sideBySide) => {
      actions.changeUi({ sideBySide });
    },
  });
  return {
    element: element(
      "div",
      {
        class: "controls",
        role: "group",
        "aria-label": text("controls.label"),
        "data-part": "controls",
      },
      chooser.element,
      solving.element,
      evidence.element,
      parallel,
    ),
    update(current) {
      chooser.update(current);
      solving.update(current);
      const absent = whyNothing(current);
      evidence.disable("heldOut", absent);
      evidence.update(absent === undefined ? current.ui.evidence : "inSample");
      parallel.checked = current.ui.sideBySide;
    },
    dispose: solving.dispose,
  };
}

function componentChooser(actions: PanelActions, model: () => PanelModel): View<PanelModel> {
  const select = element("select", { "data-part": "component" });
  const step = (by: number): void => {
    const { ui } = model();
    actions.chooseComponent(ui.front, ui.component[ui.front] + by);
  };
  const previous = button({
    label: "‹",
    name: text("controls.previous"),
    appearance: "icon",
    part: "previous-component",
    onClick: () => {
      step(-1);
    },
  });
  const next = button({
    label: "›",
    name: text("controls.next"),
    appearance: "icon",
    part: "next-component",
    onClick: () => {
      step(1);
    },
  });
  select.addEventListener("change", () => {
    actions.chooseComponent(model().ui.front, Number(select.value));
  });
  const optionsChanged = changeDetector();
  return {
    element: element(
      "div",
      { class: "control" },
      element("label", {}, element("span", {}, text("controls.component")), select),
      previous,
      next,
    ),
    update({ run, ui }) {
      if (!run) return;
      const count = run.mappedComponents[ui.front];
      if (optionsChanged(run, ui.front)) fillComponents(select, run, ui.front);
      const chosen = ui.component[ui.front];
      select.value = String(chosen);
      previous.disabled = chosen <= 0;
      next.disabled = chosen >= count - 1;
    },
  };
}

/** Keeps one option a component, with its eigenvalue. */
function fillComponents(
  select: HTMLSelectElement,
  run: RunView,
  direction: PanelModel["ui"]["front"],
): void {
  const { eigenvalues } = run.summary.directions[direction];
  const count = run.mappedComponents[direction];
  while (select.options.length > count) select.options[count]?.remove();
  for (let i = 0; i < count; i += 1) {
    const option = select.options[i] ?? element("option", { value: i });
    if (!option.parentElement) select.append(option);
    const eigenvalue = formatLabel(eigenvalues[i] ?? NaN);
    setText(option, text("controls.option", { component: i + 1, eigenvalue }));
  }
}
