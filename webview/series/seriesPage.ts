import type { HostToSeries, SeriesToHost } from "../../src/protocol/views/seriesView.ts";
import { element, setShown, setText, type View } from "../components/dom.ts";
import { progressBar } from "../components/progressBar.ts";
import { button } from "../components/toolkit.ts";
import { engineText, text } from "../text.ts";

interface SeriesPage<Shown> {
  /** `data-part` of the page, and the stem of those of its head. */
  readonly part: string;
  readonly title: (view: Shown) => string;
  /** What the runs are made of. */
  readonly origin: (view: Shown) => string;
  /** Below the head. */
  readonly body: readonly HTMLElement[];
  /** Brings the body up to date. @returns what was found, in a sentence, in the end or so far */
  readonly show: (view: Shown, ended: boolean) => string;
  readonly send: (message: SeriesToHost) => void;
}

/** A page of several runs: what they are, what was found in a sentence, progress that can be cancelled, and the body. */
export function seriesPage<Shown>(page: SeriesPage<Shown>): View<HostToSeries<Shown>> {
  const { part, send } = page;
  const title = element("h1", { "data-part": `${part}-title` });
  const subtitle = element("p", { class: "muted", "data-part": `${part}-subtitle` });
  const finding = element("p", { "data-part": `${part}-finding`, "aria-live": "polite" });
  const control = (kind: "rerun" | "cancel", label: string) =>
    button({
      label,
      part: kind,
      onClick: () => {
        send({ kind });
      },
    });
  const rerun = control("rerun", text("state.tryAgain"));
  const cancel = control("cancel", text("state.cancel"));
  const bar = progressBar(`${part}-progress`);
  const progress = element("div", { class: "progress-row" }, bar.element, cancel);
  const problem = element("p", { class: "failure", role: "alert", "data-part": "problem" });
  setShown(problem, false);
  return {
    element: element(
      "main",
      { "data-part": part },
      element("header", {}, element("div", {}, title, subtitle), rerun),
      finding,
      progress,
      problem,
      ...page.body,
    ),
    update(message) {
      const { view } = message;
      setText(title, page.title(view));
      setText(subtitle, page.origin(view));
      setShown(problem, message.problem !== undefined);
      setText(problem, engineText(message.problem ?? ""));
      setShown(progress, message.progress !== undefined);
      setShown(rerun, message.progress === undefined);
      if (message.progress) bar.update(message.progress);
      setText(finding, page.show(view, message.progress === undefined));
    },
  };
}
