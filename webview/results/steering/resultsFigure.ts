import { rolesOfDirection } from "../../../src/protocol/direction.ts";
import { drawSteering } from "../../charts/steering.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import type { DisposableView } from "../../components/dom.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { changesTable, namedChanges } from "../../models/steering/changes.ts";
import { setsText } from "../../models/steering/tokenSets.ts";
import { steeringSentences } from "../../models/steering/sentences.ts";
import { fixedKl } from "../../models/steering/shifts.ts";
import { currentResults } from "../../models/steering/inFront.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import type { PanelActions } from "../store.ts";

/** Shift against collateral KL of what a script has measured; hidden without. */
export function resultsFigure(actions: PanelActions): DisposableView<PanelModel> {
  return modelFigure(actions, {
    part: "steering-results",
    chart: new ThemedChart(),
    shape: "wide",
    inputs(current) {
      const { run, ui } = current;
      const shown = currentResults(current);
      if (!run || !shown) return undefined;
      const [finding = ""] = steeringSentences(current);
      return { shown, finding, front: ui.front, ...rolesOf(run.summary, ui.front) };
    },
    show({ shown: { results }, finding, front, carried }) {
      const changes = namedChanges(results);
      const { carried: towards, silenced: away } = rolesOfDirection[front];
      const kl = results.measured.kind === "add" ? fixedKl : undefined;
      const file = results.path.split(/[\\/]/).at(-1) ?? "";
      return {
        title: text("check.figure.title"),
        finding,
        caption: text("check.figure.caption", { tokens: setsText(results.tokens), carried, file }),
        table: () => changesTable(changes),
        draw: (theme) => drawSteering(changes, kl, { towards, away }, theme),
      };
    },
  });
}
