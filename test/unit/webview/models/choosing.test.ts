import { describe, expect, it } from "vitest";
import { isSettled } from "../../../../webview/models/choices.ts";
import {
  choose,
  chosenSolution,
  endDrag,
  nextRequest,
  otherDefaults,
  undo,
  undoneChoice,
} from "../../../../webview/models/choosing.ts";
import { initialModel, type PanelModel } from "../../../../webview/models/panelModel.ts";
import { receive } from "../../../../webview/models/receive.ts";
import { defaultUiState } from "../../../../webview/models/uiState.ts";
import { exampleHeader, exampleRunMessage, exampleSolution } from "../exampleRun.ts";

const shown = receive(initialModel(defaultUiState), exampleRunMessage());
const at = (shrinkage: number) => ({ shrinkage, variance: 0.99 });
const drag = (model: PanelModel, ...places: readonly number[]): PanelModel =>
  places.reduce((dragged, place) => choose(dragged, at(place), true), model);

/** The model once the host was asked, as the store does it. */
function asked(model: PanelModel): PanelModel {
  const next = nextRequest(model);
  if (!next) return model;
  const request = model.resolving.request + 1;
  return { ...model, resolving: { ...model.resolving, request, asked: next } };
}

function answer(model: PanelModel): PanelModel {
  const { request, asked: choice } = model.resolving;
  const solution = exampleSolution(choice);
  return receive(model, { kind: "resolved", request, solution, components: [], validation: null });
}

describe("choices while a slider is dragged", () => {
  it("are asked for one at a time, and only the youngest of those that came meanwhile", () => {
    const first = asked(drag(shown, 0.02));
    expect(first.resolving.asked).toEqual(at(0.02));
    const later = drag(first, 0.03, 0.04, 0.05);
    expect(nextRequest(later)).toBeUndefined();
    expect(chosenSolution(later)).toEqual(at(0.05));
    const drawn = answer(later);
    expect(drawn.run?.controls.shrinkage).toBe(0.02);
    expect(nextRequest(drawn)).toEqual(at(0.05));
    const done = answer(asked(drawn));
    expect(nextRequest(done)).toBeUndefined();
    expect(isSettled(done)).toBe(false);
    expect(isSettled(endDrag(done))).toBe(true);
  });

  it("end where they began without another request, if that is shown", () => {
    const back = drag(asked(drag(shown, 0.02)), 0.01);
    const overtaken = answer(back);
    expect(nextRequest(overtaken)).toEqual(at(0.01));
    const home = endDrag(answer(asked(overtaken)));
    expect(isSettled(home)).toBe(true);
    expect(nextRequest(home)).toBeUndefined();
  });

  it("give way when they cannot be solved, unless a younger one waits", () => {
    const refusal = (model: PanelModel) =>
      receive(model, {
        kind: "problem",
        message: "Singular.",
        request: model.resolving.request,
      });
    const alone = endDrag(refusal(asked(drag(shown, 0))));
    expect(isSettled(alone)).toBe(true);
    expect(chosenSolution(alone)).toEqual(at(0.01));
    expect(undoneChoice(alone)).toBeUndefined();
    const followed = refusal(drag(asked(drag(shown, 0)), 0.3));
    expect(nextRequest(followed)).toEqual(at(0.3));
    const returned = endDrag(refusal(drag(asked(drag(shown, 0)), 0.01)));
    expect(isSettled(returned)).toBe(true);
  });
});

describe("undoing", () => {
  it("takes a whole drag for one step", () => {
    const dragged = endDrag(drag(shown, 0.02, 0.03, 0.04));
    expect(chosenSolution(undo(dragged))).toEqual(at(0.01));
    const twice = endDrag(drag(dragged, 0.5, 0.6));
    const once = undo(twice);
    expect(chosenSolution(once)).toEqual(at(0.04));
    expect(chosenSolution(undo(once))).toEqual(at(0.01));
    expect(undoneChoice(undo(once))).toBeUndefined();
  });

  it("goes back over single choices, and takes none for two", () => {
    const chosen = choose(choose(shown, at(0.1), false), at(0.1), false);
    const back = undo(chosen);
    expect(chosenSolution(back)).toEqual(at(0.01));
    expect(undo(back)).toBe(back);
  });

  it("does not reach into another run", () => {
    const chosen = answer(asked(choose(shown, at(0.1), false)));
    const other = receive(chosen, exampleRunMessage("run 2"));
    expect(undoneChoice(other)).toBeUndefined();
    // The same run sent once more: the webview was there all the time.
    expect(undoneChoice(receive(chosen, exampleRunMessage("run 1", at(0.1))))).toEqual(at(0.01));
  });
});

describe("the method's defaults", () => {
  it("are offered while something else is chosen, as far as the run holds components", () => {
    expect(otherDefaults(shown)).toBeUndefined();
    expect(otherDefaults(choose(shown, at(0.4), false))).toEqual(at(0.01));
    const header = { ...exampleHeader(), maximalVariance: 0.8 };
    const message = { ...exampleRunMessage("run 1", { variance: 0.8 }), header };
    expect(otherDefaults(receive(shown, message))).toBeUndefined();
    expect(otherDefaults(initialModel(defaultUiState))).toBeUndefined();
  });
});
