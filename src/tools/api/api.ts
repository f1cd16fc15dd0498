/**
 * Arguments and results of Eigenlens's tools (`eigenlens mcp`, the language-model tools of VS Code), and the API of its
 * VS Code extension. This folder imports nothing else, so that it can be copied into another project.
 */

import type {
  ExportInput,
  InspectInput,
  ReadRunInput,
  RunInput,
  SweepInput,
  TransferInput,
  ValidateInput,
} from "./inputs.ts";
import type {
  ExportResult,
  InspectResult,
  ReadRunResult,
  RunResult,
  SweepResult,
  TransferResult,
} from "./results.ts";

/** How a call of {@link EigenlensApi} is watched and stopped. */
export interface CallWatch {
  /** Aborting it stops the computation; the call is then rejected. */
  readonly signal?: AbortSignal;
  /** Told the step, and how much of the whole is done, 0 to 1, once that is known. */
  readonly onProgress?: (progress: { readonly step: string; readonly fraction?: number }) => void;
}

/**
 * What `activate()` of the VS Code extension returns. Paths are absolute, or relative to the first workspace folder. A
 * call that fails is rejected with an `Error` whose message is one line for the user and whose `code` says what kind of
 * fault it is (`file-format`, `file-access`, `condition`, `numerics`, `memory`, `usage`, `cancelled`, `internal`).
 */
export interface EigenlensApi {
  readonly version: string;
  inspect(input: InspectInput, watch?: CallWatch): Promise<InspectResult>;
  run(input: RunInput, watch?: CallWatch): Promise<RunResult>;
  validate(input: ValidateInput, watch?: CallWatch): Promise<RunResult>;
  sweep(input: SweepInput, watch?: CallWatch): Promise<SweepResult>;
  transfer(input: TransferInput, watch?: CallWatch): Promise<TransferResult>;
  readRun(input: ReadRunInput, watch?: CallWatch): Promise<ReadRunResult>;
  exportDirection(input: ExportInput, watch?: CallWatch): Promise<ExportResult>;
}
