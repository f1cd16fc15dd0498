/** A part of the page that is built once and then brought up to date; the whole view layer is made of these. */
export interface View<Model> {
  readonly element: HTMLElement;
  update(model: Model): void;
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
  created.append(...children);
  return created;
}

/** Sets or removes attributes by the rules of {@link element}. */
export function setAttributes(
  target: Element,
  attributes: Readonly<Record<string, AttributeValue>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Replaces the text only where it differs, so that a screen reader is not told the same again. */
export function setText(target: Element, value: string): void {
  if (target.textContent !== value) target.textContent = value;
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
