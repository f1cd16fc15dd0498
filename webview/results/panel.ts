import { disposeAll, element, setShown, type DisposableView } from "../components/dom.ts";
import { liveRegion } from "../components/liveRegion.ts";
import { announcementOf } from "../models/announcements.ts";
import { isSettled } from "../models/choices.ts";
import type { PanelModel } from "../models/panelModel.ts";
import { controls } from "./controls.ts";
import { diagnosticsSection } from "./diagnosticsSection.ts";
import { directions } from "./directions.ts";
import { exportRun } from "./exportRun.ts";
import { header } from "./header.ts";
import { loadingsSection } from "./loadings/loadingsSection.ts";
import { meansSection } from "./means/meansSection.ts";
import { notices } from "./notices.ts";
import { projectionsSection } from "./projections/projectionsSection.ts";
import { screens } from "./screens.ts";
import { spectrumSection } from "./spectrum/spectrumSection.ts";
import type { PanelActions } from "./store.ts";
import { steeringSection } from "./steering/steeringSection.ts";
import { validationSection } from "./validation/validationSection.ts";

/** The whole panel: the run with its sections, or the screen that stands in for it. */
export function panel(actions: PanelActions, model: () => PanelModel): DisposableView<PanelModel> {
  const result = element("div", { class: "result", "data-part": "result" });
  const sections = [
    header(actions, model, (format) => {
      exportRun(actions, model(), format, result);
    }),
    notices(actions),
    directions(actions, model),
    controls(actions, model),
    spectrumSection(actions, model),
    loadingsSection(actions, model),
    projectionsSection(actions, model),
    meansSection(actions, model),
    steeringSection(actions, model),
    validationSection(actions, model),
    diagnosticsSection(actions),
  ];
  result.append(...sections.map((section) => section.element));
  const screen = screens(actions);
  const live = liveRegion();
  let before: PanelModel | undefined;
  return {
    element: element("main", { "data-part": "panel" }, live.element, screen.element, result),
    update(current) {
      const { state, run } = current;
      const shown = run !== undefined && (state === undefined || state.kind === "ready");
      setShown(result, shown);
      setShown(screen.element, !shown);
      if (shown) for (const section of sections) section.update(current);
      else screen.update(state);
      // A slider that is dragged would be told of without end: what it comes to is worth a word.
      if (!isSettled(current)) return;
      const announcement = announcementOf(before, current);
      if (announcement !== undefined) live.announce(announcement);
      before = current;
    },
    dispose() {
      disposeAll(sections);
    },
  };
}
