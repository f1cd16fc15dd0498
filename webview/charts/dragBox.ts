import { element, setShown } from "../components/dom.ts";

/** In pixels from an element's left and top. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A press that moves by less is a click. */
const leastPixels = 5;

/** Whether what is pointed at is chosen besides what is chosen, as everywhere in the editor. */
export function isExtending(event: MouseEvent): boolean {
  return event.shiftKey || event.ctrlKey || event.metaKey;
}

/** Lets a box be drawn on an element with the primary button; the click at its end goes to nobody. */
export function dragBox(target: HTMLElement, onBox: (box: Box, extend: boolean) => void): void {
  const outline = element("div", { class: "drag-box", "aria-hidden": "true" });
  setShown(outline, false);
  target.append(outline);
  let start: { readonly x: number; readonly y: number; readonly pointer: number } | undefined;
  let box: Box | undefined;
  const boxTo = (event: PointerEvent): Box | undefined => {
    if (!start) return undefined;
    const { x, y } = placeIn(target, event);
    const moved = Math.max(Math.abs(x - start.x), Math.abs(y - start.y));
    if (box === undefined && moved < leastPixels) return undefined;
    return {
      left: Math.min(x, start.x),
      right: Math.max(x, start.x),
      top: Math.min(y, start.y),
      bottom: Math.max(y, start.y),
    };
  };
  const end = (): void => {
    start = undefined;
    box = undefined;
    setShown(outline, false);
  };
  target.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    start = { ...placeIn(target, event), pointer: event.pointerId };
  });
  target.addEventListener("pointermove", (event) => {
    const next = boxTo(event);
    if (!next || !start) return;
    // Only now: a press that is captured at once would take the click from the canvas.
    if (box === undefined) target.setPointerCapture(start.pointer);
    box = next;
    setShown(outline, true);
    const { style } = outline;
    style.setProperty("left", `${String(next.left)}px`);
    style.setProperty("top", `${String(next.top)}px`);
    style.setProperty("width", `${String(next.right - next.left)}px`);
    style.setProperty("height", `${String(next.bottom - next.top)}px`);
  });
  target.addEventListener("pointerup", (event) => {
    const drawn = box;
    end();
    if (!drawn) return;
    const swallow = (click: Event): void => {
      click.stopPropagation();
    };
    target.addEventListener("click", swallow, { capture: true, once: true });
    // There is no click if the button was let go elsewhere.
    setTimeout(() => {
      target.removeEventListener("click", swallow, { capture: true });
    });
    onBox(drawn, isExtending(event));
  });
  target.addEventListener("pointercancel", end);
}

function placeIn(target: HTMLElement, event: PointerEvent): { x: number; y: number } {
  const { left, top } = target.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}
