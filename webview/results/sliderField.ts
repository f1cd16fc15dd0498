import { element } from "../components/dom.ts";
import { textField, type TextField } from "../components/toolkit.ts";
import { localNumber } from "../../src/protocol/words/numerals.ts";
import { readNumber } from "../models/controls.ts";
import { debounce } from "./debounce.ts";

/** Time without a keystroke after which a typed number counts: "0.1" passes "0" and "0." on its way. */
const typingMilliseconds = 250;

interface SliderFieldOptions {
  readonly label: string;
  readonly hint: string;
  readonly toSlider: (typed: string) => number;
  readonly fromSlider: (place: number) => string;
  readonly onTyped: () => void;
  /** At each place that the slider passes. */
  readonly onDrag: () => void;
  /** More than once at the end of a drag, and also if there was none. */
  readonly onDragEnd: () => void;
}

export interface SliderField {
  readonly element: HTMLElement;
  readonly field: TextField;
  /** Shows a number that was chosen, here or elsewhere. */
  set(value: number, maximum?: number): void;
  /** What was typed last and does not count yet never will. */
  dispose(): void;
}

/** A slider for trying out and a field for typing, which follow each other. */
export function sliderField(part: string, options: SliderFieldOptions): SliderField {
  const slider = element("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 0.1,
    "aria-label": options.label,
    "data-part": `${part}-slider`,
  });
  const typed = debounce(options.onTyped, typingMilliseconds);
  const field = textField({
    label: options.label,
    part,
    onInput: (value) => {
      slider.value = String(options.toSlider(value));
      typed.call();
    },
  });
  slider.addEventListener("input", () => {
    field.value = localNumber(options.fromSlider(Number(slider.value)));
    options.onDrag();
  });
  // A drag that ends where it began fires no "change".
  for (const end of ["change", "lostpointercapture", "blur"]) {
    slider.addEventListener(end, options.onDragEnd);
  }
  return {
    element: element("div", { class: "control slider-field", title: options.hint }, field, slider),
    field,
    set(value, maximum = 100) {
      slider.max = String(maximum);
      // What was typed stays as it was written, and the thumb where it was put.
      if (readNumber(field.value) !== value) field.value = localNumber(String(value));
      if (readNumber(options.fromSlider(Number(slider.value))) !== value) {
        slider.value = String(options.toSlider(String(value)));
      }
    },
    dispose: typed.stop,
  };
}
