import { element, setText } from "./dom.ts";

/** A polite live region: what is set here is read out by a screen reader and seen by nobody. */
export function liveRegion(): { readonly element: HTMLElement; announce(message: string): void } {
  const region = element("div", {
    class: "visually-hidden",
    role: "status",
    "aria-live": "polite",
    "data-part": "status",
  });
  return {
    element: region,
    announce(message) {
      setText(region, message);
    },
  };
}
