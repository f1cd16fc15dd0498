import { element } from "../components/dom.ts";

/** A section with a quiet heading and controls that belong to all of it. */
export function section(
  part: string,
  heading: string,
  controls: readonly HTMLElement[],
  children: readonly HTMLElement[],
): HTMLElement {
  return element(
    "section",
    { "data-part": part, "aria-label": heading },
    element("div", { class: "section-head" }, element("h2", {}, heading), ...controls),
    ...children,
  );
}
