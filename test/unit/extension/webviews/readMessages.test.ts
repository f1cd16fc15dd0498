import { describe, expect, it } from "vitest";
import {
  readFileMessage,
  readInspectorMessage,
  readSeriesMessage,
} from "../../../../extension/webviews/readOtherMessages.ts";
import { readPanelMessage } from "../../../../extension/webviews/readPanelMessage.ts";
import { readSweepState } from "../../../../extension/webviews/readSweepState.ts";
import { logUnknownMessage } from "../../../../extension/webviews/webviewFaults.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { exportFormats, panelCommands } from "../../../../src/protocol/panel.ts";
import { collectedLog } from "../support/collectedLog.ts";

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);
const component = { kind: "component", runId: "r", direction: "swapped", index: 0 };

describe("what a result panel may say", () => {
  const solution = { shrinkage: 0.05, variance: 0.99 };
  const exported = { kind: "export", solution, direction: "forward", component: 0 };
  const places = [
    { direction: "forward", index: 0 },
    { direction: "swapped", index: 5 },
  ];
  const asked = { kind: "resolve", request: 2, solution, components: places };
  const lens = {
    ...{ kind: "lens", solution, direction: "forward", index: 1 },
    ...{ tokens: "he/she", chooseFiles: false },
  };
  const validate = { kind: "validate", solution, options: defaultValidationOptions };
  it.each<object>([
    { kind: "ready" },
    { kind: "component", solution, direction: "forward", index: 3 },
    asked,
    { ...asked, components: [] },
    { kind: "select", selection: component },
    validate,
    {
      ...validate,
      options: {
        ...defaultValidationOptions,
        structure: { repeats: true, templates: false, pairs: true },
        tuning: { mostShare: 0.99 },
      },
    },
    {
      ...validate,
      options: {
        ...defaultValidationOptions,
        trainRows: { start: 0, stop: 5 },
        testRows: { start: 5, stop: 9 },
      },
    },
    ...["cancel", "transfer", "cancelTransfer", "rerun", "remedy"].map((kind) => ({ kind })),
    ...["cancelLens", "steering", "meanProjections"].map((kind) => ({ kind })),
    lens,
    { ...lens, tokens: "", chooseFiles: true },
    { kind: "neuronValues", neuron: 3071 },
    { kind: "removeTransfer", created: "2026-11-23T12:08:05Z" },
    ...exportFormats.map((format) => ({ ...exported, format })),
    { ...exported, format: "png", png },
    { kind: "copy", text: "neuron\tloading" },
    ...panelCommands.map((command) => ({ kind: "command", command })),
    { kind: "fault", message: "x", stack: "at y" },
  ])("%j", (message) => {
    expect(readPanelMessage(message)).toEqual(message);
  });

  it("takes selections of a neuron and of a row", () => {
    const place = { runId: "r", direction: "forward", component: 1 };
    for (const selection of [
      { kind: "neuron", ...place, neuron: 98 },
      { kind: "row", ...place, condition: "reference", row: 2 },
    ]) {
      expect(readPanelMessage({ kind: "select", selection })).toEqual({
        kind: "select",
        selection,
      });
    }
  });

  it("nothing else reaches the host, and nothing more than its fields", () => {
    for (const message of [
      undefined,
      null,
      "ready",
      ["ready"],
      {},
      { kind: "constructor" },
      { kind: ["ready"] },
      Object.create({ kind: "ready" }),
      { kind: "command", command: "deleteRun" },
      { kind: "command", command: "installTensorflow" },
      { kind: "command", command: "../workbench.action.terminal.new" },
      { kind: "command", command: ["showLog"] },
      { kind: "command" },
      { ...exported, format: "__proto__" },
      { ...lens, tokens: 3 },
      { ...lens, tokens: "x".repeat(1001) },
      { ...lens, chooseFiles: "/etc/passwd" },
      { ...lens, index: -1 },
      { ...lens, solution: undefined },
      { ...exported, format: "exe" },
      { ...exported, format: "png", png: Uint8Array.of(1, 2) },
      { ...exported, format: "png", png: "text" },
      { ...exported, format: "csv", component: -1 },
      { ...exported, format: "csv", direction: "__proto__" },
      { ...exported, format: "csv", solution: undefined },
      { kind: "component", solution, direction: "forward", index: 0.5 },
      { kind: "component", direction: "forward", index: 0 },
      { ...asked, solution: { shrinkage: "0", variance: 1 } },
      { ...asked, solution: { shrinkage: NaN, variance: 1 } },
      { ...asked, solution: [0.05, 0.99] },
      { ...asked, components: undefined },
      { ...asked, components: [{ direction: "__proto__", index: 0 }] },
      { ...asked, components: Array.from({ length: 17 }, () => places[0]) },
      { kind: "validate", options: defaultValidationOptions },
      { kind: "select", selection: { ...component, index: "0" } },
      { ...validate, options: { ...defaultValidationOptions, folds: "5" } },
      { ...validate, options: { ...defaultValidationOptions, trainRows: { start: 0 } } },
      ...[null, true, {}, ["repeats"], { repeats: true, templates: true, pairs: 1 }].map(
        (structure) => ({ ...validate, options: { ...defaultValidationOptions, structure } }),
      ),
      ...[null, true, {}, 0.9, { mostShare: "1" }, { mostShare: NaN }].map((tuning) => ({
        ...validate,
        options: { ...defaultValidationOptions, tuning },
      })),
      ...[-1, 0.5, "1", undefined].map((neuron) => ({ kind: "neuronValues", neuron })),
      { kind: "removeTransfer", created: 5 },
      { kind: "copy", text: { toString: () => "x" } },
      { kind: "fault", message: 5 },
    ]) {
      expect(readPanelMessage(message)).toBeUndefined();
    }
    expect(readPanelMessage({ kind: "rerun", command: "x" })).toEqual({ kind: "rerun" });
  });

  it("is logged in one short line where it is refused", () => {
    const log = collectedLog();
    const command = `workbench.action.terminal.new\n\x1b[2J${"x".repeat(1e6)}`;
    logUnknownMessage(log, "Result panel", { kind: "command", command });
    logUnknownMessage(log, "Result panel", null);
    expect(log.lines).toHaveLength(2);
    expect(log.lines[0]).toMatch(/^warn: Result panel: .*"command" "workbench\.action.*…/);
    expect(log.lines[0].length).toBeLessThan(200);
    expect(log.lines[0]).not.toMatch(/\p{Cc}/u);
  });
});

describe("what the other webviews may say", () => {
  it("is their protocol", () => {
    const name = "[x](command:y)\n";
    const mark = { kind: "mark", role: "target", tensor: name };
    expect(readFileMessage(mark)).toEqual(mark);
    expect(readFileMessage({ kind: "choose", tensor: name })).toEqual({
      kind: "choose",
      tensor: name,
    });
    expect(readFileMessage({ ...mark, role: "constructor" })).toBeUndefined();
    expect(readFileMessage({ kind: "command", command: "run" })).toBeUndefined();
    const run = { kind: "command", command: "run" };
    expect(readInspectorMessage(run)).toEqual(run);
    expect(readInspectorMessage({ kind: "command", command: "openSettings" })).toBeUndefined();
    expect(readInspectorMessage({ kind: "copy", text: "x" })).toBeUndefined();
    expect(readSeriesMessage({ kind: "open", place: 2 })).toEqual({ kind: "open", place: 2 });
    expect(readSeriesMessage({ kind: "open", place: "__proto__" })).toBeUndefined();
    expect(readSeriesMessage({ kind: "run" })).toBeUndefined();
  });
});

describe("what a sweep panel kept", () => {
  const source = { path: "/w/x.npz", tensor: "blocks.6.him" };
  const layer = { layer: 6, label: "blocks.6", target: source, reference: source };
  const view = {
    ...{ target: "a", reference: "b", files: ["x.npz"], places: ["blocks.#"] },
    ...{ count: 1, layers: [layer] },
  };

  it("comes back if it can be shown and run", () => {
    expect(readSweepState({ view })).toEqual(view);
  });

  it.each([
    [undefined],
    [{ view: { ...view, target: 5 } }],
    [{ view: { ...view, layers: [{ ...layer, target: { path: 5 } }] } }],
    [{ view: { ...view, layers: [{ ...layer, layer: "6" }] } }],
    [{ view: { ...view, layers: {} } }],
    [{ view: { ...view, places: [{}] } }],
  ])("is dropped otherwise: %j", (state) => {
    expect(readSweepState(state)).toBeUndefined();
  });
});
