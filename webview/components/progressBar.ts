import type { Progress } from "../../src/protocol/engine.ts";
import { formatSeconds, formatShare } from "../../src/protocol/words/numbers.ts";
import { engineText, text } from "../text.ts";
import { element, setText, uniqueId, type View } from "./dom.ts";

/** A bar with the step's name, its share of the whole and, where it is known, the time left. */
export function progressBar(part: string): View<Progress> {
  const id = uniqueId("progress");
  const bar = element("progress", { max: 1, "aria-labelledby": id });
  const label = element("span", { id });
  const left = element("span", { class: "muted" });
  return {
    element: element("div", { class: "progress", "data-part": part }, label, bar, left),
    update(progress) {
      setText(label, engineText(progress.step));
      if (progress.fraction === undefined) bar.removeAttribute("value");
      else bar.value = progress.fraction;
      setText(left, remaining(progress));
    },
  };
}

function remaining({ fraction, secondsLeft }: Progress): string {
  return [
    ...(fraction === undefined ? [] : [formatShare(Math.round(fraction * 100) / 100)]),
    ...(secondsLeft === undefined
      ? []
      : [text("validation.left", { seconds: formatSeconds(secondsLeft) })]),
  ].join(" · ");
}
