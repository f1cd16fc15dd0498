import { directionNames } from "../../../src/protocol/direction.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import { formatCount } from "../../../src/protocol/words/numbers.ts";
import {
  disposeAll,
  element,
  setShown,
  setText,
  type DisposableView,
} from "../../components/dom.ts";
import { legend } from "../../components/legend.ts";
import { checkbox } from "../../components/toolkit.ts";
import { mayJoinByNumber, shownClusters } from "../../models/validation/evidence.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { hasRows } from "../../models/rows.ts";
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
  const sampled = element("p", { class: "muted", "data-part": "projections-sampled" });
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
      [sampled, element("div", { class: "columns" }, ...figures.map(({ view }) => view.element))],
    ),
    update(current) {
      const { run, ui } = current;
      if (run) {
        const { target, reference } = run.summary;
        key.update({ target: target.name, reference: reference.name });
        setShown(pairs, mayJoinByNumber(current));
        setShown(sampled, run.summary.atHand !== undefined);
        setText(sampled, sampledText(run));
        setShown(key.element, hasRows(run));
        pairs.title = text("projections.pairLines.hint", {
          target: target.name,
          reference: reference.name,
        });
      }
      colours.update(current);
      // Their rows' activations are nowhere to be read.
      if (run?.summary.atHand !== undefined) setShown(colours.element, false);
      pairs.checked = ui.pairLines;
      clusters.checked = ui.clusterLines;
      setShown(clusters, shownClusters(current) !== undefined);
      for (const { direction, components, view } of figures) {
        const enough =
          run === undefined || (hasRows(run) && run.mappedComponents[direction] >= components);
        setShown(view.element, enough && (ui.sideBySide || ui.front === direction));
        view.update(current);
      }
    },
    dispose() {
      disposeAll(figures.map(({ view }) => view));
    },
  };
}

/** Which rows of a run from moments are shown; empty for one from rows. */
function sampledText({ summary: { target, reference, atHand } }: RunView): string {
  if (atHand === undefined) return "";
  if (atHand.target + atHand.reference === 0) return text("projections.none");
  return text("projections.sampled", {
    target: target.name,
    reference: reference.name,
    targetShown: formatCount(atHand.target),
    targetRows: formatCount(target.rows),
    referenceShown: formatCount(atHand.reference),
    referenceRows: formatCount(reference.rows),
  });
}
