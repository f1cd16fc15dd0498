import { element, visible } from "../components/dom.ts";

/**
 * A canvas for a chart, hidden from screen readers. Whatever is written on it, by Chart.js or by us, is shown
 * as elements show their texts: a canvas obeys characters that turn the reading direction.
 */
export function plainCanvas(): HTMLCanvasElement {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  if (context) {
    for (const write of ["fillText", "strokeText"] as const) {
      const original = context[write].bind(context);
      context[write] = (text: string, ...place) => {
        original(visible(text), ...place);
      };
    }
    const measure = context.measureText.bind(context);
    context.measureText = (text: string) => measure(visible(text));
  }
  return canvas;
}
