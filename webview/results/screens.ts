import type { PanelState, RemedyKind } from "../../src/protocol/panel.ts";
import { element, setText, type View } from "../components/dom.ts";
import { progressBar } from "../components/progressBar.ts";
import { button } from "../components/toolkit.ts";
import { engineText, text } from "../text.ts";
import type { PanelActions } from "./store.ts";

/** What stands in the place of the figures while there are none: computing, failed, or nothing chosen. */
export function screens(actions: PanelActions): View<PanelState | undefined> {
  const computing = computingScreen(actions);
  const root = element("div", { class: "screen", "data-part": "screen" });
  return {
    element: root,
    update(state) {
      if (state?.kind === "computing") {
        computing.update(state);
        if (computing.element.parentElement !== root) root.replaceChildren(computing.element);
        return;
      }
      if (state?.kind === "failed") root.replaceChildren(...failed(state, actions));
      else if (state?.kind === "empty") root.replaceChildren(...empty(actions));
      else root.replaceChildren(element("p", { class: "muted" }, text("state.waiting")));
    },
  };
}

/** The step's name, how far it is, and the shape of what will come. */
function computingScreen(
  actions: PanelActions,
): View<Extract<PanelState, { readonly kind: "computing" }>> {
  const title = element("h1", { "data-part": "computing" });
  const bar = progressBar("computing-progress");
  const skeleton = element("div", { class: "skeleton columns", "aria-hidden": "true" });
  for (let i = 0; i < 4; i += 1) skeleton.append(element("div", { class: "block" }));
  const root = element(
    "div",
    { class: "computing" },
    title,
    element(
      "div",
      { class: "progress-row" },
      bar.element,
      button({
        label: text("state.cancel"),
        part: "cancel",
        onClick: () => {
          actions.send({ kind: "cancel" });
        },
      }),
    ),
    skeleton,
  );
  return {
    element: root,
    update(state) {
      setText(title, text("state.computing", { title: state.title }));
      bar.update(state.progress);
    },
  };
}

function failed(
  state: Extract<PanelState, { readonly kind: "failed" }>,
  actions: PanelActions,
): HTMLElement[] {
  return [
    element("h1", { "data-part": "failed" }, text("state.failed", { title: state.title })),
    element(
      "p",
      { class: "failure", role: "alert", "data-part": "failure" },
      engineText(state.message),
    ),
    element(
      "div",
      { class: "actions" },
      ...(state.remedy === undefined ? [] : [remedyButton(state.remedy, actions)]),
      button({
        label: text("state.tryAgain"),
        appearance: state.remedy === undefined ? "primary" : "secondary",
        part: "rerun",
        onClick: () => {
          actions.send({ kind: "rerun" });
        },
      }),
      button({
        label: text("state.showLog"),
        part: "show-log",
        onClick: () => {
          actions.send({ kind: "command", command: "showLog" });
        },
      }),
    ),
  ];
}

function remedyButton(remedy: RemedyKind, actions: PanelActions): HTMLElement {
  return button({
    label: text(`state.remedy.${remedy}`),
    appearance: "primary",
    part: "remedy",
    onClick: () => {
      actions.send({ kind: "remedy" });
    },
  });
}

function empty(actions: PanelActions): HTMLElement[] {
  return [
    element("h1", { "data-part": "empty" }, text("state.empty.title")),
    element("p", {}, text("state.empty.text")),
    element(
      "div",
      { class: "actions" },
      button({
        label: text("state.empty.run"),
        appearance: "primary",
        part: "run",
        onClick: () => {
          actions.send({ kind: "command", command: "run" });
        },
      }),
      button({
        label: text("state.empty.walkthrough"),
        part: "walkthrough",
        onClick: () => {
          actions.send({ kind: "command", command: "openWalkthrough" });
        },
      }),
    ),
  ];
}
