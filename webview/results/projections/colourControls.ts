import { colourLegend } from "../../components/colourLegend.ts";
import { element, setShown, setText, type View } from "../../components/dom.ts";
import { segmented } from "../../components/segmented.ts";
import { formatProse } from "../../../src/protocol/words/numbers.ts";
import {
  shownColours,
  type ColourState,
  type NeuronColours,
} from "../../models/neurons/neuronColours.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { engineText, text } from "../../text.ts";
import type { PanelActions } from "../store.ts";

/** By what the rows are coloured, once a neuron was chosen: the way there and back, and the scale. */
export function colourControls(actions: PanelActions): View<PanelModel> {
  const choice = segmented<ColourState["by"]>(
    {
      label: text("projections.colour"),
      part: "colour",
      onChange: (by) => {
        actions.colourBy(by);
      },
    },
    [
      { value: "condition", label: text("projections.colour.condition") },
      { value: "neuron", label: "" },
    ],
  );
  const legend = colourLegend();
  const status = element("span", { class: "muted", "data-part": "colour-status" });
  const root = element("span", { class: "colours" }, choice.element, legend.element, status);
  return {
    element: root,
    update({ neuron, colour }) {
      setShown(root, neuron !== undefined);
      if (neuron === undefined) return;
      choice.relabel("neuron", text("projections.colour.neuron", { neuron }));
      choice.update(colour.by);
      const colours = shownColours(colour);
      legend.update(
        colours && {
          label: text("projections.column.neuron", { neuron: colours.neuron }),
          low: formatProse(colours.low),
          high: formatProse(colours.high),
        },
      );
      const line = statusOf(neuron, colour);
      setShown(status, line !== "");
      setText(status, line);
    },
  };
}

function statusOf(neuron: number, { by, known, why }: ColourState): string {
  if (by === "condition") return "";
  if (why !== undefined) return engineText(why);
  return known?.neuron === neuron ? "" : text("projections.colour.reading", { neuron });
}

/** What a caption says of the marks' colours; empty if these are the conditions'. */
export function colourCaption(colours: NeuronColours | undefined): string {
  if (!colours) return "";
  const { neuron, low, high } = colours;
  return text("projections.colour.caption", {
    neuron,
    low: formatProse(low),
    high: formatProse(high),
  });
}
