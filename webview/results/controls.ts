import type { RunView } from "../../src/protocol/runView.ts";
import { changeDetector, element, setShown, setText, type View } from "../components/dom.ts";
import { button, checkbox, textField, type TextField } from "../components/toolkit.ts";
import { readNumber, shrinkageToSlider, sliderToShrinkage } from "../models/controls.ts";
import { formatLabel, formatShare } from "../../src/protocol/numbers.ts";
import type { PanelModel } from "../models/panelModel.ts";
import { separationOf } from "../models/roles.ts";
import { text } from "../text.ts";
import { debounce } from "./debounce.ts";
import type { PanelActions } from "./store.ts";

/** Time without a keystroke after which the panel asks for another solution. */
const resolveDelay = 250;

/** The bar that chooses the component and re-solves with another shrinkage or share of variance. */
export function controls(actions: PanelActions, model: () => PanelModel): View<PanelModel> {
  const chooser = componentChooser(actions, model);
  const solving = solvingControls(actions);
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
      parallel,
    ),
    update(current) {
      chooser.update(current);
      solving.update(current);
      parallel.checked = current.ui.sideBySide;
    },
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

/** Makes one option a component, with its eigenvalue. */
function fillComponents(
  select: HTMLSelectElement,
  run: RunView,
  direction: PanelModel["ui"]["front"],
): void {
  const { eigenvalues } = separationOf(run.summary, direction);
  const options = Array.from({ length: run.mappedComponents[direction] }, (_, i) => {
    const numbers = { component: i + 1, eigenvalue: formatLabel(eigenvalues[i] ?? NaN) };
    return element("option", { value: i }, text("controls.option", numbers));
  });
  select.replaceChildren(...options);
}

function solvingControls(actions: PanelActions): View<PanelModel> {
  let maximalVariance = 1;
  const ask = debounce(() => {
    const gamma = readShrinkage(shrinkage.field.value);
    const share = readShare(variance.field.value, maximalVariance);
    const wrong = [
      ...(gamma === undefined ? [text("controls.shrinkage.wrong")] : []),
      ...(share === undefined
        ? [text("controls.variance.wrong", { maximum: formatShare(maximalVariance) })]
        : []),
    ];
    setText(message, wrong.join(" "));
    markWrong(shrinkage.field, gamma === undefined);
    markWrong(variance.field, share === undefined);
    if (gamma !== undefined && share !== undefined) actions.resolve(gamma, share);
  }, resolveDelay);
  const shrinkage = sliderField("shrinkage", {
    label: text("controls.shrinkage"),
    hint: text("controls.shrinkage.hint"),
    toSlider: (typed) => shrinkageToSlider(readNumber(typed) ?? 0),
    fromSlider: (place) => String(sliderToShrinkage(place)),
    onChange: ask,
  });
  const variance = sliderField("variance", {
    label: text("controls.variance"),
    hint: "",
    toSlider: (typed) => 100 * (readNumber(typed) ?? 0),
    fromSlider: (place) => String(Number((place / 100).toFixed(3))),
    onChange: ask,
  });
  const message = element("span", { class: "control-message", role: "status" });
  const solving = element(
    "span",
    { class: "muted", "data-part": "solving" },
    text("controls.solving"),
  );
  const changed = changeDetector();
  return {
    element: element(
      "div",
      { class: "control-group" },
      shrinkage.element,
      variance.element,
      solving,
      message,
    ),
    update({ run, resolving }) {
      setShown(solving, resolving.pending);
      // What is being typed stays until its answer has come.
      if (!run || resolving.pending || !changed(run)) return;
      maximalVariance = run.controls.maximalVariance;
      variance.element.title = text("controls.variance.hint", {
        maximum: formatShare(maximalVariance),
      });
      shrinkage.set(String(run.controls.shrinkage));
      variance.set(String(run.controls.variance), 100 * maximalVariance);
    },
  };
}

interface SliderFieldOptions {
  readonly label: string;
  readonly hint: string;
  readonly toSlider: (typed: string) => number;
  readonly fromSlider: (place: number) => string;
  readonly onChange: () => void;
}

/** A slider for trying out and a field for typing, which follow each other. */
function sliderField(
  part: string,
  options: SliderFieldOptions,
): {
  readonly element: HTMLElement;
  readonly field: TextField;
  set(value: string, maximum?: number): void;
} {
  const slider = element("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 0.1,
    "aria-label": options.label,
    "data-part": `${part}-slider`,
  });
  const field = textField({
    label: options.label,
    part,
    onInput: (value) => {
      slider.value = String(options.toSlider(value));
      options.onChange();
    },
  });
  slider.addEventListener("input", () => {
    field.value = options.fromSlider(Number(slider.value));
    options.onChange();
  });
  return {
    element: element("div", { class: "control slider-field", title: options.hint }, field, slider),
    field,
    set(value, maximum = 100) {
      slider.max = String(maximum);
      // Someone who is still typing is not interrupted by the answer to an earlier keystroke.
      const typing = document.activeElement === field || document.activeElement === slider;
      if (!typing && readNumber(field.value) !== readNumber(value)) field.value = value;
      slider.value = String(options.toSlider(field.value));
    },
  };
}

function markWrong(field: TextField, wrong: boolean): void {
  field.setAttribute("aria-invalid", String(wrong));
}

function readShrinkage(typed: string): number | undefined {
  const value = readNumber(typed);
  return value !== undefined && value >= 0 && value <= 1 ? value : undefined;
}

function readShare(typed: string, maximum: number): number | undefined {
  const value = readNumber(typed);
  // The last digits of the maximum are not typed by anyone.
  return value !== undefined && value > 0 && value <= maximum + 1e-6
    ? Math.min(value, maximum)
    : undefined;
}
