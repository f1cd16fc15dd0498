import * as vscode from "vscode";
import type { ToolName } from "../../src/protocol/tools.ts";
import type { ToolText } from "../messages/toolTexts.ts";

/** What a language model asked for, as it is shown to the user: nothing in it was checked yet. */
type Asked = Readonly<Record<string, unknown>>;

/** What the chat says while a tool is at work. */
export function workingText(tool: ToolName, asked: Asked): ToolText {
  const names = (...keys: readonly string[]) => keys.map((key) => named(asked[key]));
  switch (tool) {
    case "inspect_activations":
      return { fill: (a) => vscode.l10n.t("Looking into {0}", a), names: names("path") };
    case "run_ged":
      return {
        fill: (a, b) => vscode.l10n.t("Separating {0} from {1}", a, b),
        names: names("target", "reference"),
      };
    case "validate_run":
      return asked["run"] === undefined
        ? {
            fill: (a, b) => vscode.l10n.t("Validating {0} against {1}", a, b),
            names: names("target", "reference"),
          }
        : { fill: (a) => vscode.l10n.t("Validating {0}", a), names: names("run") };
    case "sweep_layers":
      return {
        fill: (a) => vscode.l10n.t("Sweeping the layers of {0}", a),
        names: names("files"),
      };
    case "transfer_direction":
      return {
        fill: (a, b, c) => vscode.l10n.t("Trying {0} on {1} and {2}", a, b, c),
        names: names("run", "target", "reference"),
      };
    case "read_run":
      return { fill: (a) => vscode.l10n.t("Reading {0}", a), names: names("run") };
    case "export_direction":
      return {
        fill: (a, b) => vscode.l10n.t("Exporting a direction of {0} to {1}", a, b),
        names: names("run", "out"),
      };
    default:
      return tool satisfies never;
  }
}

/** What the user is asked before anything is stored; undefined if nothing will be. */
export function question(tool: ToolName, asked: Asked): ToolText | undefined {
  const out = named(asked["out"]);
  switch (tool) {
    case "run_ged":
      return {
        fill: (a, b) =>
          vscode.l10n.t(
            "Read {0} (target) and {1} (reference), compute the direction that separates them, and store the run with this workspace?",
            a,
            b,
          ),
        names: [named(asked["target"]), named(asked["reference"])],
      };
    case "validate_run":
    case "export_direction":
      if (asked["out"] === undefined) return undefined;
      return asked["overwrite"] === true
        ? {
            fill: (a) => vscode.l10n.t("Write {0}, in place of a file of that name?", a),
            names: [out],
          }
        : { fill: (a) => vscode.l10n.t("Write {0}?", a), names: [out] };
    case "inspect_activations":
    case "sweep_layers":
    case "transfer_direction":
    case "read_run":
      return undefined;
    default:
      return tool satisfies never;
  }
}

function named(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(", ") : String(value);
}
