import type { ToolName } from "../protocol/tools.ts";
import type { Tool } from "./tool.ts";
import { exportDirection } from "./uses/exportDirection.ts";
import { inspectActivations } from "./uses/inspectActivations.ts";
import { readRun } from "./uses/readRun.ts";
import { runGed } from "./uses/runGed.ts";
import { sweepLayers } from "./uses/sweepLayers.ts";
import { transferDirection } from "./uses/transferDirection.ts";
import { validateRun } from "./uses/validateRun.ts";

/** Every tool: what it is told to be, what it takes, what it gives, and what it does. */
export const tools: Readonly<Record<ToolName, Tool>> = {
  inspect_activations: inspectActivations,
  run_ged: runGed,
  validate_run: validateRun,
  sweep_layers: sweepLayers,
  transfer_direction: transferDirection,
  read_run: readRun,
  export_direction: exportDirection,
};
