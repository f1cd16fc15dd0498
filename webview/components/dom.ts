import { printable } from "../../src/protocol/words/printable.ts";

/** A part of the page that is built once and then brought up to date; the whole view layer is made of these. */
export interface View<Model> {
  readonly element: HTMLElement;
  update(model: Model): void;
  /** Ends what it watches outside itself, for when it leaves the page; absent if it watches nothing. */
  dispose?(): void;
}

/** A view that watches something outside itself: the theme, the window, its own size, a timer. */
export interface DisposableView<Model> extends View<Model> {
  dispose(): void;
}

/** Ends all views that a view is made of. */
export function disposeAll(views: Iterable<Pick<View<never>, "dispose">>): void {
  for (const view of views) view.dispose?.();
}

export type Child = Node | string;

type AttributeValue = string | number | boolean | undefined;

/**
 * An element with attributes and children. `true` sets an empty attribute, `false` and undefined
 * none; styles never come this way, for the content security policy forbids style attributes.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, AttributeValue>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  setAttributes(created, attributes);
  created.append(...children.map((child) => (typeof child === "string" ? visible(child) : child)));
  return created;
}

/** The most characters of one text: a message is as long at the most. */
const longestText = 2000;

/**
 * A text as every element shows it: names come from files, so that controls and characters which turn the
 * reading direction are shown escaped instead of being obeyed.
 */
export function visible(text: string): string {
  return printable(text, longestText);
}

/** Attributes that are read or heard; others are addresses and values, which stay as they are. */
const shownAttributes: ReadonlySet<string> = new Set(["title", "aria-label", "alt"]);

/** Sets or removes attributes by the rules of {@link element}. */
export function setAttributes(
  target: Element,
  attributes: Readonly<Record<string, AttributeValue>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) target.removeAttribute(name);
    else if (value === true) target.setAttribute(name, "");
    else {
      const text = String(value);
      target.setAttribute(name, shownAttributes.has(name) ? visible(text) : text);
    }
  }
}

/** Replaces the text only if it differs, so that a screen reader is not told the same again. */
export function setText(target: Element, value: string): void {
  const shown = visible(value);
  if (target.textContent !== shown) target.textContent = shown;
}

/** Shows or hides without removing, so that nothing else moves in the tab order. */
export function setShown(target: HTMLElement, shown: boolean): void {
  target.hidden = !shown;
}

/**
 * Remembers the inputs of a drawing step: the returned function says whether any differs (by
 * identity) from the call before, so that what has not changed is not drawn again.
 */
export function changeDetector(): (...inputs: readonly unknown[]) => boolean {
  let previous: readonly unknown[] | undefined;
  return (...inputs) => {
    const before = previous;
    previous = inputs;
    return (
      before === undefined ||
      before.length !== inputs.length ||
      inputs.some((input, i) => !Object.is(input, before[i]))
    );
  };
}

let lastId = 0;

/** An id for wiring labels and descriptions to what they describe. */
export function uniqueId(stem: string): string {
  lastId += 1;
  return `${stem}-${String(lastId)}`;
}
