import { element, setShown, setText, type DisposableView } from "../../components/dom.ts";
import { button } from "../../components/toolkit.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { currentResults } from "../../models/steering/inFront.ts";
import { engineText, text } from "../../text.ts";
import type { PanelActions } from "../store.ts";
import { resultsFigure } from "./resultsFigure.ts";

/** What a script has measured in the model: how to get there, and what came of it. */
export function resultsPart(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const why = element("p", { class: "control-message", "data-part": "steering-why" });
  const other = element("p", { "data-part": "steering-of-other" });
  const showOther = button({
    label: text("check.show"),
    part: "show-steered-component",
    onClick: () => {
      const { results } = model().steering;
      const made = model().header?.made;
      if (!results || !made) return;
      actions.resolve(made.shrinkage, made.variance);
      actions.chooseComponent(results.direction, results.index);
    },
  });
  const figure = resultsFigure(actions);
  return {
    element: element(
      "div",
      { "data-part": "steering-part" },
      element("h3", {}, text("check.heading")),
      element("p", { class: "muted" }, text("check.intro")),
      element(
        "div",
        { class: "controls form" },
        button({
          label: text("check.copy"),
          part: "steering-script",
          onClick: () => {
            actions.send({ kind: "command", command: "copyPython" });
          },
        }),
        button({
          label: text("check.choose"),
          part: "choose-steering",
          onClick: () => {
            actions.send({ kind: "steering" });
          },
        }),
      ),
      ...[why, other, showOther, element("div", { class: "columns" }, figure.element)],
    ),
    update(current) {
      const { run, steering } = current;
      const { results } = steering;
      setText(why, steering.why === undefined ? "" : engineText(steering.why));
      const elsewhere = results !== undefined && currentResults(current) === undefined;
      setShown(other, elsewhere);
      setShown(showOther, elsewhere);
      if (run && results) {
        const component = results.index + 1;
        const roles = rolesOf(run.summary, results.direction);
        setText(other, text("check.ofComponent", { component, ...roles }));
      }
      figure.update(current);
    },
    dispose: figure.dispose,
  };
}
