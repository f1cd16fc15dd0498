import { directionNames } from "../../../src/protocol/direction.ts";
import { disposeAll, element, setShown, type DisposableView } from "../../components/dom.ts";
import { legend } from "../../components/legend.ts";
import { checkbox } from "../../components/toolkit.ts";
import { shownClusters } from "../../models/validation/evidence.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { text } from "../../text.ts";
import { colourControls } from "./colourControls.ts";
import { scatterFigure } from "./scatterFigure.ts";
import { section } from "../section.ts";
import type { PanelActions } from "../store.ts";
import { stripsFigure } from "./stripsFigure.ts";

/** Both conditions on the chosen component, and that component against another. */
export function projectionsSection(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const pairs = checkbox({
    label: text("projections.pairLines"),
    part: "pair-lines",
    onChange: (pairLines) => {
      actions.changeUi({ pairLines });
    },
  });
  const clusters = checkbox({
    label: text("evidence.clusterLines"),
    hint: text("evidence.clusterLines.hint"),
    part: "cluster-lines",
    onChange: (clusterLines) => {
      actions.changeUi({ clusterLines });
    },
  });
  const key = legend();
  const colours = colourControls(actions);
  // In this order one direction's two figures stand beside each other, and so do both directions' figures.
  const figures = [
    { make: stripsFigure, components: 1 },
    { make: scatterFigure, components: 2 },
  ].flatMap(({ make, components }) =>
    directionNames.map((direction) => ({
      direction,
      components,
      view: make(actions, model, direction),
    })),
  );
  return {
    element: section(
      "projections",
      text("projections.heading"),
      [pairs, clusters, key.element, colours.element],
      [element("div", { class: "columns" }, ...figures.map(({ view }) => view.element))],
    ),
    update(current) {
      const { run, ui } = current;
      if (run) {
        const { target, reference } = run.summary;
        key.update({ target: target.name, reference: reference.name });
        setShown(pairs, target.rows === reference.rows);
        pairs.title = text("projections.pairLines.hint", {
          target: target.name,
          reference: reference.name,
        });
      }
      colours.update(current);
      pairs.checked = ui.pairLines;
      clusters.checked = ui.clusterLines;
      setShown(clusters, shownClusters(current) !== undefined);
      for (const { direction, components, view } of figures) {
        const enough = run === undefined || run.mappedComponents[direction] >= components;
        setShown(view.element, enough && (ui.sideBySide || ui.front === direction));
        view.update(current);
      }
    },
    dispose() {
      disposeAll(figures.map(({ view }) => view));
    },
  };
}
