import {
  changeDetector,
  disposeAll,
  element,
  setShown,
  setText,
  type DisposableView,
} from "../components/dom.ts";
import { button, type TextField } from "../components/toolkit.ts";
import { chosenSolution, otherDefaults, undoneChoice } from "../models/choosing.ts";
import { readNumber, shrinkageToSlider, sliderToShrinkage } from "../models/controls.ts";
import { formatChosen, formatShare } from "../../src/protocol/words/numbers.ts";
import type { PanelModel } from "../models/panelModel.ts";
import { text } from "../text.ts";
import { sliderField } from "./sliderField.ts";
import type { PanelActions } from "./store.ts";

/** An answer that takes longer is worth a word; shorter ones would only flicker. */
const patienceMilliseconds = 300;

const undoKeys = navigator.userAgent.includes("Mac OS") ? "⌘Z" : "Ctrl+Z";

/** Shrinkage and share of variance: solved while they are dragged, undone, and brought back to the defaults. */
export function solvingControls(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  let maximalVariance = 1;
  const handlers = {
    onTyped: () => {
      ask((gamma, share) => {
        actions.resolve(gamma, share);
      });
    },
    onDrag: () => {
      ask((gamma, share) => {
        actions.drag(gamma, share);
      });
    },
    onDragEnd: () => {
      actions.endDrag();
    },
  };
  const shrinkage = sliderField("shrinkage", {
    label: text("controls.shrinkage"),
    hint: text("controls.shrinkage.hint"),
    toSlider: (typed) => shrinkageToSlider(readNumber(typed) ?? 0),
    fromSlider: (place) => String(sliderToShrinkage(place)),
    ...handlers,
  });
  const variance = sliderField("variance", {
    label: text("controls.variance"),
    hint: "",
    toSlider: (typed) => 100 * (readNumber(typed) ?? 0),
    fromSlider: (place) => String(Number((place / 100).toFixed(3))),
    ...handlers,
  });
  const message = element("span", { class: "control-message", role: "status" });
  const undo = button({
    label: text("controls.undo"),
    part: "undo",
    onClick: () => {
      actions.undo();
    },
  });
  const defaults = button({
    label: text("controls.defaults"),
    part: "defaults",
    onClick: () => {
      const choice = otherDefaults(model());
      if (choice) actions.resolve(choice.shrinkage, choice.variance);
    },
  });
  const solving = solvingNote();

  function ask(choose: (shrinkage: number, variance: number) => void): void {
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
    if (gamma !== undefined && share !== undefined) choose(gamma, share);
  }

  const onKey = (event: KeyboardEvent): void => {
    if (!isUndo(event) || isTyping(event)) return;
    event.preventDefault();
    actions.undo();
  };
  addEventListener("keydown", onKey);
  const changed = changeDetector();
  return {
    element: element(
      "div",
      { class: "control-group" },
      shrinkage.element,
      variance.element,
      undo,
      defaults,
      solving.element,
      message,
    ),
    update(current) {
      solving.update(current);
      const choice = chosenSolution(current);
      if (!current.header || !choice) return;
      const earlier = undoneChoice(current);
      undo.disabled = earlier === undefined;
      undo.title = earlier
        ? text("controls.undo.hint", { ...wordsOf(earlier), keys: undoKeys })
        : "";
      const method = otherDefaults(current);
      defaults.disabled = method === undefined;
      defaults.title = method ? text("controls.defaults.hint", wordsOf(method)) : "";
      ({ maximalVariance } = current.header);
      if (!changed(choice.shrinkage, choice.variance, maximalVariance)) return;
      variance.element.title = text("controls.variance.hint", {
        maximum: formatShare(maximalVariance),
      });
      shrinkage.set(choice.shrinkage);
      variance.set(choice.variance, 100 * maximalVariance);
      // What was chosen by another way takes the place of what could not be read.
      setText(message, "");
      markWrong(shrinkage.field, false);
      markWrong(variance.field, false);
    },
    dispose() {
      removeEventListener("keydown", onKey);
      disposeAll([shrinkage, variance, solving]);
    },
  };
}

/** "Solving…", once an answer is waited for that long. */
function solvingNote(): DisposableView<PanelModel> {
  const note = element(
    "span",
    { class: "muted", "data-part": "solving" },
    text("controls.solving"),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = changeDetector();
  return {
    element: note,
    update({ resolving: { asked, request } }) {
      if (!changed(asked, request)) return;
      clearTimeout(timer);
      setShown(note, false);
      if (!asked) return;
      timer = setTimeout(() => {
        setShown(note, true);
      }, patienceMilliseconds);
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}

function wordsOf({ shrinkage, variance }: { shrinkage: number; variance: number }) {
  return { shrinkage: formatChosen(shrinkage), share: formatShare(variance) };
}

function isUndo(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  return key.toLowerCase() === "z" && (ctrlKey || metaKey) && !shiftKey && !altKey;
}

/** A text field undoes its own typing. */
function isTyping(event: KeyboardEvent): boolean {
  const [innermost] = event.composedPath();
  return innermost instanceof HTMLInputElement && innermost.type === "text";
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
