import { element, setShown, type View } from "../components/dom.ts";
import { checkbox } from "../components/toolkit.ts";
import type { PanelModel } from "../models/panelModel.ts";
import { text } from "../text.ts";
import { scatterFigure } from "./scatterFigure.ts";
import { section } from "./section.ts";
import type { PanelActions } from "./store.ts";
import { stripsFigure } from "./stripsFigure.ts";

/** Both conditions on the chosen component, and that component against another. */
export function projectionsSection(
  actions: PanelActions,
  model: () => PanelModel,
): View<PanelModel> {
  const pairs = checkbox({
    label: text("projections.pairLines"),
    part: "pair-lines",
    onChange: (pairLines) => {
      actions.changeUi({ pairLines });
    },
  });
  const forward = stripsFigure(actions, model, "forward");
  const swapped = stripsFigure(actions, model, "swapped");
  const scatter = scatterFigure(actions, model);
  return {
    element: section(
      "projections",
      text("projections.heading"),
      [pairs],
      [element("div", { class: "columns" }, forward.element, swapped.element, scatter.element)],
    ),
    update(current) {
      const { run, ui } = current;
      if (run) {
        const { target, reference } = run.summary;
        setShown(pairs, target.rows === reference.rows);
        pairs.title = text("projections.pairLines.hint", {
          target: target.name,
          reference: reference.name,
        });
      }
      pairs.checked = ui.pairLines;
      setShown(forward.element, ui.sideBySide || ui.front === "forward");
      setShown(swapped.element, ui.sideBySide || ui.front === "swapped");
      forward.update(current);
      swapped.update(current);
      scatter.update(current);
    },
  };
}
