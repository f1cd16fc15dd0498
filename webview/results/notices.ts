import { changeDetector, element, type View } from "../components/dom.ts";
import { button } from "../components/toolkit.ts";
import type { PanelModel } from "../models/panelModel.ts";
import { engineText, text } from "../text.ts";
import type { PanelActions } from "./store.ts";

/** Lines between headline and figures: files that changed, warnings of the run, a request that failed. */
export function notices(actions: PanelActions): View<PanelModel> {
  const root = element("div", { class: "notices", "data-part": "notices" });
  const changed = changeDetector();
  return {
    element: root,
    update({ state, run, problem }) {
      if (!changed(state, run, problem)) return;
      const lines: HTMLElement[] = [];
      if (state?.kind === "ready" && state.stale.length > 0) {
        lines.push(
          notice(
            "stale",
            text("stale.message", { files: state.stale.join(", ") }),
            button({
              label: text("header.rerun"),
              part: "stale-rerun",
              onClick: () => {
                actions.send({ kind: "rerun" });
              },
            }),
          ),
        );
      }
      if (problem !== undefined) {
        const dismiss = button({
          label: text("notice.dismiss"),
          part: "dismiss",
          onClick: () => {
            actions.dismissProblem();
          },
        });
        const line = notice("problem", engineText(problem), dismiss);
        line.setAttribute("role", "alert");
        lines.push(line);
      }
      for (const warning of run?.summary.warnings ?? []) {
        lines.push(notice("warning", engineText(warning)));
      }
      root.replaceChildren(...lines);
    },
  };
}

function notice(kind: string, message: string, ...actions: readonly HTMLElement[]): HTMLElement {
  return element(
    "div",
    { class: `notice ${kind}`, "data-part": `notice-${kind}` },
    element("span", {}, message),
    ...actions,
  );
}
