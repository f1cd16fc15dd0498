import { element, setText, type View } from "./dom.ts";

/** The names of the two colours and shapes: circle for the target, triangle for the reference. */
export function legend(): View<{ readonly target: string; readonly reference: string }> {
  const target = element("span");
  const reference = element("span");
  return {
    element: element(
      "span",
      { class: "legend" },
      element("span", { class: "sign target", "aria-hidden": "true" }, "●"),
      target,
      element("span", { class: "sign reference", "aria-hidden": "true" }, "▲"),
      reference,
    ),
    update(names) {
      setText(target, names.target);
      setText(reference, names.reference);
    },
  };
}
