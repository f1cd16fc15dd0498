import { element, setAttributes } from "./dom.ts";

interface WalkableOptions {
  /** What is walked through: "Component", "Row". */
  readonly label: string;
  /** @param extend whether Shift was held: the place is chosen besides those chosen */
  readonly onMove: (place: number, extend: boolean) => void;
  /** Enter or space: chooses the place. */
  readonly onChoose?: (place: number) => void;
}

/** How many places there are, which is current, and how that one is read out. */
export interface WalkableState {
  readonly count: number;
  /** From 0; undefined if none is current yet. */
  readonly place: number | undefined;
  readonly text: string;
}

/**
 * Makes a drawing usable by keyboard: a focusable box with the role of a slider, whose arrow keys,
 * Page Up, Page Down, Home and End walk through the drawing's marks.
 */
export function walkable(
  content: HTMLElement,
  options: WalkableOptions,
): {
  readonly element: HTMLElement;
  update(state: WalkableState): void;
  relabel(label: string): void;
} {
  const box = element(
    "div",
    { class: "walkable", role: "slider", tabindex: 0, "aria-label": options.label },
    content,
  );
  let state: WalkableState = { count: 0, place: undefined, text: "" };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || state.count === 0) return;
    if ((event.key === "Enter" || event.key === " ") && options.onChoose) {
      if (state.place !== undefined) options.onChoose(state.place);
      event.preventDefault();
      return;
    }
    const place = nextPlace(event.key, state.place, state.count);
    if (place === undefined) return;
    event.preventDefault();
    options.onMove(place, event.shiftKey);
  });
  return {
    element: box,
    update(next) {
      state = next;
      setAttributes(box, {
        "aria-valuemin": next.count === 0 ? 0 : 1,
        "aria-valuemax": next.count,
        "aria-valuenow": next.place === undefined ? (next.count === 0 ? 0 : 1) : next.place + 1,
        "aria-valuetext": next.text,
      });
    },
    relabel(label) {
      setAttributes(box, { "aria-label": label });
    },
  };
}

/** The place after a key; undefined if the key means nothing here. The first key goes to place 0. */
export function nextPlace(
  key: string,
  place: number | undefined,
  count: number,
): number | undefined {
  const step = steps[key];
  if (step === undefined) return undefined;
  if (place === undefined && Number.isFinite(step)) return 0;
  return Math.max(0, Math.min(count - 1, (place ?? 0) + step));
}

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};
