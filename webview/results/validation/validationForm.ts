import { element, setShown, setText, type View } from "../../components/dom.ts";
import {
  button,
  checkbox,
  labelButton,
  textField,
  type TextField,
} from "../../components/toolkit.ts";
import { readWhole } from "../../models/controls.ts";
import { formatChosen, formatCount } from "../../../src/protocol/words/numbers.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { secondShrinkage, type ValidationOptions } from "../../../src/protocol/results.ts";
import type { ValidationChoices } from "../../models/uiState.ts";
import { foundPairs } from "../../models/validation/validationMethod.ts";
import { text } from "../../text.ts";
import type { PanelActions } from "../store.ts";

type NumberChoice = Exclude<keyof ValidationChoices, "extended" | "structure">;

const structureNames = ["repeats", "templates", "pairs"] as const;
/** What moments settle: their folds are those of the document, each held out once. */
const settledByMoments: ReadonlySet<NumberChoice> = new Set(["folds", "repeats"]);

/** What may be typed in each field. */
const bounds: Readonly<Record<NumberChoice, readonly [number, number]>> = {
  folds: [2, 1000],
  repeats: [1, 1000],
  permutations: [0, 1_000_000],
  seed: [0, 2 ** 31 - 1],
};

/** The options of a validation and the button that starts it. */
export function validationForm(actions: PanelActions, model: () => PanelModel): View<PanelModel> {
  const message = element("span", { class: "control-message", role: "status" });
  const choose = (change: Partial<ValidationChoices>): void => {
    actions.changeUi({ validation: { ...model().ui.validation, ...change } });
  };
  const fields = (Object.keys(bounds) as NumberChoice[]).map((name) => {
    const field = textField({
      label: text(`validation.${name}`),
      part: `validation-${name}`,
      onInput: (typed) => {
        const value = readWhole(typed, ...bounds[name]);
        field.setAttribute("aria-invalid", String(value === undefined));
        setText(message, complaints(fields).join(" "));
        if (value !== undefined) choose({ [name]: value });
      },
    });
    return { name, field };
  });
  const extended = checkbox({
    label: text("validation.extended"),
    hint: text("validation.extended.hint"),
    part: "validation-extended",
    onChange: (checked) => {
      choose({ extended: checked });
    },
  });
  const structure = structureNames.map((name) => ({
    name,
    box: checkbox({
      label: text(`validation.structure.${name}`),
      hint: text(`validation.structure.${name}.hint`),
      part: `validation-keep-${name}`,
      onChange: (checked) => {
        choose({ structure: { ...model().ui.validation.structure, [name]: checked } });
      },
    }),
  }));
  const dependence = element(
    "div",
    {
      class: "choices",
      role: "group",
      "aria-label": text("validation.structure"),
      title: text("validation.structure.hint"),
      "data-part": "validation-structure",
    },
    element("span", { class: "label" }, text("validation.structure")),
    ...structure.map(({ box }) => box),
  );
  const found = element("p", { class: "muted found", "data-part": "validation-found" });
  const start = (more: Pick<ValidationOptions, "tuning" | "secondShrinkage"> = {}): void => {
    const wrong = complaints(fields);
    setText(message, wrong.join(" "));
    if (wrong.length === 0) actions.validate({ ...model().ui.validation, ...more });
  };
  const run = button({
    label: text("validation.run"),
    appearance: "primary",
    part: "validate",
    onClick: () => {
      start();
    },
  });
  const tune = button({
    label: text("tuning.run"),
    hint: text("tuning.run.hint"),
    part: "tune",
    onClick: () => {
      // A larger share would need components that the run has not stored.
      const mostShare = model().run?.controls.maximalVariance;
      if (mostShare !== undefined) start({ tuning: { mostShare } });
    },
  });
  const second = button({
    label: text("second.run", { shrinkage: formatChosen(secondShrinkage) }),
    hint: text("second.run.hint"),
    part: "second-fit",
    onClick: () => {
      start({ secondShrinkage });
    },
  });
  return {
    element: element(
      "div",
      { class: "controls form", "data-part": "validation-form" },
      ...fields.map(({ field }) => field),
      dependence,
      extended,
      run,
      tune,
      second,
      message,
      found,
    ),
    update({ run: shown, ui, validation }) {
      const hasRows = shown?.summary.atHand === undefined;
      for (const needed of [dependence, extended, tune, second]) setShown(needed, hasRows);
      for (const { name, box } of structure) box.checked = ui.validation.structure[name];
      const pairs = shown && foundPairs(validation.report, shown.summary);
      setText(found, pairs ?? "");
      setShown(found, pairs !== undefined);
      for (const { name, field } of fields) {
        setShown(field, hasRows || !settledByMoments.has(name));
        const value = ui.validation[name];
        if (document.activeElement !== field && field.value !== String(value)) {
          field.value = String(value);
          field.setAttribute("aria-invalid", "false");
        }
      }
      extended.checked = ui.validation.extended;
      run.disabled = validation.starting || validation.progress !== undefined;
      tune.disabled = run.disabled;
      second.disabled = run.disabled;
      labelButton(run, text(validation.report === null ? "validation.run" : "validation.again"));
    },
  };
}

function complaints(fields: readonly { name: NumberChoice; field: TextField }[]): string[] {
  return fields.flatMap(({ name, field }) => {
    const [minimum, maximum] = bounds[name];
    if (readWhole(field.value, minimum, maximum) !== undefined) return [];
    return [
      text("validation.wrong", {
        field: text(`validation.${name}`),
        minimum: formatCount(minimum),
        maximum: formatCount(maximum),
      }),
    ];
  });
}
