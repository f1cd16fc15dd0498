import type {
  FileToHost,
  FileView,
  HostToFile,
  TensorValues,
} from "../../src/protocol/views/fileView.ts";
import { element, setShown, setText, type View } from "../components/dom.ts";
import { progressBar } from "../components/progressBar.ts";
import { button } from "../components/toolkit.ts";
import { histogramFigure, neuronsFigure } from "./figures.ts";
import { tensorChooser } from "./tensorChooser.ts";
import { headTable } from "./headTable.ts";
import { fileLine, tensorFacts, type Fact } from "./facts.ts";
import { engineText, text } from "../text.ts";

/** What an activation file holds: its tensors, and the values of the one chosen. */
export function fileEditor(send: (message: FileToHost) => void): View<HostToFile> {
  let file: FileView | undefined;
  const title = element("h1", { "data-part": "file-title" });
  const subtitle = element("p", { class: "muted", "data-part": "file-subtitle" });
  const chooser = tensorChooser((tensor) => {
    send({ kind: "choose", tensor });
  });
  const mark = (role: "target" | "reference") => (): void => {
    if (file?.chosen !== undefined) send({ kind: "mark", role, tensor: file.chosen });
  };
  const target = button({
    label: text("file.useAsTarget"),
    part: "use-target",
    onClick: mark("target"),
  });
  const reference = button({
    label: text("file.useAsReference"),
    part: "use-reference",
    onClick: mark("reference"),
  });
  const axes = button({
    label: text("file.nameAxes"),
    part: "name-axes",
    onClick: () => {
      if (file?.chosen !== undefined) send({ kind: "axes", tensor: file.chosen });
    },
  });
  const run = button({
    label: text("file.run"),
    appearance: "primary",
    part: "run",
    onClick: () => {
      send({ kind: "run" });
    },
  });
  const cancel = button({
    label: text("state.cancel"),
    part: "cancel",
    onClick: () => {
      send({ kind: "cancel" });
    },
  });
  const bar = progressBar("file-progress");
  const progress = element("div", { class: "progress-row" }, bar.element, cancel);
  const failure = element("p", { class: "failure", role: "alert", "data-part": "failure" });
  const facts = element("dl", { class: "facts-list", "data-part": "tensor-facts" });
  const copy = (text: string): void => {
    send({ kind: "copy", text });
  };
  const histogram = histogramFigure(copy);
  const neurons = neuronsFigure(copy);
  const head = headTable();
  const values = element(
    "div",
    { "aria-live": "polite" },
    facts,
    element("div", { class: "columns" }, histogram.element, neurons.element),
    head.element,
  );
  for (const part of [progress, failure, values]) setShown(part, false);

  function showFile(view: FileView): void {
    file = view;
    setText(title, view.name);
    setText(subtitle, fileLine(view));
    chooser.update(view);
    const chosen = view.tensors.find(({ info }) => info.name === view.chosen);
    setShown(axes, chosen?.nameable === true);
    for (const part of [target, reference, run]) part.disabled = !chosen?.markable;
    target.setAttribute("aria-pressed", String(chosen?.role === "target"));
    reference.setAttribute("aria-pressed", String(chosen?.role === "reference"));
  }

  function showTensor(shown: TensorValues): void {
    facts.replaceChildren(...tensorFacts(shown).map(factRow));
    for (const part of [histogram, neurons, head]) part.update(shown);
  }

  return {
    element: element(
      "main",
      { "data-part": "file" },
      element(
        "header",
        {},
        element("div", {}, title, subtitle),
        element("div", { class: "actions" }, axes, target, reference, run),
      ),
      chooser.element,
      progress,
      failure,
      values,
    ),
    update(message) {
      if (message.kind === "file") {
        showFile(message.view);
        return;
      }
      setShown(progress, message.kind === "progress");
      setShown(failure, message.kind === "failed");
      setShown(values, message.kind === "tensor");
      if (message.kind === "progress") bar.update(message.progress);
      if (message.kind === "failed") setText(failure, engineText(message.message));
      if (message.kind === "tensor") showTensor(message.values);
    },
  };
}

function factRow({ label, value, hint, warning }: Fact): HTMLElement {
  return element(
    "div",
    { title: hint, class: warning ? "warning" : undefined },
    element("dt", {}, label),
    element("dd", {}, value),
  );
}
