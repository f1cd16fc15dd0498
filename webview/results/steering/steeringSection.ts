import {
  changeDetector,
  disposeAll,
  element,
  type DisposableView,
  type View,
} from "../../components/dom.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { steeringSentences } from "../../models/steering/sentences.ts";
import { text } from "../../text.ts";
import { section } from "../section.ts";
import type { PanelActions } from "../store.ts";
import { lensPart } from "./lensPart.ts";
import { resultsPart } from "./resultsPart.ts";

/** Will it steer? Unknown, until the model's own files or measurements in it say more. */
export function steeringSection(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const finding = element("div", { "data-part": "steering-finding" });
  const parts: readonly View<PanelModel>[] = [
    lensPart(actions, model),
    resultsPart(actions, model),
  ];
  const changed = changeDetector();
  return {
    element: section(
      "steering",
      text("steering.heading"),
      [],
      [finding, ...parts.map((part) => part.element)],
    ),
    update(current) {
      if (!current.run) return;
      const sentences = steeringSentences(current);
      if (changed(sentences.join("\n"))) {
        finding.replaceChildren(...sentences.map((sentence) => element("p", {}, sentence)));
      }
      for (const part of parts) part.update(current);
    },
    dispose() {
      disposeAll(parts);
    },
  };
}
