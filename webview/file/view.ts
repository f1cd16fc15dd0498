import type {
  FileToHost,
  FileView,
  HostToFile,
  TensorView,
} from "../../src/protocol/views/fileView.ts";
import { element, setShown, setText, type View } from "../components/dom.ts";
import { progressBar } from "../components/progressBar.ts";
import { button, labelButton } from "../components/toolkit.ts";
import { histogramFigure, neuronsFigure } from "./figures.ts";
import { tensorChooser } from "./tensorChooser.ts";
import { headTable } from "./headTable.ts";
import { engineText } from "../text.ts";

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
  const target = button({ label: "", part: "use-target", onClick: mark("target") });
  const reference = button({ label: "", part: "use-reference", onClick: mark("reference") });
  const axes = button({
    label: "",
    part: "name-axes",
    onClick: () => {
      if (file?.chosen !== undefined) send({ kind: "axes", tensor: file.chosen });
    },
  });
  const run = button({
    label: "",
    appearance: "primary",
    part: "run",
    onClick: () => {
      send({ kind: "run" });
    },
  });
  const cancel = button({
    label: "",
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
    setText(title, view.title);
    setText(subtitle, view.subtitle);
    chooser.update(view);
    const chosen = view.tensors.find(({ name }) => name === view.chosen);
    labelButton(target, view.labels.target);
    labelButton(reference, view.labels.reference);
    labelButton(axes, view.labels.axes);
    setShown(axes, chosen?.nameable === true);
    labelButton(run, view.labels.run);
    labelButton(cancel, view.labels.cancel);
    for (const part of [target, reference, run]) part.disabled = !chosen?.markable;
    target.setAttribute("aria-pressed", String(chosen?.role === "target"));
    reference.setAttribute("aria-pressed", String(chosen?.role === "reference"));
  }

  function showTensor(view: TensorView): void {
    if (!file) return;
    facts.replaceChildren(...view.facts.map(factRow));
    histogram.update({ title: file.labels.values, histogram: view.histogram });
    neurons.update({ title: file.labels.neurons, neurons: view.neurons });
    head.update({ title: file.labels.firstRows, head: view.head });
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
      if (message.kind === "tensor") showTensor(message.view);
    },
  };
}

function factRow({ label, value, hint, warning }: TensorView["facts"][number]): HTMLElement {
  return element(
    "div",
    { title: hint, class: warning ? "warning" : undefined },
    element("dt", {}, label),
    element("dd", {}, value),
  );
}
