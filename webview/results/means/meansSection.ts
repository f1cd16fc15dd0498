import {
  changeDetector,
  disposeAll,
  element,
  setShown,
  setText,
  type DisposableView,
} from "../../components/dom.ts";
import { titledTable } from "../../components/titledTable.ts";
import { differencesGrounds, differencesSentence } from "../../models/means/differences.ts";
import { meanDirectionNames } from "../../models/means/directions.ts";
import { directionsTable } from "../../models/means/directionsTable.ts";
import { currentReport, shownComponent, type PanelModel } from "../../models/panelModel.ts";
import { isSettled } from "../../models/choices.ts";
import { text } from "../../text.ts";
import { section } from "../section.ts";
import type { PanelActions } from "../store.ts";
import { meanDirectionFigure } from "./meanDirectionFigure.ts";
import { meanRowsFigure } from "./meanRowsFigure.ts";
import { meanRowsPart } from "./meanRowsPart.ts";
import { oneSidedTable } from "./oneSidedTable.ts";

/** In which of the two the conditions differ, the directions of the means, and neurons that only variance finds. */
export function meansSection(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const finding = element("p", { "data-part": "means-finding" });
  const grounds = element("p", { class: "muted", "data-part": "means-grounds" });
  const absent = element("p", { class: "muted", "data-part": "no-discriminant" });
  const rows = meanRowsPart(actions);
  const figures = [
    ...meanDirectionNames.map((name) => meanDirectionFigure(actions, model, name)),
    ...meanDirectionNames.map((name) => meanRowsFigure(actions, name)),
  ];
  const directions = element("div", { class: "full" });
  const neurons = element("div", { class: "full" });
  const changed = {
    report: changeDetector(),
    directions: changeDetector(),
    neurons: changeDetector(),
  };
  const choose = (neuron: number): void => {
    const { front, component } = model().ui;
    actions.chooseNeuron(front, component[front], neuron);
  };
  return {
    element: section(
      "means",
      text("means.heading"),
      [],
      [
        finding,
        grounds,
        rows.element,
        element(
          "div",
          { class: "columns" },
          ...figures.map((each) => each.element),
          directions,
          neurons,
        ),
        absent,
      ],
    ),
    update(current) {
      const { run, ui } = current;
      if (!run) return;
      for (const each of [...figures, rows]) each.update(current);
      const report = currentReport(current);
      if (changed.report(run, report)) {
        setText(finding, differencesSentence(run, report));
        setText(grounds, differencesGrounds(run));
        setShown(absent, run.discriminant === undefined);
        setText(absent, text("means.noDiscriminant"));
      }
      const component = shownComponent(current, ui.front);
      // A slider that is dragged passes by many components: the one where it stays is worth the time.
      if (component && isSettled(current) && changed.directions(component, run.neurons, report)) {
        const title = text("means.directions.title");
        directions.replaceChildren(
          ...titledTable(
            "directions-compared",
            title,
            directionsTable(run, ui.front, component, report),
          ),
          element(
            "p",
            { class: "muted" },
            text("means.directions.note", {
              why: report?.baselines ? "" : text("means.directions.noAuc"),
            }).trim(),
          ),
        );
      }
      if (changed.neurons(run.neurons)) neurons.replaceChildren(...oneSidedTable(run, choose));
    },
    dispose() {
      disposeAll(figures);
    },
  };
}
