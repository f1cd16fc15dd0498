import { element, setShown, setText, type View } from "./dom.ts";

interface ColourScale {
  readonly label: string;
  /** At the pale end. */
  readonly low: string;
  /** At the strong end. */
  readonly high: string;
}

/** As many marks as the scale shows; `figures.css` has a colour and a size for each. */
const steps = [1, 2, 3, 4, 5];

/** A sequential scale: from pale and small to strong and large, with the values at its ends. */
export function colourLegend(): View<ColourScale | undefined> {
  const label = element("span", { class: "scale-name" });
  const [low, high] = [element("span"), element("span")];
  const ramp = element(
    "span",
    { class: "ramp", "aria-hidden": "true" },
    ...steps.map((step) => element("span", { class: `step step-${String(step)}` })),
  );
  const root = element(
    "span",
    { class: "legend", "data-part": "colour-legend" },
    label,
    low,
    ramp,
    high,
  );
  return {
    element: root,
    update(scale) {
      setShown(root, scale !== undefined);
      if (!scale) return;
      setText(label, scale.label);
      setText(low, scale.low);
      setText(high, scale.high);
    },
  };
}
